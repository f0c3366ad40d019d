import * as Plot from '@observablehq/plot';
import { formatCount, formatNumber } from '../format.ts';
import { groupCells, isOut, type SweepCell } from './cells.ts';
import { colourScale, drawLegend, inkOn, type ColourScale } from './colours.ts';
import { createDocument, drawFrame, FAILED_FILL, partOf, UNFIT_FILL, type Part } from './plot-frame.ts';
import { formatMeasure, labelMeasure } from './measures.ts';
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
import { binAxis, type BinnedAxis, type SweepAxis, type SweepTable } from './results-table.ts';

/** Which axes a map lies on; panels side by side take the values of `columns`, panels below each other those of `rows`. */
export interface HeatMapAxes extends PanelAxes {
  readonly x: SweepAxis;
  readonly y: SweepAxis;
}

/** Values in tiles are set smaller than the ticks. */
const TEXT_SHARE = 0.9;
const MAX_CATEGORIES = 64;
const MARGIN = { top: 26, right: 20, bottom: 46, left: 62 };

interface Panels extends PanelGrid {
  readonly x: BinnedAxis;
  readonly y: BinnedAxis;
}

interface Tile extends SweepCell {
  readonly x: number;
  readonly y: number;
  readonly column: number;
  readonly row: number;
}

function panelsOf({ rows }: SweepTable, axes: HeatMapAxes): Panels {
  return {
    x: binAxis(axes.x, MAX_CATEGORIES),
    y: binAxis(axes.y, MAX_CATEGORIES),
    ...panelGrid(rows, axes),
  };
}

function tilesOf(table: SweepTable, measure: string, { x, y, columns, rows }: Panels): Tile[] {
  return groupCells(table, measure, [rows, columns, y, x]).map((cell) => {
    const [row, column, yIndex, xIndex] = cell.at;
    return { ...cell, row, column, y: yIndex, x: xIndex };
  });
}

function describeTile(tile: Tile, { x, y }: Panels, measure: string): string {
  const at = `${x.name} ${x.labels[tile.x]}, ${y.name} ${y.labels[tile.y]}`;
  if (tile.failed === tile.points) return `${at}: refused`;
  const spread =
    tile.points > 1
      ? ` (${formatNumber(tile.least)} to ${formatNumber(tile.most)}, ${tile.points} points)`
      : '';
  return `${at}: ${formatMeasure(tile.median, measure)}${spread}${tile.unfit > 0 ? ', does not fit' : ''}${tile.unmet > 0 ? ', does not meet the constraint' : ''}`;
}

interface Layout {
  readonly widthPx: number;
  readonly panelWidthPx: number;
  readonly panelHeightPx: number;
  readonly tileWidthPx: number;
  readonly tileHeightPx: number;
  readonly heightPx: number;
  readonly margin: Margin;
}

function layoutOf({ x, y, columns, rows }: Panels): Layout {
  const margin = { ...MARGIN, left: leftMarginPx(firstOf(y), MARGIN.left) };
  const { widthPx, panelWidthPx } = panelWidths(columns, margin);
  const tileHeightPx = Math.min(30, Math.max(5, 300 / y.labels.length));
  const panelHeightPx = tileHeightPx * y.labels.length;
  return {
    widthPx,
    panelWidthPx,
    panelHeightPx,
    tileWidthPx: panelWidthPx / x.labels.length,
    tileHeightPx,
    heightPx: panelsHeightPx(panelHeightPx, rows, margin),
    margin,
  };
}

/** The value in each tile, where all of them have room for it. */
function valueMarks(tiles: readonly Tile[], scale: ColourScale, layout: Layout): Plot.Markish[] {
  const shown = tiles.filter(({ median }) => !Number.isNaN(median));
  const texts = shown.map(({ median }) => formatNumber(median, 3));
  if (layout.tileHeightPx < 15 || layout.tileWidthPx < TEXT_SHARE * widestPx(texts) + 3) return [];
  const place = { fx: 'column', fy: 'row', x: (t: Tile) => t.x + 0.5, y: (t: Tile) => t.y + 0.5 } as const;
  return [
    Plot.text(shown, {
      ...place,
      text: ({ median }: Tile) => formatNumber(median, 3),
      fill: ({ median }: Tile) => inkOn(scale.colourOf(median)),
      fontSize: 10,
    }),
  ];
}

