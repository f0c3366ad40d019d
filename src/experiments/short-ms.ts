import { formatNumber } from '../report/format.ts';

/** What a reader takes along of a time: three digits; below a tenth of a millisecond people read microseconds. */
export function formatShortMs(ms: number): string {
  return ms < 0.1 ? `${formatNumber(ms * 1000, 2)} \u00b5s` : `${formatNumber(ms, 3)} ms`;
}
