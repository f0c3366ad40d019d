import * as Plot from '@observablehq/plot';
import { binAxis, type BinnedAxis, type SweepAxis, type SweepTable } from './results-table.ts';

/** The axes whose values stand side by side, and below each other. */
export interface PanelAxes {
  readonly columns?: SweepAxis | undefined;
  readonly rows?: SweepAxis | undefined;
}

export interface PanelGrid {
  readonly columns: BinnedAxis;
  readonly rows: BinnedAxis;
}

export interface Margin {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

const WIDTH_PX = 760;
const WIDE_PX = 1080;
const MAX_COLUMNS = 6;
const MAX_ROWS = 8;
const GAP = { x: 16, y: 30 };
const CHARACTER_PX = 6.4;
const BOLD_CHARACTER_PX = 7;
const AXIS_NAME_PX = 32;

const singlePanel = (rows: number): BinnedAxis => ({
  name: '',
  labels: [''],
  positions: [0],
  codes: new Uint8Array(rows),
  isBinned: false,
});

/** At most 6 panels side by side and 8 below each other; neighbouring values share a panel where there are more. */
export function panelGrid(rowCount: number, { columns, rows }: PanelAxes): PanelGrid {
  return {
    columns: columns ? binAxis(columns, MAX_COLUMNS) : singlePanel(rowCount),
    rows: rows ? binAxis(rows, MAX_ROWS) : singlePanel(rowCount),
  };
}

/** The figure is wider where more than three panels stand side by side. */
export function panelWidths({ labels }: BinnedAxis, { left, right }: Margin) {
  const widthPx = labels.length > 3 ? WIDE_PX : WIDTH_PX;
  return { widthPx, panelWidthPx: (widthPx - left - right + GAP.x) / labels.length - GAP.x };
}

export function panelsHeightPx(
  panelHeightPx: number,
  { labels }: BinnedAxis,
  { top, bottom }: Margin,
): number {
  return (panelHeightPx + GAP.y) * labels.length - GAP.y + top + bottom;
}

/** A gap of so many pixels between bands, and none outside. */
const bandGap = (bandPx: number, gapPx: number) => ({
  paddingInner: gapPx / (bandPx + gapPx),
  paddingOuter: 0,
});

/** Plot's facets: fx by the index of the column, fy by that of the row. */
export function facetScales(
  { columns, rows }: PanelGrid,
  { panelWidthPx, panelHeightPx }: { readonly panelWidthPx: number; readonly panelHeightPx: number },
) {
  return {
    fx: { domain: columns.labels.map((_, index) => index), axis: null, ...bandGap(panelWidthPx, GAP.x) },
    fy: { domain: rows.labels.map((_, index) => index), axis: null, ...bandGap(panelHeightPx, GAP.y) },
  };
}

/** The text, cut with an ellipsis where it needs more room. */
function shortened(text: string, roomPx: number): string {
  const most = Math.max(1, Math.floor(roomPx / BOLD_CHARACTER_PX));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** The values that a panel stands for, above it, as far as there is room; a board needs no name of its axis. */
export function panelTitles({ columns, rows }: PanelGrid, panelWidthPx: number): Plot.Markish {
  const name = (axis: BinnedAxis, index: number) =>
    axis.name === '' || axis.name === 'board' ? axis.labels[index] : `${axis.name} ${axis.labels[index]}`;
  const titles = rows.labels.flatMap((_, row) =>
    columns.labels.map((_label, column) => {
      const texts = [name(rows, row), name(columns, column)];
      if (columns.name === 'board') texts.reverse();
      const title = texts.filter((text) => text !== '').join(', ');
      return { column, row, text: shortened(title, panelWidthPx + GAP.x / 2) };
    }),
  );
  const place = { fx: 'column', fy: 'row', frameAnchor: 'top-left', dy: -16 } as const;
  return Plot.text(titles, { ...place, text: 'text', fontWeight: 600 });
}

/** Indices of the labels that have room: so many pixels for all of them, so many for each. */
export function thinTicks(labels: readonly string[], roomPx: number, eachPx: number): number[] {
  const every = Math.max(1, Math.ceil((labels.length * eachPx) / roomPx));
  return labels.map((_, index) => index).filter((index) => index % every === 0);
}

export const widestPx = (labels: readonly string[]): number =>
  Math.max(0, ...labels.map(({ length }) => length)) * CHARACTER_PX;

/** The margin left of the panels: at least the usual one, and room for the ticks with the name of the axis beside them. */
export function leftMarginPx(ticks: readonly string[], usualPx: number): number {
  return Math.max(usualPx, Math.ceil(widestPx(ticks)) + AXIS_NAME_PX);
}

/** The name of the vertical axis, turned, at the left edge of a figure with this margin. */
export function sideTitle(text: string, leftPx: number): Plot.Markish {
  return Plot.text([text], {
    frameAnchor: 'left',
    dx: 14 - leftPx,
    rotate: -90,
    textAnchor: 'middle',
    facet: 'super',
    fontWeight: 600,
  });
}

/** Axes that vary and are not drawn: "kernel (4), dtype (2)". */
export function nameHidden({ axes }: SweepTable, used: readonly { readonly name: string }[]): string {
  return axes
    .filter(({ name, values }) => values.length > 1 && !used.some((axis) => axis.name === name))
    .map(({ name, values }) => `${name} (${values.length})`)
    .join(', ');
}

/** A sentence for each axis whose neighbouring values were put together. */
export function describeBins(axes: readonly BinnedAxis[], what: string): string[] {
  return axes
    .filter(({ isBinned }) => isBinned)
    .map(({ name }) => `Neighbouring values of ${name} share a ${what}.`);
}
