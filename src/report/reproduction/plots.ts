import * as Plot from '@observablehq/plot';
import type { ReproducedBoard, Reproduction } from '../../calibrate/reproduce.ts';
import type { Breakdown, BreakdownPart } from './breakdown.ts';
import { drawFigure, type Curve, type FigureWidth, type Label } from '../figure.ts';

/** Mid-tones that read on white and on near-black. */
const SERIES = ['#d1651f', '#2f7fd6', '#2a9d6f', '#9b5fc0'];
const STACK = ['#2f7fd6', '#d1651f', '#2a9d6f', '#9b5fc0', '#c9a227', '#d14d72', '#3aa6b9', '#8a949e'];
const HEADROOM = 1.04;
const MEASURED_KEY = 'dots: measured in the paper, lines: predicted, bands: 9 times in 10';

const colourOf = (index: number) => SERIES[index % SERIES.length];

function highest(curves: readonly Curve[]): number {
  const values = curves.flatMap(({ predicted, measured = [], band = [] }) => [
    ...[...predicted, ...measured].map(({ value }) => value),
    ...band.map(({ high }) => high),
  ]);
  return HEADROOM * Math.max(...values);
}

const readingName = ({ reading }: ReproducedBoard) => (reading === 'period' ? 'loop period' : 'pulse');

function filtersOf({ boards }: Reproduction): number[] {
  return boards[0]?.rows.map((row) => row.filters) ?? [];
}

function measuredCurve(board: ReproducedBoard, index: number): Curve {
  return {
    label: `${board.board}, ${readingName(board)}`,
    colour: colourOf(index),
    band: board.rows.map(({ filters, lowMs, highMs }) => ({ filters, low: lowMs, high: highMs })),
    predicted: board.rows.map(({ filters, reportedMs }) => ({ filters, value: reportedMs })),
    measured: board.rows.map(({ filters, measuredMs }) => ({ filters, value: measuredMs })),
  };
}

function pulseCurves(board: ReproducedBoard, index: number): Curve[] {
  if (board.reading === 'pulse') return [];
  const predicted = board.rows.map(({ filters, pulseMs }) => ({ filters, value: pulseMs }));
  return [{ label: `${board.board}, pulse`, colour: colourOf(index), predicted, dashed: true }];
}

/** A thin line where a layer gets another place, named at its top. */
function ruleMarks({ crossover }: Reproduction, maxValue: number): Plot.Markish[] {
  const flips = crossover.pulse.flips.filter(({ what }) => what !== undefined);
  const at = flips.map(({ filters, what = '' }) => ({
    x: filters - 0.5,
    y: maxValue,
    text: `from here on:\n${what.replace(' on ', '\non ')}`,
  }));
  return [
    Plot.ruleX(at, { x: 'x', strokeOpacity: 0.45, strokeDasharray: '2 3' }),
    Plot.text(at, {
      x: 'x',
      y: 'y',
      text: 'text',
      textAnchor: 'end',
      lineAnchor: 'top',
      dx: -6,
      dy: 2,
      fillOpacity: 0.65,
    }),
  ];
}

/** Figure 7 of the paper, in ms over filters: dots measured, lines predicted; a dashed line is the pulse alone. */
export function drawInferenceFigure(reproduction: Reproduction, width?: FigureWidth): string {
  const { boards } = reproduction;
  const curves = [...boards.map(measuredCurve), ...boards.flatMap(pulseCurves)];
  return drawFigure(
    {
      title: 'Figure 7: time of one inference',
      yLabel: 'ms',
      key: MEASURED_KEY,
      curves,
      filters: filtersOf(reproduction),
      maxValue: highest(curves),
      marks: ruleMarks(reproduction, highest(curves)),
    },
    width,
  );
}

function relativeCurve(board: ReproducedBoard, index: number): Curve {
  const first = board.rows[0];
  return {
    label: `${board.board}, ${readingName(board)}`,
    colour: colourOf(index),
    predicted: board.rows.map((row) => ({ filters: row.filters, value: row.reportedMs / first.reportedMs })),
    measured: board.rows.map((row) => ({ filters: row.filters, value: row.measuredMs / first.measuredMs })),
    band: board.rows.map(({ filters, reportedMs, relativeHalf }) => {
      const ratio = reportedMs / first.reportedMs;
      return { filters, low: ratio - relativeHalf, high: ratio + relativeHalf };
    }),
  };
}

