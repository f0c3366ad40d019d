import type { CostRow, Grade, Stream, Terms } from '../../board/board.ts';
import { untilMoreLoads } from '../../board/loaded-parts.ts';
import { furtherRows } from '../further-rows.ts';

/** Runtime of kmodel v3 in MaixPy 0.5, a descendant of the SDK's kpu.c. */
export const MAIXPY_KERNELS = 'maixpy-0.5';

const SDK = 'kendryte-standalone-sdk lib/drivers/kpu.c';

const COUNTED = 'instructions counted in lib_sipeed_kpu.a of MaixPy 0.5.0';

function constants(
  op: string,
  constantCycles: Readonly<Record<string, string>>,
  source: string,
  grade: Grade,
): CostRow {
  return { op, dtype: 'any', kernels: MAIXPY_KERNELS, constantCycles, source, grade };
}

function estimate(op: string, coreCycles: Terms, source: string): CostRow {
  return { op, dtype: 'any', kernels: MAIXPY_KERNELS, coreCycles, source, grade: 'estimated' };
}

/** The weights are read from the kmodel, written to the heap, and read from there; each output walks the input anew. */
const DENSE_STREAMS: readonly Stream[] = [
  { operand: 'weights', access: 'read', bytes: { weightBytes: 1 }, passes: { '1': 1 } },
  { operand: 'weights', access: 'write', bytes: { weightBytes: 1 }, passes: { '1': 2 } },
  { operand: 'input', access: 'read', bytes: { inChannels: 4 }, passes: { outChannels: 1 } },
];

function dense(loop: string, when: CostRow['when'], source: string): CostRow {
  return {
    op: 'FullyConnected',
    dtype: 'any',
    kernels: MAIXPY_KERNELS,
    ...(when ? { when } : {}),
    coreCycles: { outChannels: 20, '1': 600 },
    constantCycles: { macs: loop, weightBytes: 'denseCopyCyclesPerByte' },
    streams: DENSE_STREAMS,
    source,
    grade: 'estimated',
  };
}

/** What the core does around the KPU, by kmodel layer; an upload of rows of 64 bytes is the DMA's. */
export const maixpyLayerCosts: () => readonly CostRow[] = /* @__PURE__ */ untilMoreLoads(() => [
  {
    ...constants(
      'K210Upload',
      { loadBytes: 'uploadCyclesPer8Bytes' },
      `${SDK} kpu_upload_core, 8 bytes a store`,
      'estimated',
    ),
    when: { rowLength: { multipleOf: 8 } },
  },
  constants(
    'K210Upload',
    { loadBytes: 'uploadCyclesPerByte' },
    `${SDK} kpu_upload_core, byte by byte`,
    'measured',
  ),
  constants('K210CopyOut', { loadBytes: 'copyOutCyclesPerByte' }, 'nncase issues 95, 96, 97', 'measured'),
  constants('Dequantize', { elements: 'dequantizeCyclesPerElement' }, 'nncase issues 77, 95, 96', 'measured'),
  {
    ...constants(
      'TensorflowFlatten',
      { elements: 'flattenCyclesPerElement' },
      `${SDK} kpu_tf_flatten`,
      'estimated',
    ),
    coreCycles: { pixels: 10 },
  },
  constants('Quantize', { elements: 'quantizeCyclesPerElement' }, `${SDK} kpu_quantize`, 'estimated'),
  constants(
    'K210AddPadding',
    { outChannels: 'addPaddingCyclesPerChannel' },
    `${SDK} kpu_add_padding`,
    'estimated',
  ),
  estimate('K210RemovePadding', { outChannels: 12 }, `${SDK} kpu_remove_padding, counted`),
  dense(
    'denseLoopCyclesPerMac',
    { inChannels: { multipleOf: 8 } },
    `${SDK} kpu_kmodel_fully_connected, unrolled by 8`,
  ),
  dense('denseRolledLoopCyclesPerMac', undefined, `${SDK} kpu_kmodel_fully_connected, not unrolled`),
  estimate('InputCopy', { loadBytes: 1.5 }, `${SDK} kpu_kmodel_input_float: a word copied at about 6 cycles`),
  estimate(
    'GlobalAveragePool2d',
    { inputElements: 9, elements: 30 },
    `${SDK}: one dependent add an input, one division`,
  ),
  estimate('Softmax', { elements: 235 }, `${SDK} kpu_softmax: fmaxf, expf and a division an element`),
  estimate('Logistic', { elements: 220 }, `${SDK} kpu_logistic: expf and a division an element`),
  estimate('L2Normalization', { elements: 20, '1': 80 }, `${SDK} kpu_l2_normalization: two passes`),
  estimate(
    'Add',
    { elements: 25 },
    `${SDK} kpu_kmodel_add: two loads, an add, a store, 12 bytes of lines an element`,
  ),
  {
    op: 'QuantizedAdd',
    dtype: 'any',
    kernels: MAIXPY_KERNELS,
    coreCycles: { elements: 76.4 },
    source: 'nncase issue 97: 58.7 ms for 307,200 elements at 400 MHz in a build of the SDK',
    grade: 'measured',
  },
  estimate(
    'QuantizedMaxPool2d',
    { taps: 14, elements: 60 },
    `${COUNTED}: 10 to 11 instructions a tap with two loads, 25 an output, 9 a kernel row, 27 a row of outputs`,
  ),
  estimate(
    'Requantize',
    { elements: 17 },
    `${COUNTED}: 11 instructions with two loads that wait for each other`,
  ),
  estimate(
    'QuantizedConcat',
    { loadBytes: 2 },
    `${SDK} kpu_concat: memcpy with a fill and a write-back of its lines`,
  ),
  estimate(
    'QuantizedResizeNearestNeighbor',
    { elements: 45 },
    `${COUNTED}: 29 instructions and a floorf for each byte, the index computed anew`,
  ),
  estimate('Concat', { loadBytes: 2 }, `${SDK} kpu_concat: memcpy with a fill and a write-back of its lines`),
  estimate(
    'ResizeNearestNeighbor',
    { elements: 45 },
    `${SDK}: floorf, float minimum and conversion an element`,
  ),
  estimate('MaxPool2d', { taps: 12, elements: 40 }, `${SDK}, by analogy with kpu_quantized_max_pool2d`),
  ...(furtherRows().nodeRows?.(MAIXPY_KERNELS) ?? []),
  estimate(
    'AveragePool2d',
    { taps: 14, elements: 60 },
    `${SDK} kpu_average_pool2d: bounds a pixel, a division`,
  ),
]);
