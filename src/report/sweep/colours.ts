import * as Plot from '@observablehq/plot';
import { createDocument, FAILED_FILL, partOf, UNFIT_FILL, type Part } from './plot-frame.ts';
import { formatTick } from './measures.ts';
import { extentOf, roundTicks, shareOf, valueAt, type Extent } from './axis-scale.ts';

/** Colours of a measure: bright is little, dark is much, on a logarithmic scale where the values allow it. */
export interface ColourScale extends Extent {
  readonly colourOf: (value: number) => string;
}

const STEPS = 96;
const LEGEND_WIDTH_PX = 320;
const LEGEND_HEIGHT_PX = 52;
const SWATCH_PX = 18;
const CHARACTER_PX = 6.4;
const TICK_GAP_PX = 12;

/** The scale over positive values; without any it is still a scale, of one colour. */
export function colourScale(values: readonly number[]): ColourScale {
  const extent = extentOf(values, 1);
  const { least, most, isLog } = extent;
  const domain = least < most ? [least, most] : [least, least + 1];
  const scale = Plot.scale({
    color: { type: isLog ? 'log' : 'linear', scheme: 'viridis', reverse: true, domain },
  });
  return { ...extent, colourOf: (value) => String(scale.apply(value)) };
}

/** Black or white, whichever reads on this colour (relative luminance of WCAG 2.1). */
export function inkOn(colour: string): string {
  const [red, green, blue] = channelsOf(colour).map((channel) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? '#000000' : '#ffffff';
}

function channelsOf(colour: string): number[] {
  const hex = /^#(..)(..)(..)$/.exec(colour);
  if (hex) return hex.slice(1).map((pair) => Number.parseInt(pair, 16) / 255);
  return (colour.match(/\d+/g) ?? []).slice(0, 3).map((channel) => Number(channel) / 255);
}

export interface LegendKeys {
  readonly unfit: boolean;
  readonly unmet: boolean;
  readonly failed: boolean;
}

/** What one pattern stands for. */
export function nameOut({ unfit, unmet }: Pick<LegendKeys, 'unfit' | 'unmet'>): string {
  if (!unmet) return 'does not fit into the memory';
  return unfit ? 'does not fit or meet the constraint' : 'does not meet the constraint';
}

function swatchMarks({ unfit, unmet, failed }: LegendKeys, ramp: ColourScale): Plot.Markish[] {
  const middle = ramp.colourOf(valueAt(0.5, ramp));
  const keys = [
    ...(unfit || unmet ? [{ fills: [middle, UNFIT_FILL], label: nameOut({ unfit, unmet }) }] : []),
    ...(failed ? [{ fills: [FAILED_FILL], label: 'the board refuses it' }] : []),
  ];
  return keys.flatMap(({ fills, label }, index) => {
    const x1 = LEGEND_WIDTH_PX + 64 + index * 225;
    const box = { x1: [x1], x2: [x1 + SWATCH_PX], y1: [20], y2: [20 + 14] };
    return [
      ...fills.map((fill) => Plot.rect([0], { ...box, fill })),
      Plot.text([label], { x: [x1 + SWATCH_PX + 6], y: [27], textAnchor: 'start' }),
    ];
  });
}

interface LegendTick {
  readonly x: number;
  readonly text: string;
}

/** Both ends, and what between them touches no neighbour. */
function withRoom(ticks: readonly LegendTick[]): LegendTick[] {
  const last = ticks.at(-1)!;
  const kept: LegendTick[] = [];
  const touches = (a: LegendTick, b: LegendTick) =>
    Math.abs(a.x - b.x) < ((a.text.length + b.text.length) / 2) * CHARACTER_PX + TICK_GAP_PX;
  for (const tick of ticks.slice(0, -1)) {
    if ([...kept.slice(-1), last].every((other) => !touches(tick, other))) kept.push(tick);
  }
  return [...kept, last];
}

/** The colour ramp with its values, and what the patterns mean. */
export function drawLegend(scale: ColourScale, name: string, keys: LegendKeys, widthPx: number): Part {
  const steps = Array.from({ length: STEPS }, (_, index) => index / STEPS);
  const ticks = withRoom(
    roundTicks(scale).map((value) => ({
      x: shareOf(value, scale) * LEGEND_WIDTH_PX,
      text: formatTick(value),
    })),
  );
  return partOf(
    Plot.plot({
      document: createDocument(),
      className: 'figure',
      width: widthPx,
      height: LEGEND_HEIGHT_PX,
      margin: 0,
      style: { fontSize: '12px' },
      x: { type: 'identity', axis: null },
      y: { type: 'identity', axis: null },
      marks: [
        Plot.rect(steps, {
          x1: (share: number) => 30 + share * LEGEND_WIDTH_PX,
          x2: (share: number) => 30 + (share + 1.4 / STEPS) * LEGEND_WIDTH_PX,
          y1: 20,
          y2: 34,
          fill: (share: number) => scale.colourOf(valueAt(share, scale)),
        }),
        Plot.text([`${name}${scale.isLog ? ', logarithmic scale' : ''}`], {
          x: [30],
          y: [10],
          textAnchor: 'start',
          fontWeight: 600,
        }),
        Plot.text(ticks, { x: ({ x }: { x: number }) => 30 + x, y: () => 44, text: 'text' }),
        ...swatchMarks(keys, scale),
      ],
    }),
  );
}