function tileMarks(
  tiles: readonly Tile[],
  panels: Panels,
  scale: ColourScale,
  layout: Layout,
  measure: string,
) {
  const inset = layout.tileWidthPx > 12 && layout.tileHeightPx > 12 ? 0.75 : 0;
  const place = {
    fx: 'column',
    fy: 'row',
    x1: ({ x }: Tile) => x,
    x2: ({ x }: Tile) => x + 1,
    y1: ({ y }: Tile) => y,
    y2: ({ y }: Tile) => y + 1,
    inset,
    ...(inset === 0 && { shapeRendering: 'crispEdges' }),
  } as const;
  const predicted = tiles.filter(({ median }) => !Number.isNaN(median));
  const title = (tile: Tile) => describeTile(tile, panels, measure);
  return [
    Plot.rect(
      tiles.filter(({ median }) => Number.isNaN(median)),
      { ...place, fill: FAILED_FILL, title },
    ),
    Plot.rect(predicted, { ...place, fill: ({ median }: Tile) => scale.colourOf(median), title }),
    Plot.rect(predicted.filter(isOut), {
      ...place,
      fill: UNFIT_FILL,
      fillOpacity: 0.55,
    }),
  ];
}

/** The first value of each category, for the ticks. */
const firstOf = ({ labels }: BinnedAxis): string[] => labels.map((label) => label.replace(/ to .*/, ''));

function drawPanels(tiles: readonly Tile[], panels: Panels, scale: ColourScale, measure: string): Part {
  const { x, y } = panels;
  const layout = layoutOf(panels);
  const xRoomPx = layout.panelWidthPx;
  const starts = firstOf(x);
  const axis = { tickSize: 0, tickPadding: 5, label: null } as const;
  return partOf(
    Plot.plot({
      document: createDocument(),
      className: 'figure',
      width: layout.widthPx,
      height: layout.heightPx,
      marginTop: layout.margin.top,
      marginRight: layout.margin.right,
      marginBottom: layout.margin.bottom,
      marginLeft: layout.margin.left,
      style: { fontSize: '12px' },
      x: { type: 'linear', domain: [0, x.labels.length], axis: null },
      y: { type: 'linear', domain: [0, y.labels.length], axis: null },
      ...facetScales(panels, layout),
      marks: [
        ...tileMarks(tiles, panels, scale, layout, measure),
        ...valueMarks(tiles, scale, layout),
        Plot.axisX(
          thinTicks(starts, xRoomPx, widestPx(starts) + 14).map((index) => index + 0.5),
          { ...axis, tickFormat: (at: number) => starts[at - 0.5] },
        ),
        Plot.axisY(
          thinTicks(y.labels, layout.panelHeightPx, 14).map((index) => index + 0.5),
          { ...axis, tickFormat: (at: number) => firstOf(y)[at - 0.5] },
        ),
        panelTitles(panels, layout.panelWidthPx),
        Plot.text([x.name], { frameAnchor: 'bottom', dy: 38, facet: 'super', fontWeight: 600 }),
        sideTitle(y.name, layout.margin.left),
      ],
    }),
  );
}

/** The board of a sweep that has one: no panel names it. */
function onBoard({ axes }: SweepTable): string {
  const values = axes.find(({ name }) => name === 'board')?.values ?? [];
  return values.length === 1 ? ` on ${values[0]}` : '';
}

/** What one tile stands for, and what lies behind it. */
function captionOf(table: SweepTable, tiles: readonly Tile[], panels: Panels): string {
  const most = Math.max(...tiles.map(({ points }) => points), 0);
  const used = [panels.x, panels.y, panels.columns, panels.rows];
  const over = nameHidden(table, used);
  return [
    `${formatCount(table.rows)} design points.`,
    most === 1
      ? 'Each tile is one of them.'
      : `A tile is the median of up to ${formatCount(most)} points${over === '' ? '' : ` over ${over}`}.`,
    ...describeBins(used, 'tile'),
  ].join(' ');
}

/**
 * A measure over two axes as colours, with panels for the values of up to two more: a self-contained SVG whose legend
 * is part of it. At most 64 x 64 tiles a panel and 6 x 8 panels; what shares a tile is told by its median.
 */
export function drawHeatMap(table: SweepTable, measure: string, axes: HeatMapAxes): string {
  const panels = panelsOf(table, axes);
  const tiles = tilesOf(table, measure, panels);
  const scale = colourScale(tiles.map(({ median }) => median));
  const { widthPx } = layoutOf(panels);
  const name = labelMeasure(measure);
  const keys = {
    unfit: tiles.some((tile) => isOut(tile) && tile.unfit > 0),
    unmet: tiles.some((tile) => isOut(tile) && tile.unmet > 0),
    failed: tiles.some(({ median }) => Number.isNaN(median)),
  };
  return drawFrame({
    title: `${name[0].toUpperCase()}${name.slice(1)} over ${axes.x.name} and ${axes.y.name}${onBoard(table)}`,
    caption: captionOf(table, tiles, panels),
    widthPx,
    parts: [drawLegend(scale, name, keys, widthPx), drawPanels(tiles, panels, scale, measure)],
  });
}
