import type { Interval } from '../simulate/prediction.ts';

const SIGNIFICANT_DIGITS = 4;
const MAX_DECIMALS = 4;

/** A number in `digits` significant digits without an exponent: 1.251, 0.0112, 39.02, 57756. */
export function formatNumber(value: number, digits = SIGNIFICANT_DIGITS): string {
  if (value === 0) return '0';
  const magnitude = Math.floor(Math.log10(Math.abs(value))) + 1;
  return value.toFixed(Math.min(MAX_DECIMALS, Math.max(0, digits - magnitude)));
}

/** "1.251 ms", to four digits that mean something. */
export function formatMs(ms: number): string {
  return `${formatNumber(ms)} ms`;
}

/** "+0.008", "-0.022"; without a sign where it rounds to zero. */
export function formatSigned(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '-' : '+'}${text}`;
}

/** "12 %", and "3.4 %" below ten. */
export function formatPercent(percent: number): string {
  return `${percent.toFixed(percent < 10 ? 1 : 0)} %`;
}

/** Whole numbers with thin grouping: 31,744. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

/** "1.251 ms (90 %: 1.204 to 1.298)". */
export function formatInterval({ value, low, high, confidence }: Interval): string {
  const bounds = `${formatNumber(low)} to ${formatNumber(high)}`;
  return `${formatMs(value)} (${Math.round(confidence * 100)} %: ${bounds})`;
}

/** Where the interval stands relative to the measurements, in words. */
export function describeDomain({ domain, why }: Interval): string {
  if (domain === 'inside') return 'inside what was measured on this board';
  return `extrapolated: ${why ?? 'outside what was measured on this board'}`;
}

/** "1x14x14x8", "scalar". */
export function formatShape(shape: readonly number[]): string {
  return shape.length === 0 ? 'scalar' : shape.join('x');
}

/** Columns of running text in the terminal. */
const TEXT_COLUMNS = 100;

/** Text broken at spaces; every line begins with `indent`, the first with `first` instead where it is given. */
export function wrapText(text: string, indent = '', first = indent): string {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(' ')) {
    const isStart = line === first || line === indent;
    if (!isStart && line.length + 1 + word.length > TEXT_COLUMNS) {
      lines.push(line);
      line = indent + word;
    } else {
      line += isStart ? word : ` ${word}`;
    }
  }
  return [...lines, line].join('\n');
}
