import * as Plot from '@observablehq/plot';
import { formatCount } from '../format.ts';
import {
  describeBins,
  facetScales,
  leftMarginPx,
  nameHidden,
  panelGrid,
  panelsHeightPx,
  panelTitles,
  panelWidths,
  sideTitle,
  thinTicks,
  widestPx,
  type Margin,
  type PanelAxes,
  type PanelGrid,
} from './small-multiples.ts';
import { groupCells, isOut } from './cells.ts';
import { nameOut } from './colours.ts';
import { createDocument, drawFrame, partOf, type Part } from './plot-frame.ts';
import { drawSeriesKey, seriesColour } from './legend.ts';
import { formatTick, labelMeasure } from './measures.ts';
import { extentOf, roundTicks, valueAt, type Extent } from './axis-scale.ts';
import { binAxis, isNumeric, type BinnedAxis, type SweepAxis, type SweepTable } from './results-table.ts';

/** Between two neighbouring values of the x axis another series takes the lead, where other axes have these values. */
export interface CrossoverMark {
  readonly fixed: Readonly<Record<string, number | string>>;
  readonly before: number;
  readonly from: number;
  /** The value of the series axis that leads from here on. */
  readonly leader: number | string;
}

export interface LineFigure {
  readonly table: SweepTable;
  readonly measure: string;
  readonly x: SweepAxis;
  /** A line for each value. */
  readonly series: SweepAxis;
  readonly panels: PanelAxes;
  readonly marks?: readonly CrossoverMark[];
}

const MAX_POINTS = 400;
const MAX_SERIES = 8;
const PANEL_HEIGHT_PX = { single: 330, several: 190 };
const MARGIN = { top: 28, right: 20, bottom: 46, left: 68 };
const LOG_RATIO = 20;
const PAD_SHARE = 0.04;
const MAX_DOTS = 24;
const MAX_NAMED = 3;
const TICK_PX = 44;
const TICK_GAP_PX = 10;

interface Lines extends PanelGrid {
  readonly x: BinnedAxis;
  readonly series: BinnedAxis;
}

interface Spot {
  readonly x: number;
  readonly series: number;
  readonly column: number;
  readonly row: number;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly points: number;
  readonly unfit: number;
  readonly unmet: number;
  /** True where none of its points is a design that one could take. */
  readonly isOut: boolean;
}

function spotsOf({ table, measure }: LineFigure, { x, series, columns, rows }: Lines): Spot[] {
  return groupCells(table, measure, [rows, columns, series, x]).map((cell) => {
    const [row = 0, column = 0, line = 0, at = 0] = cell.at;
    return { ...cell, row, column, series: line, x: x.positions[at], isOut: isOut(cell) };
  });
}

function scaleOptions(extent: Extent) {
  const { least, most, isLog } = extent;
  if (least === most) return { domain: [0, 2 * most || 1], axis: null } as const;
  const low = isLog ? valueAt(-PAD_SHARE, extent) : least;
  return {
    type: isLog ? 'log' : 'linear',
    domain: [low, valueAt(1 + PAD_SHARE, extent)],
    axis: null,
  } as const;
}

/** The values themselves where there is room, else round numbers; words are named as far as there is room. */
function xTicks(x: BinnedAxis, numeric: boolean, panelWidthPx: number) {
  const { positions, labels } = x;
  const most = Math.max(2, Math.floor(panelWidthPx / TICK_PX));
  const [least, greatest] = [positions[0], positions.at(-1)!];
  if (numeric && positions.length > most) {
    const round = roundTicks({ least, most: greatest, isLog: false });
    const texts = round.map(formatTick);
    const shown = thinTicks(texts, panelWidthPx, widestPx(texts) + TICK_GAP_PX);
    return shown.map((index) => ({ position: round[index], label: texts[index] }));
  }
  const every = Math.ceil(positions.length / most);
  const at = positions.map((position, index) => ({ position, label: labels[index] }));
  return at.filter((_, index) => index % every === 0);
}

