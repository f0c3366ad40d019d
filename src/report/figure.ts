import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/** Ink, paper and type of every figure. */
export const INK = '#1f2933';
export const PAPER = '#ffffff';
const WIDTH = 720;
const HEIGHT = 400;
export const FIGURE_FONT = '13px system-ui, -apple-system, "Segoe UI", sans-serif';

export interface Point {
  readonly filters: number;
  readonly value: number;
}

/** One line of a figure: what was predicted, the dots that were measured, and the label at its end. */
export interface Curve {
  readonly label: string;
  readonly colour: string;
  readonly predicted: readonly Point[];
  readonly measured?: readonly Point[];
  readonly dashed?: boolean;
}

export interface Label extends Point {
  readonly label: string;
  readonly colour: string;
}

export interface Figure {
  readonly title: string;
  readonly yLabel: string;
  /** Filters in the convolution unless given. */
  readonly xLabel?: string;
  readonly curves?: readonly Curve[];
  /** Names beside the right edge, besides those of the curves. */
  readonly labels?: readonly Label[];
  /** Ticks of the x axis. */
  readonly filters: readonly number[];
  readonly maxValue: number;
  /** Drawn below the curves. */
  readonly marks?: readonly Plot.Markish[];
  readonly key: string;
}

const LABEL_GAP_PX = 17;
const X_INSET_PX = 6;
const MARGIN_TOP = 66;
const MARGIN_BOTTOM = 46;
const PLOT_HEIGHT = HEIGHT - MARGIN_TOP - MARGIN_BOTTOM;

/** Labels from below to above, pushed apart where they would overlap, and down where the last would leave the frame. */
function spreadLabels(labels: readonly Label[], maxValue: number): Label[] {
  const gap = (LABEL_GAP_PX * maxValue) / PLOT_HEIGHT;
  const sorted = [...labels].sort((a, b) => a.value - b.value);
  const values: number[] = [];
  sorted.forEach(({ value }, index) => values.push(Math.max(value, (values[index - 1] ?? -gap) + gap)));
  for (let index = values.length - 1, above = maxValue + gap; index >= 0; index--) {
    above = values[index] = Math.min(values[index], above - gap);
  }
  return sorted.map((label, index) => ({ ...label, value: values[index] }));
}

function curveMarks({ predicted, measured = [], colour, dashed }: Curve): Plot.Markish[] {
  const place = { x: 'filters', y: 'value' } as const;
  const style = dashed
    ? { strokeWidth: 1.5, strokeDasharray: '4 4', strokeOpacity: 0.9 }
    : { strokeWidth: 2.25 };
  return [
    Plot.line(predicted, { ...place, stroke: colour, ...style }),
    Plot.dot(measured, {
      ...place,
      r: 4.5,
      stroke: colour,
      strokeWidth: 1.75,
      fill: colour,
      fillOpacity: 0.3,
    }),
  ];
}

function labelMarks(labels: readonly Label[], maxValue: number): Plot.Markish[] {
  return spreadLabels(labels, maxValue).map((label) =>
    Plot.text([label.label], {
      frameAnchor: 'right',
      y: [label.value],
      fill: label.colour,
      fontWeight: 600,
      textAnchor: 'start',
      dx: 12,
    }),
  );
}

function endLabel({ label, colour, predicted }: Curve): Label {
  return { label, colour, ...predicted.at(-1)! };
}

function headMarks({ title, key, yLabel }: Figure): Plot.Markish[] {
  const head = { frameAnchor: 'top-left', dx: -40 } as const;
  return [
    Plot.text([title], { ...head, dy: -50, fontSize: 16, fontWeight: 600 }),
    Plot.text([key], { ...head, dy: -28, fillOpacity: 0.65 }),
    Plot.text([yLabel], { ...head, dy: -10, fillOpacity: 0.65 }),
  ];
}

/** A drawn plot as text: the ink, the paper and the type of every figure. */
export function finishFigure(svg: Element, title: string): string {
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', title);
  svg.setAttribute('color', INK);
  svg.setAttribute('style', `font: ${FIGURE_FONT}`);
  const paper = `<rect class="paper" width="100%" height="100%" fill="${PAPER}"/>`;
  return svg.outerHTML.replace(/(<svg[^>]*>)/, `$1${paper}`);
}

/** A figure as a self-contained SVG: light paper and dark ink, which a page may override by `.paper` and `color`. */
export function drawFigure(figure: Figure): string {
  const { curves = [], labels = [], filters, maxValue, marks = [] } = figure;
  const { xLabel = 'filters in the convolution' } = figure;
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const svg = Plot.plot({
    document: document,
    className: 'figure',
    width: WIDTH,
    height: HEIGHT,
    marginTop: MARGIN_TOP,
    marginRight: 186,
    marginLeft: 52,
    marginBottom: MARGIN_BOTTOM,
    insetLeft: X_INSET_PX,
    insetRight: X_INSET_PX,
    style: { fontSize: '13px' },
    x: {
      label: xLabel,
      labelArrow: 'none',
      labelAnchor: 'center',
      ticks: [...filters],
      tickFormat: String,
      tickSize: 4,
    },
    y: { label: null, ticks: 6, domain: [0, maxValue], tickSize: 0 },
    marks: [
      Plot.gridY({ strokeOpacity: 0.12, ticks: 6 }),
      ...marks,
      Plot.ruleY([0], { strokeOpacity: 0.5 }),
      ...curves.flatMap(curveMarks),
      ...labelMarks([...curves.map(endLabel), ...labels], maxValue),
      ...headMarks(figure),
    ],
  });
  return finishFigure(svg, figure.title);
}
