import type { Ps } from '../units.ts';

/** What a record says; `value` is the span's length in ps, the counter's reading, the pin's level, or 0. */
export const TRACE_KIND = { span: 0, instant: 1, counter: 2, pin: 3 } as const;

export type TraceKind = (typeof TRACE_KIND)[keyof typeof TRACE_KIND];

/** Index of an interned name: of a track (unit, bus, pin) or of what happens on it. */
export type NameId = number;

/** Something that a trace has recorded: a span, an instant, a counter's reading or a level of a pin. Times are picoseconds. */
export interface TraceRecord {
  readonly kind: keyof typeof TRACE_KIND;
  readonly track: string;
  /** Empty for counters and pins, whose track says it all. */
  readonly name: string;
  readonly atPs: Ps;
  readonly value: number;
}
