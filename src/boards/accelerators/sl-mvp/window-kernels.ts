import type { WindowGeometry } from '../../../kernels/windows/window-counts.ts';
import type { ProgramRun } from '../offload.ts';
import {
  MOST_ELEMENTS,
  MOST_STRIDE,
  paired,
  refusedExtent,
  type Extent,
  type KernelPlan,
} from './kernel-plan.ts';
import { rowsOfPrograms, segmentsOf, type Segment } from './segments.ts';

const batchesOf = ({ batches = 1 }: WindowGeometry): number => batches;

const columnsOf = (g: WindowGeometry): Segment[] =>
  segmentsOf({ input: g.inW, output: g.outW, kernel: g.kernelW, stride: g.strideW, pad: g.padLeft });

const rowsOf = (g: WindowGeometry): Segment[] =>
  segmentsOf({ input: g.inH, output: g.outH, kernel: g.kernelH, stride: g.strideH, pad: g.padTop });

/** A piece of the output whose windows are cut alike, and the rows that each of its programs makes. */
interface Piece {
  readonly column: Segment;
  readonly row: Segment;
  readonly rows: readonly number[];
}

function piecesOf(g: WindowGeometry): Piece[] {
  const rows = rowsOf(g);
  return columnsOf(g).flatMap((column) =>
    rows.map((row) => ({ column, row, rows: rowsOfPrograms(row, g.strideH, column.count === 1) })),
  );
}

const isEven = (...values: readonly number[]): boolean => values.every((value) => value % 2 === 0);

/** Whether a convolution's kernel takes two values at a time: every place and distance that it walks by is even. */
function isPaired(g: WindowGeometry, { column, row }: Piece, offset: number): boolean {
  const { inC, inW, kernelH, kernelW } = g;
  const y = (row.first + offset) * g.strideH - g.padTop + row.tapStart;
  const x = column.first * g.strideW - g.padLeft + column.tapStart;
  const filter = (row.tapStart * kernelW + column.tapStart) * inC;
  const step = column.count === 1 ? g.strideH * inW * inC : g.strideW * inC;
  return isEven(
    ...[(y * inW + x) * inC, column.taps * inC, inW * inC, step, filter],
    ...[kernelW * inC, kernelH * kernelW * inC],
  );
}

function convRuns(g: WindowGeometry, piece: Piece): ProgramRun[] {
  const { column, row, rows } = piece;
  return rows.map((count, offset) => {
    const outputs = column.count * (column.count === 1 ? row.count : count) * g.outC;
    const isPair = isPaired(g, piece, offset);
    const values = outputs * row.taps * column.taps * g.inC;
    return {
      times: batchesOf(g),
      outputs,
      ...(isPair ? { steps: values / 2, singleSteps: 0 } : { steps: 0, singleSteps: values }),
    };
  });
}

/** Convolution: one program for each piece of the output and each row of its overlap (sl_mvp_ml_conv2d.c). */
export function convPlan(g: WindowGeometry): KernelPlan {
  if (g.dilationH !== 1 || g.dilationW !== 1)
    return { refuses: `a dilation of ${g.dilationH}x${g.dilationW}; its kernel takes none` };
  const row = g.inW * g.inC;
  const filter = g.kernelH * g.kernelW * g.inC;
  const each = isEven(row, filter, g.kernelW * g.inC, g.inC) ? 2 : 1;
  const refused = refusedExtent([
    ['a row of the input', row / each, MOST_STRIDE],
    ['a filter', filter / each, MOST_STRIDE],
    ['a row of the output', g.outW * g.outC, MOST_STRIDE],
    ['a row of a filter', (g.kernelW * g.inC) / each, MOST_ELEMENTS],
    ['the width of the output', g.outW, MOST_ELEMENTS],
    ['the height of the input', g.inH, MOST_ELEMENTS],
    ['the number of filters', g.outC, MOST_ELEMENTS],
  ]);
  return refused ?? { kernel: 'conv', runs: piecesOf(g).flatMap((piece) => convRuns(g, piece)) };
}

/** Inputs that are small for their depth have a program for each pixel of the output. */
const pixelPrograms = (g: WindowGeometry): boolean =>
  g.outC === g.inC &&
  g.dilationH === 1 &&
  g.dilationW === 1 &&
  g.inH * g.inW <= 4 * g.kernelH * g.kernelW * g.outC &&
  g.inW * paired(g.outC) <= MOST_STRIDE &&
  g.kernelW * paired(g.outC) <= MOST_STRIDE;

/** A program for each pixel, over all channels of it. */
function pixelRuns(g: WindowGeometry, channels: number): ProgramRun[] {
  const rows = rowsOf(g);
  return columnsOf(g).flatMap((column) =>
    rows.map((row) => ({
      times: batchesOf(g) * column.count * row.count,
      steps: channels * column.taps * row.taps,
      singleSteps: 0,
      outputs: channels,
    })),
  );
}

/** Dimensions of an array of the accelerator. */
const MOST_DIMENSIONS = 3;

/** Whether one program walks over all channels of a piece: its arrays have a dimension left for them. */
function holdsChannels({ inC }: WindowGeometry, { column, row }: Piece): boolean {
  const used = [inC, column.count, row.count, column.taps, row.taps].filter((sides) => sides > 1).length;
  const isFlattened = column.count > 1 && row.count > 1;
  return used - (used > MOST_DIMENSIONS && isFlattened ? 1 : 0) <= MOST_DIMENSIONS;
}

