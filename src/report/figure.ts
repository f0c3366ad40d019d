import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/** Ink, paper and type of every figure. */
export const INK = '#1f2933';
export const PAPER = '#ffffff';
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
  /** An interval about each point, drawn as a band. */
  readonly band?: readonly { readonly filters: number; readonly low: number; readonly high: number }[];
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

/** Places of a figure in pixels. A narrow one, for telephones, has its names above the picture and not beside it. */
interface Layout {
  readonly isNarrow: boolean;
  readonly width: number;
  readonly plotHeight: number;
  readonly left: number;
  readonly right: number;
  /** Characters of a line of text above the picture, and of one of the title. */
  readonly characters: number;
  readonly titleCharacters: number;
}

export type FigureWidth = 'wide' | 'narrow';
const LAYOUTS: Readonly<Record<FigureWidth, Layout>> = {
  wide: {
    isNarrow: false,
    width: 720,
    plotHeight: 288,
    left: 52,
    right: 186,
    characters: 100,
    titleCharacters: 70,
  },
  narrow: {
    isNarrow: true,
    width: 330,
    plotHeight: 220,
    left: 42,
    right: 8,
    characters: 46,
    titleCharacters: 32,
  },
};

const LABEL_GAP_PX = 17;
const X_INSET_PX = 6;
const MARGIN_BOTTOM = 46;
const [TITLE_PX, LINE_PX] = [30, 18];

/** Labels from below to above, pushed apart where they would overlap, and down where the last would leave the frame. */
function spreadLabels(labels: readonly Label[], maxValue: number): Label[] {
  const gap = (LABEL_GAP_PX * maxValue) / LAYOUTS.wide.plotHeight;
  const sorted = [...labels].sort((a, b) => a.value - b.value);
  const values: number[] = [];
  sorted.forEach(({ value }, index) => values.push(Math.max(value, (values[index - 1] ?? -gap) + gap)));
  for (let index = values.length - 1, above = maxValue + gap; index >= 0; index--) {
    above = values[index] = Math.min(values[index], above - gap);
  }
  return sorted.map((label, index) => ({ ...label, value: values[index] }));
}

function curveMarks({ predicted, measured = [], band = [], colour, dashed }: Curve): Plot.Markish[] {
  const place = { x: 'filters', y: 'value' } as const;
  const style = dashed
    ? { strokeWidth: 1.5, strokeDasharray: '4 4', strokeOpacity: 0.9 }
    : { strokeWidth: 2.25 };
  return [
    Plot.areaY(band, { x: 'filters', y1: 'low', y2: 'high', fill: colour, fillOpacity: 0.18 }),
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

/** A line of text above the picture. */
interface HeadLine {
  readonly text: string;
  readonly style: Plot.TextOptions;
}

/** Title, key, names where they do not stand beside the picture, unit: from above to below. */
function headLines({ title, key, yLabel, curves = [], labels = [] }: Figure, layout: Layout): HeadLine[] {
  const quiet = { fillOpacity: 0.65 };
  const names = [
    ...curves.map((curve) => ({ ...endLabel(curve), isDashed: curve.dashed === true })),
    ...labels.toReversed().map((label) => ({ ...label, isDashed: false })),
  ].map(({ label, colour, isDashed }) => ({
    text: `${label}${isDashed ? ' (dashed)' : ''}`,
    style: { fill: colour, fontWeight: 600 },
  }));
  return [
    ...wrapWords(title, layout.titleCharacters).map((text) => ({
      text,
      style: { fontSize: 16, fontWeight: 600 },
    })),
    ...wrapWords(key, layout.characters).map((text) => ({ text, style: quiet })),
    ...(layout.isNarrow ? names : []),
    { text: yLabel, style: quiet },
  ];
}

/** Words in lines of at most so many characters. */
function wrapWords(text: string, characters: number): string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > characters) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}

function headMarks(lines: readonly HeadLine[], { left }: Layout): Plot.Markish[] {
  return lines.map(({ text, style }, at) =>
    Plot.text([text], {
      ...{ frameAnchor: 'top-left', dx: 12 - left, dy: 8 - LINE_PX * (lines.length - at) },
      ...style,
    }),
  );
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
export function drawFigure(figure: Figure, width: FigureWidth = 'wide'): string {
  const { curves = [], labels = [], filters, maxValue, marks = [] } = figure;
  const layout = LAYOUTS[width];
  const head = headLines(figure, layout);
  const marginTop = TITLE_PX + LINE_PX * (head.length - 1);
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const svg = Plot.plot({
    document: document,
    className: 'figure',
    width: layout.width,
    height: marginTop + layout.plotHeight + MARGIN_BOTTOM,
    marginTop,
    marginRight: layout.right,
    marginLeft: layout.left,
    marginBottom: MARGIN_BOTTOM,
    insetLeft: X_INSET_PX,
    insetRight: X_INSET_PX,
    style: { fontSize: '13px' },
    x: xScale(figure.xLabel, filters),
    y: { label: null, ticks: 6, domain: [0, maxValue], tickSize: 0 },
    marks: [
      Plot.gridY({ strokeOpacity: 0.12, ticks: 6 }),
      ...marks,
      Plot.ruleY([0], { strokeOpacity: 0.5 }),
      ...curves.flatMap(curveMarks),
      ...(layout.isNarrow ? [] : labelMarks([...curves.map(endLabel), ...labels], maxValue)),
      ...headMarks(head, layout),
    ],
  });
  return finishFigure(svg, figure.title);
}

function xScale(label = 'filters in the convolution', filters: readonly number[]): Plot.ScaleOptions {
  return {
    ...{ label, labelArrow: 'none', labelAnchor: 'center' },
    ...{ ticks: [...filters], tickFormat: String, tickSize: 4 },
  };
}
