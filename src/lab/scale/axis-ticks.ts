/** Round numbers from 0 to about `end`, at most `count` of them. */
export function axisTicks(end: number, count: number): number[] {
  if (!(end > 0)) return [0];
  const raw = end / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw)!;
  return Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, at) => at * step);
}

/** A time on an axis that ends at `endMs`: microseconds where the axis is short. */
export function tickText(ms: number, endMs: number): string {
  const value = endMs < 0.2 ? ms * 1000 : ms;
  const unit = endMs < 0.2 ? '\u00b5s' : 'ms';
  return `${Number(value.toPrecision(6))} ${unit}`;
}