/** A program for each piece of the output, or for each channel of it. */
function channelRuns(g: WindowGeometry): ProgramRun[] {
  const values = paired(g.outC / g.inC);
  return piecesOf(g).map((piece) => {
    const { column, row } = piece;
    const [times, channels] = holdsChannels(g, piece) ? [1, g.inC] : [g.inC, 1];
    const outputs = channels * values * column.count * row.count;
    return { times, steps: outputs * column.taps * row.taps, singleSteps: 0, outputs };
  });
}

/** Programs of fewer taps than this are not worth their start, and the library says so. */
const FEWEST_TAPS = 120;

/** Depthwise convolution by one of two kernels (sl_mvp_ml_depthwise_conv2d.c). */
export function depthwisePlan(g: WindowGeometry): KernelPlan {
  if (pixelPrograms(g)) return { kernel: 'depthwisePixels', runs: pixelRuns(g, paired(g.outC)) };
  if (batchesOf(g) !== 1) return { refuses: 'more than one image; its kernel takes one' };
  const refused = refusedExtent([
    ['a step from row to row of the input', g.strideH * g.inW * g.inC, MOST_STRIDE],
    ['a row of a filter', g.dilationH * g.inW * g.inC, MOST_STRIDE],
    ['a row of the output', paired(g.outW * g.outC), MOST_STRIDE],
    ['the width of the output', g.outW, MOST_ELEMENTS],
    ['the height of the output', g.outH, MOST_ELEMENTS],
    ['the number of channels', g.inC, MOST_ELEMENTS],
  ]);
  if (refused) return refused;
  const runs = channelRuns(g);
  const programs = runs.reduce((sum, { times }) => sum + times, 0);
  const taps = g.kernelH * g.kernelW * g.outH * g.outW * g.outC;
  return taps / programs < FEWEST_TAPS
    ? { refuses: `${Math.round(taps / programs)} taps a program; its kernel wants ${FEWEST_TAPS}` }
    : { kernel: 'depthwiseChannels', runs };
}

const poolExtents = (g: WindowGeometry): Extent[] => [
  ['a step from column to column', g.strideW * g.inC, MOST_STRIDE],
  ['a row of the input', paired(g.inC) === g.inC ? g.inW * g.inC : (g.inW * g.inC) / 2, MOST_STRIDE],
  ['a row of the output', g.outW * g.outC, MOST_STRIDE],
  ['the width of the output', g.outW, MOST_ELEMENTS],
  ['the height of the input', g.inH, MOST_ELEMENTS],
];

/** One program for each pair of channels of each piece, `rows` of them for each piece. */
function pairRuns(g: WindowGeometry): ProgramRun[] {
  const channels = paired(g.inC);
  return piecesOf(g).flatMap(({ column, row, rows }) =>
    rows.map((count) => {
      const outputs = column.count * (column.count === 1 ? row.count : count);
      const steps = outputs * row.taps * column.taps;
      return { times: batchesOf(g) * channels, steps, singleSteps: 0, outputs };
    }),
  );
}

/** Largest value of a window (sl_mvp_ml_pooling.c, max_pool). */
export function maxPoolPlan(g: WindowGeometry): KernelPlan {
  return refusedExtent(poolExtents(g)) ?? { kernel: 'maxPool', runs: pairRuns(g) };
}

/**
 * Mean of a window. Programs for pixels where they are few for their windows, else for channels (avg_pool); of the latter one
 * layer was published, whose core works as much as for a shorter program a pixel, and which is counted so.
 */
export function averagePoolPlan(g: WindowGeometry): KernelPlan {
  const byPixel = refusedExtent([
    ['a row of the input', g.inW * paired(g.inC), MOST_STRIDE],
    ['a row of the output', g.outW * paired(g.inC), MOST_STRIDE],
    ['the width of the input', g.inW, MOST_ELEMENTS],
    ['the height of the input', g.inH, MOST_ELEMENTS],
    ['the number of channels', paired(g.inC), MOST_ELEMENTS],
  ]);
  const byChannel = refusedExtent(poolExtents(g));
  if (byPixel !== undefined && byChannel !== undefined) return byChannel;
  const isFew = g.outW * g.outH <= Math.floor((9 * g.kernelW * g.kernelH * g.inC + 5) / 10);
  const kernel = isFew || byChannel !== undefined ? 'averageFew' : 'averageMany';
  return { kernel, runs: pixelRuns(g, paired(g.inC)) };
}

/** Transposed convolution: a program for each value of the input's map and each filter (sl_mvp_ml_transpose_conv2d.c). */
export function transposeConvPlan(g: WindowGeometry): KernelPlan {
  const refused = refusedExtent([
    ['a row of the input', g.inW * g.inC, MOST_STRIDE],
    ['a row of a filter', g.kernelW * g.inC, MOST_STRIDE],
    ['a row of the output', g.outW * g.outC, MOST_STRIDE],
    ['the width of the output', g.outW, MOST_ELEMENTS],
    ['the height of the output', g.outH, MOST_ELEMENTS],
    ['the number of channels', Math.max(g.inC, g.outC), MOST_ELEMENTS],
  ]);
  const outputs = batchesOf(g) * g.outH * g.outW * paired(g.outC);
  return (
    refused ?? {
      kernel: 'transposeConv',
      runs: [
        {
          times: batchesOf(g) * g.inH * g.inW * g.outC,
          steps: g.inC * g.kernelH * g.kernelW,
          singleSteps: 0,
          outputs: 0,
        },
        { times: 1, steps: 0, singleSteps: 0, outputs },
      ],
    }
  );
}
