import type { Trace } from '../../engine/trace.ts';
import type { Ps } from '../../units.ts';

/** Where units of a frame loop say what they did. */
export interface SpanSink {
  span(track: string, name: string, startPs: Ps, durationPs: Ps): void;
}

/** Records of a trace. */
export function sinkOf(trace: Trace): SpanSink {
  return {
    span(track, name, startPs, durationPs) {
      trace.span(trace.intern(track), trace.intern(name), startPs, durationPs);
    },
  };
}
