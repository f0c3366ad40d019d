import { formatCount, formatNumber } from '../format.ts';

interface MeasureText {
  readonly name: string;
  /** Behind a value; empty where the number says all. */
  readonly unit: string;
}

const MEASURES: Readonly<Record<string, MeasureText>> = {
  latencyMs: { name: 'latency', unit: 'ms' },
  reportedMs: { name: 'latency as the paper reads it', unit: 'ms' },
  flashBytes: { name: 'flash', unit: 'bytes' },
  ramBytes: { name: 'RAM', unit: 'bytes' },
  macs: { name: 'multiplications', unit: '' },
  accuracy: { name: 'accuracy', unit: '' },
};

const textOf = (metric: string): MeasureText => MEASURES[metric] ?? { name: metric, unit: '' };

/** "latency", "flash". */
export const nameMeasure = (metric: string): string => textOf(metric).name;

/** "latency in ms", "flash in bytes", "accuracy". */
export function labelMeasure(metric: string): string {
  const { name, unit } = textOf(metric);
  return unit === '' ? name : `${name} in ${unit}`;
}

/** A value without its unit: whole numbers grouped, others in four digits. */
export function formatMeasureNumber(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : formatNumber(value);
}

/** "1.251 ms", "31,744 bytes", "0.9812". */
export function formatMeasure(value: number, metric: string): string {
  const { unit } = textOf(metric);
  return `${formatMeasureNumber(value)}${unit === '' ? '' : ` ${unit}`}`;
}

const PREFIXES: readonly [number, string][] = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];

/** A value beside an axis, in three digits: "0.174", "2,071", "11.8M". */
export function formatTick(value: number): string {
  if (Math.abs(value) < 10_000 && Math.abs(value) >= 1000) return formatCount(value);
  const [factor, prefix] = PREFIXES.find(([limit]) => Math.abs(value) >= limit) ?? [1, ''];
  return `${Number((value / factor).toPrecision(3))}${prefix}`;
}