interface Placed {
  readonly x: number;
  readonly column: number;
  readonly row: number;
  readonly colour: string;
  readonly label: string;
  /** In the right half of the panel, where the label stands to its left. */
  readonly isRight: boolean;
}

/** Marks as the panels have them; none where an axis that is not drawn has several values, since lines are medians then. */
function placeMarks({ marks = [], series, panels, table, x }: LineFigure, lines: Lines): Placed[] {
  if (nameHidden(table, [lines.x, lines.series, lines.columns, lines.rows]) !== '') return [];
  const panelOf = (axis: SweepAxis | undefined, fixed: CrossoverMark['fixed'], most: number): number =>
    axis ? Math.floor(axis.values.indexOf(fixed[axis.name]) / Math.ceil(axis.values.length / most)) : 0;
  return marks
    .filter(({ before, from }) => x.values.includes(before) && x.values.includes(from))
    .map(({ fixed, before, from, leader }) => ({
      x: (before + from) / 2,
      column: panelOf(panels.columns, fixed, lines.columns.labels.length),
      row: panelOf(panels.rows, fixed, lines.rows.labels.length),
      colour: seriesColour(series.values.indexOf(leader)),
      label: `from ${formatTick(from)}`,
      isRight: before + from > lines.x.positions[0] + lines.x.positions.at(-1)!,
    }))
    .filter(({ column, row }) => column >= 0 && row >= 0);
}

/** A dashed line at each crossover; the first few of a panel are named. */
function crossoverMarks(placed: readonly Placed[]): Plot.Markish[] {
  const facet = { fx: 'column', fy: 'row' } as const;
  const named = placed.filter(
    (mark, index) =>
      placed.slice(0, index).filter(({ column, row }) => column === mark.column && row === mark.row).length <
      MAX_NAMED,
  );
  return [
    Plot.ruleX(placed, { ...facet, x: 'x', stroke: 'colour', strokeDasharray: '4 3', strokeWidth: 1.5 }),
    ...named.map((mark, index) =>
      Plot.text([mark], {
        ...facet,
        x: 'x',
        text: 'label',
        frameAnchor: 'bottom',
        textAnchor: mark.isRight ? 'end' : 'start',
        dx: mark.isRight ? -4 : 4,
        dy: -6 - 14 * (index % 2),
        fill: mark.colour,
        fontWeight: 600,
        stroke: '#ffffff',
        strokeWidth: 3,
      }),
    ),
  ];
}

function lineMarks(spots: readonly Spot[], lines: Lines): Plot.Markish[] {
  const facet = { fx: 'column', fy: 'row', x: 'x', z: 'series' } as const;
  const colour = ({ series }: Spot) => seriesColour(series);
  const within = ({ median, isOut: out }: Spot) => (out ? Number.NaN : median);
  const isSpread = spots.some(({ least, most }) => least < most);
  return [
    ...(isSpread
      ? [Plot.areaY(spots, { ...facet, y1: 'least', y2: 'most', fill: colour, fillOpacity: 0.14 })]
      : []),
    ...(spots.some((spot) => spot.isOut)
      ? [
          Plot.line(spots, {
            ...facet,
            y: 'median',
            stroke: colour,
            strokeWidth: 1.5,
            strokeDasharray: '1.5 4',
          }),
        ]
      : []),
    // Broken where it is dotted.
    Plot.line(spots, { ...facet, y: within, stroke: colour, strokeWidth: 2 }),
    ...(lines.x.positions.length <= MAX_DOTS
      ? [
          Plot.dot(spots, { ...facet, y: 'median', stroke: colour, fill: '#ffffff', r: 2.4, strokeWidth: 1 }),
          Plot.dot(spots, { ...facet, y: within, fill: colour, r: 2.4 }),
        ]
      : []),
  ];
}

function marginOf(extent: Extent): Margin {
  return { ...MARGIN, left: leftMarginPx(roundTicks(extent).map(formatTick), MARGIN.left) };
}

