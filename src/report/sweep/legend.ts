import * as Plot from '@observablehq/plot';
import { createDocument, partOf, type Part } from './plot-frame.ts';

/** Mid-tones that read on white and on near-black. */
const COLOURS = ['#d1651f', '#2f7fd6', '#2a9d6f', '#9b5fc0', '#c9a227', '#d14d72', '#3aa6b9', '#8a949e'];
const LEFT_PX = 68;
const CHARACTER_PX = 7;
const HEIGHT_PX = 20;

/** The colour of a board, or of whatever the lines and dots of a figure are told apart by. */
export const seriesColour = (index: number): string => COLOURS[index % COLOURS.length];

/** The names of the series in their colours, in a line. */
export function drawSeriesKey(names: readonly string[], widthPx: number): Part {
  let left = LEFT_PX;
  const keys = names.map((name, index) => {
    const x = left;
    left += 34 + name.length * CHARACTER_PX;
    return { x, name, colour: seriesColour(index) };
  });
  const middle = () => HEIGHT_PX / 2;
  return partOf(
    Plot.plot({
      document: createDocument(),
      className: 'figure',
      width: widthPx,
      height: HEIGHT_PX,
      margin: 0,
      style: { fontSize: '12px' },
      x: { type: 'identity', axis: null },
      y: { type: 'identity', axis: null },
      marks: [
        Plot.dot(keys, { x: 'x', y: middle, r: 5, fill: 'colour' }),
        Plot.text(keys, {
          x: ({ x }: { x: number }) => x + 10,
          y: middle,
          text: 'name',
          textAnchor: 'start',
          fontWeight: 600,
        }),
      ],
    }),
  );
}
