import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { finishFigure } from './figure.ts';
import { formatMs } from './format.ts';

/** What was measured and predicted of one layer, in ms. */
export interface OverlayBar {
  readonly label: string;
  readonly measuredMs: number;
  readonly predictedMs: number;
}

const COLOURS = { measured: '#2563a8', predicted: '#d08a1d' } as const;
const [WIDTH, ROW_HEIGHT, HEAD_HEIGHT, LABEL_WIDTH] = [720, 30, 84, 210];

/** Measured beside predicted, two bars a layer: a self-contained SVG. */
export function drawOverlay(bars: readonly OverlayBar[], title: string): string {
  const rows = bars.flatMap(({ label, measuredMs, predictedMs }, row) => [
    { row, label, kind: 'measured' as const, ms: measuredMs, shift: -6 },
    { row, label, kind: 'predicted' as const, ms: predictedMs, shift: 6 },
  ]);
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const marks = (['measured', 'predicted'] as const).flatMap((kind) => {
    const own = rows.filter((one) => one.kind === kind);
    const dy = own[0]?.shift ?? 0;
    return [
      Plot.ruleY(own, { x1: 0, x2: 'ms', y: 'row', dy, stroke: COLOURS[kind], strokeWidth: 9 }),
      Plot.text(own, {
        x: 'ms',
        y: 'row',
        dy,
        dx: 5,
        textAnchor: 'start',
        text: ({ ms }) => formatMs(ms),
        fontSize: 10,
      }),
    ];
  });
  const key = `blue: measured, ochre: predicted`;
  const svg = Plot.plot({
    document,
    className: 'figure',
    width: WIDTH,
    height: HEAD_HEIGHT + ROW_HEIGHT * bars.length,
    ...{ marginLeft: LABEL_WIDTH, marginRight: 80, marginTop: 60 },
    x: { label: 'ms', grid: true, labelArrow: 'none' },
    y: { label: null, type: 'band', tickFormat: (row: number) => bars[row].label, tickSize: 0 },
    marks: [
      ...marks,
      Plot.text([title], {
        frameAnchor: 'top-left',
        dx: 10 - LABEL_WIDTH,
        dy: -44,
        fontSize: 16,
        fontWeight: 600,
      }),
      Plot.text([key], { frameAnchor: 'top-left', dx: 10 - LABEL_WIDTH, dy: -24, fillOpacity: 0.65 }),
    ],
  });
  return finishFigure(svg, title);
}
