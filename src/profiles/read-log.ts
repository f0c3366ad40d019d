import { FormatError } from '../errors.ts';
import { readLineLog, tickRateOf } from './line-logs.ts';
import type { LogRow, ProfileLog } from './log-row.ts';
import { readTableLog } from './table-logs.ts';

const FORMATS =
  "TensorFlow Lite Micro's MicroProfiler, nncase's layers, ST Edge AI's time per node, Vela's per-layer CSV, Silicon Labs' and " +
  "ESP-DL's tables, ExecuTorch's Inspector, or a CSV with the columns op and ms";

/** A layer with its time. */
export type TimedRow = LogRow & { readonly ms: number };

/** A log whose layers all have times. */
export interface TimedLog extends ProfileLog {
  readonly rows: readonly TimedRow[];
}

/** What a monitor of a serial line leaves around its lines. */
const COLOURS = /\x1b\[[\d;]*m/g;

/**
 * A profiler's log. Ticks become ms by `tickHz`, or by the first of `clocksHz` that agrees with what the log prints beside them.
 * Throws a FormatError of one line for text that is no log, or whose ticks nothing says the length of.
 */
export function readLog(
  text: string,
  name: string,
  { tickHz, clocksHz }: { tickHz?: number | undefined; clocksHz: readonly number[] },
): TimedLog {
  const plain = text.replace(COLOURS, '');
  const log = readLineLog(plain) ?? readTableLog(plain, name);
  if (!log) throw new FormatError(`${name}: holds no layers that a profiler timed; known are ${FORMATS}`);
  const rate = tickHz ?? tickRateOf(text, [1e6, 1e3, 50e6, 32_768, ...clocksHz]);
  const rows = log.rows.map((row): TimedRow => {
    if (row.ms !== undefined) return { ...row, ms: row.ms };
    if (rate !== undefined) return { ...row, ms: (row.ticks! * 1e3) / rate };
    throw new FormatError(
      `${name}: counts in ticks or cycles and does not say how many a second has; give --tick-hz`,
    );
  });
  return { ...log, rows: firstRun(rows) };
}

/** A log of many inferences repeats itself: the first one is taken. */
function firstRun(rows: readonly TimedRow[]): readonly TimedRow[] {
  for (let length = 1; length <= rows.length / 2; length++) {
    if (rows.length % length !== 0) continue;
    if (length > 1 && rows.every(({ op }, at) => op === rows[at % length].op)) return rows.slice(0, length);
  }
  return rows;
}
