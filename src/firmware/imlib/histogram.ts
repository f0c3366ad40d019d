import { labTable } from './lab.ts';
import type { Raster, Region } from './raster.ts';

interface Channel {
  readonly low: number;
  readonly high: number;
}

const GREY: readonly Channel[] = [{ low: 0, high: 255 }];
const LAB: readonly Channel[] = [
  { low: 0, high: 100 },
  { low: -128, high: 127 },
  { low: -128, high: 127 },
];

export const channelsOf = (format: Raster['format']): readonly Channel[] =>
  format === 'grayscale' ? GREY : LAB;

/** Shares of all pixels by value, bins of one channel. */
export type Bins = Float64Array;

const stepsOf = ({ low, high }: Channel, bins: number): number => (high - low) / (bins - 1);

export interface HistogramOptions {
  /** Bins by channel; one a value where absent. */
  readonly bins?: readonly number[];
  /** Which pixels count; all where absent. */
  readonly test?: (pixel: number) => boolean;
}

/** Histograms of a part: of grey values, or of L, A and B (imlib_get_histogram). */
export function histogram(raster: Raster, region: Region, { bins, test }: HistogramOptions = {}): Bins[] {
  const channels = channelsOf(raster.format);
  const tables = channels.map(({ low, high }, index) => new Float64Array(bins?.[index] ?? high - low + 1));
  const places = channels.map((channel, index) => 1 / stepsOf(channel, tables[index].length));
  const lab = raster.format === 'rgb565' ? labTable() : undefined;
  const pixelsOf = new Uint32Array(lab ? 0x10000 : 0x100);
  for (let y = region.y; y < region.y + region.height; y++) {
    const row = y * raster.width;
    for (let at = row + region.x; at < row + region.x + region.width; at++) pixelsOf[raster.pixels[at]]++;
  }
  let count = 0;
  for (let pixel = 0; pixel < pixelsOf.length; pixel++) {
    if (pixelsOf[pixel] === 0 || (test && !test(pixel))) continue;
    count += pixelsOf[pixel];
    channels.forEach(({ low }, index) => {
      const value = lab ? lab[3 * pixel + index] : pixel;
      tables[index][Math.floor((value - low) * places[index] + 1e-6)] += pixelsOf[pixel];
    });
  }
  return tables.map((table) => table.map((pixels) => pixels / Math.max(count, 1)));
}

/** Mean, median, mode, ... of one channel, as `get_statistics()` names them. */
export interface Statistics {
  readonly mean: number;
  readonly median: number;
  readonly mode: number;
  readonly stdev: number;
  readonly min: number;
  readonly max: number;
  readonly lq: number;
  readonly uq: number;
}

/** The first bin at which so much of the histogram lies below or at it. */
function percentile(bins: Bins, share: number): number {
  let sum = 0;
  return bins.findIndex((bin) => (sum += bin) >= share - 1e-9);
}

/** Statistics of a channel's histogram; every value is rounded to a whole number (imlib_get_statistics). */
export function statisticsOf(bins: Bins, channel: Channel): Statistics {
  const step = stepsOf(channel, bins.length);
  const mean = bins.reduce((sum, bin, index) => sum + bin * index, 0);
  const variance = bins.reduce((sum, bin, index) => sum + bin * (index - mean) ** 2, 0);
  const valueAt = (index: number) => Math.round(Math.max(index, 0) * step + channel.low);
  return {
    mean: valueAt(mean),
    median: valueAt(percentile(bins, 0.5)),
    mode: valueAt(bins.indexOf(bins.reduce((a, b) => Math.max(a, b)))),
    stdev: Math.round(Math.sqrt(variance) * step),
    min: valueAt(bins.findIndex((bin) => bin > 0)),
    max: valueAt(bins.findLastIndex((bin) => bin > 0)),
    lq: valueAt(percentile(bins, 0.25)),
    uq: valueAt(percentile(bins, 0.75)),
  };
}

/** The value at or below which a share of the histogram lies (imlib_get_percentile). */
export function percentileOf(bins: Bins, channel: Channel, share: number): number {
  return Math.round(Math.max(percentile(bins, share), 0) * stepsOf(channel, bins.length) + channel.low);
}

/** The value that parts a histogram so that the classes differ most (Otsu's method, imlib_get_threshold). */
export function otsuOf(bins: Bins, channel: Channel): number {
  const total = bins.reduce((sum, bin, index) => sum + bin * index, 0);
  let [weight, sum, best, bestAt] = [0, 0, 0, 0];
  bins.forEach((bin, index) => {
    weight += bin;
    sum += bin * index;
    if (weight <= 0 || weight >= 1) return;
    const between = (total * weight - sum) ** 2 / (weight * (1 - weight));
    if (between > best) [best, bestAt] = [between, index];
  });
  return Math.round(bestAt * stepsOf(channel, bins.length) + channel.low);
}