function drawPanels(figure: LineFigure, lines: Lines, spots: readonly Spot[], extent: Extent): Part {
  const { columns, rows } = lines;
  const margin = marginOf(extent);
  const { widthPx, panelWidthPx } = panelWidths(columns, margin);
  const { single, several } = PANEL_HEIGHT_PX;
  const panelHeightPx = columns.labels.length * rows.labels.length === 1 ? single : several;
  const ticks = xTicks(lines.x, isNumeric(figure.x), panelWidthPx);
  const [first, last] = [lines.x.positions[0], lines.x.positions.at(-1)!];
  const pad = 0.02 * (last - first || 1);
  return partOf(
    Plot.plot({
      document: createDocument(),
      className: 'figure',
      width: widthPx,
      height: panelsHeightPx(panelHeightPx, rows, margin),
      marginTop: margin.top,
      marginRight: margin.right,
      marginBottom: margin.bottom,
      marginLeft: margin.left,
      style: { fontSize: '12px' },
      x: { type: 'linear', domain: [first - pad, last + pad], axis: null },
      y: scaleOptions(extent),
      ...facetScales(lines, { panelWidthPx, panelHeightPx }),
      marks: [
        Plot.gridY(roundTicks(extent), { strokeOpacity: 0.12 }),
        Plot.frame({ strokeOpacity: 0.25 }),
        Plot.axisY(roundTicks(extent), { text: formatTick, label: null, tickSize: 0 }),
        Plot.axisX(
          ticks.map(({ position }) => position),
          { text: ticks.map(({ label }) => label), label: null, tickSize: 4 },
        ),
        ...lineMarks(spots, lines),
        ...crossoverMarks(placeMarks(figure, lines)),
        panelTitles(lines, panelWidthPx),
        Plot.text([lines.x.name], { frameAnchor: 'bottom', dy: 40, facet: 'super', fontWeight: 600 }),
        sideTitle(`${labelMeasure(figure.measure)}${extent.isLog ? ', logarithmic' : ''}`, margin.left),
      ],
    }),
  );
}

function describeOut(spots: readonly Spot[]): string[] {
  const out = spots.filter((spot) => spot.isOut);
  const keys = { unfit: out.some(({ unfit }) => unfit > 0), unmet: out.some(({ unmet }) => unmet > 0) };
  return keys.unfit || keys.unmet ? [`Dotted: what ${nameOut(keys)}.`] : [];
}

function captionOf(figure: LineFigure, lines: Lines, spots: readonly Spot[]): string {
  const used = [lines.x, lines.series, lines.columns, lines.rows];
  const most = Math.max(...spots.map(({ points }) => points), 0);
  const over = nameHidden(figure.table, used);
  return [
    `${formatCount(figure.table.rows)} design points.`,
    ...(most > 1
      ? [
          `A line is the median of up to ${formatCount(most)} points${over && ` over ${over}`}, its shade the whole range.`,
        ]
      : []),
    ...(placeMarks(figure, lines).length > 0
      ? [`A dashed line has the colour of the ${figure.series.name} that is the fastest from there on.`]
      : []),
    ...describeOut(spots),
    ...describeBins(used, 'point'),
  ].join(' ');
}

/** A measure along one axis, a line for each board or other series, in panels; a self-contained SVG. */
export function drawLineFigure(figure: LineFigure): string {
  const lines = {
    x: binAxis(figure.x, MAX_POINTS),
    series: binAxis(figure.series, MAX_SERIES),
    ...panelGrid(figure.table.rows, figure.panels),
  };
  const spots = spotsOf(figure, lines);
  const range = extentOf(
    spots.flatMap(({ least, most }) => [least, most]),
    LOG_RATIO,
  );
  const extent = range.isLog ? range : { ...range, least: 0 };
  const { widthPx } = panelWidths(lines.columns, marginOf(extent));
  const name = labelMeasure(figure.measure);
  return drawFrame({
    title: `${name[0].toUpperCase()}${name.slice(1)} over ${figure.x.name}`,
    caption: captionOf(figure, lines, spots),
    widthPx,
    parts: [drawSeriesKey(lines.series.labels, widthPx), drawPanels(figure, lines, spots, extent)],
  });
}
