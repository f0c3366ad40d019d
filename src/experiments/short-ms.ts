import { formatMs, formatNumber } from '../report/format.ts';

/** Below a tenth of a millisecond people read microseconds. */
export function formatShortMs(ms: number): string {
  return ms < 0.1 ? `${formatNumber(ms * 1000, 2)} \u00b5s` : formatMs(ms);
}