/** Figure 8 of the paper: time with x filters relative to the time with one. */
export function drawRelativeFigure(reproduction: Reproduction, width?: FigureWidth): string {
  const curves = reproduction.boards.map(relativeCurve);
  return drawFigure(
    {
      title: 'Figure 8: time relative to one filter',
      yLabel: 'times the time with one filter',
      key: MEASURED_KEY,
      curves,
      filters: filtersOf(reproduction),
      maxValue: highest(curves),
    },
    width,
  );
}

function leadMarks({ crossover, boards }: Reproduction, maxValue: number): Plot.Markish[] {
  return crossover.pulse.leads.map(({ faster, from, to }) =>
    Plot.rect([{ x1: from - 0.5, x2: to + 0.5, y1: 0, y2: maxValue }], {
      x1: 'x1',
      x2: 'x2',
      y1: 'y1',
      y2: 'y2',
      fill: colourOf(boards.findIndex(({ board }) => board === faster)),
      fillOpacity: 0.08,
    }),
  );
}

interface Slice extends BreakdownPart {
  readonly from: number;
  readonly to: number;
}

const stackColour = (ops: readonly string[], op: string) =>
  op === ops.at(-1) ? STACK.at(-1)! : STACK[ops.indexOf(op) % (STACK.length - 1)];

/** Parts of each bar on top of each other, the first step at the bottom. */
function stackParts({ ops, parts }: Breakdown): Slice[] {
  const heights = new Map<number, number>();
  return ops.flatMap((op) =>
    parts
      .filter((part) => part.op === op)
      .map((part) => {
        const from = heights.get(part.filters) ?? 0;
        heights.set(part.filters, from + part.ms);
        return { ...part, from, to: from + part.ms };
      }),
  );
}

/** "Quantize", or "Quantize (only up to 5)" where the last bars have none. */
function sliceName(op: string, slices: readonly Slice[], filters: number): string {
  const present = slices.filter((slice) => slice.op === op && slice.ms > 0).map((slice) => slice.filters);
  const most = Math.max(...present);
  return most < filters ? `${op} (up to ${most})` : op;
}

function sliceLabels(ops: readonly string[], slices: readonly Slice[], filters: number): Label[] {
  return slices
    .filter((slice) => slice.filters === filters)
    .map(({ op, from, to }) => ({
      label: sliceName(op, slices, filters),
      colour: stackColour(ops, op),
      filters,
      value: (from + to) / 2,
    }));
}

/** A stacked bar for each filter count: what each kind of step costs, named beside the last bar. */
export function drawBreakdownFigure(breakdown: Breakdown, width?: FigureWidth): string {
  const { board, ops } = breakdown;
  const slices = stackParts(breakdown);
  const filters = [...new Set(slices.map((slice) => slice.filters))];
  return drawFigure(
    {
      title: `Where the time goes: ${board}`,
      yLabel: 'ms',
      key: 'predicted call, step by step',
      labels: sliceLabels(ops, slices, filters.at(-1) ?? 0),
      filters,
      maxValue: HEADROOM * Math.max(...slices.map(({ to }) => to)),
      marks: [
        Plot.rect(slices, {
          x1: ({ filters: count }: Slice) => count - 0.38,
          x2: ({ filters: count }: Slice) => count + 0.38,
          y1: 'from',
          y2: 'to',
          fill: ({ op }: Slice) => stackColour(ops, op),
          fillOpacity: 0.85,
        }),
      ],
    },
    width,
  );
}

/** Calls beyond the paper's ten filters; the shade of a region is the colour of the faster board. */
export function drawBeyondFigure(reproduction: Reproduction, width?: FigureWidth): string {
  const { beyond, crossover } = reproduction;
  const curves = beyond.map(({ board, rows }, index) => ({
    label: `${board}, call`,
    colour: colourOf(index),
    predicted: rows.map(({ filters, pulseMs }) => ({ filters, value: pulseMs })),
  }));
  const maxValue = highest(curves);
  return drawFigure(
    {
      title: `Beyond the paper: up to ${crossover.maxFilters} filters`,
      yLabel: 'ms',
      key: 'predicted calls; the shade is the colour of the faster board',
      curves,
      filters: [1, 5, 10, 16, 24, 32, 40, 48, 56, 64],
      maxValue,
      marks: leadMarks(reproduction, maxValue),
    },
    width,
  );
}
