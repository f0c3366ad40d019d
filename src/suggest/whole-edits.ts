import type { Board } from '../boards/board/board.ts';
import { SETTINGS } from '../boards/settings/all-settings.ts';
import { opFor } from '../kernels/registry.ts';
import { elementCount, type Graph, type Tensor } from '../models/graph/graph.ts';
import type { PredictOptions } from '../simulate/predict.ts';
import type { Edit } from './edit.ts';

/** Changes of the whole: element type, kernels, where weights lie, who copies, choices of firmware and converter. */
export function wholeEdits(graph: Graph, board: Board, options: PredictOptions): Edit[] {
  return [
    ...dtypeEdits(graph),
    ...kernelEdits(board, options),
    ...weightEdits(board, options),
    ...settingEdits(board),
    ...(['cpu', 'dma'] as const)
      .filter((copyOut) => copyOut !== options.copyOut)
      .map((copyOut): Edit => {
        const title = `KPU results copied out by the ${copyOut === 'cpu' ? 'core' : 'DMA'}`;
        return { kind: 'copy-out', title, options: { copyOut }, changesAnswers: false };
      }),
  ];
}

function kernelEdits({ runtime }: Board, { kernels = runtime.kernels[0] }: PredictOptions): Edit[] {
  return runtime.kernels
    .filter((name) => name !== kernels)
    .map((name) => ({
      ...{ kind: 'kernels', changesAnswers: false },
      title: `kernels of ${name} instead of ${kernels}`,
      options: { kernels: name },
    }));
}

function weightEdits({ memories }: Board, { weightsIn }: PredictOptions): Edit[] {
  return memories
    .filter(({ id }) => id !== weightsIn)
    .map(({ id }) => ({
      ...{ kind: 'placement', title: `weights in ${id}`, options: { weightsIn: id }, changesAnswers: false },
    }));
}

/** Settings of the chip are studies of another chip; those of firmware and converter are named after them. */
const isChoice = (key: string): boolean => key.includes('.') && !key.startsWith('core.');

function settingEdits(board: Board): Edit[] {
  return SETTINGS.filter(({ key, isFor }) => isChoice(key) && isFor(board)).flatMap(({ key, values }) =>
    Object.keys(values).map((value): Edit => {
      const set = `${key}=${value}`;
      return { kind: 'setting', title: `--set ${set}`, set, changesAnswers: false };
    }),
  );
}

function dtypeEdits(graph: Graph): Edit[] {
  const isFloat = graph.inputs.every((tensor) => graph.tensors[tensor].dtype === 'float32');
  if (!isFloat) return [];
  return [{ kind: 'dtype', title: 'int8 instead of float32', change: asInt8, changesAnswers: true }];
}

/** Scales of tensors whose ranges nobody has measured: no cost depends on them, but kernels refuse those that do not go together. */
const [ANY, BIAS, SHARE] = [
  { scales: [1 / 128], zeroPoints: [0], axis: 0 },
  { scales: [1 / 128 / 128], zeroPoints: [0], axis: 0 },
  { scales: [1 / 256], zeroPoints: [-128], axis: 0 },
];
/** Operators whose int8 kernels fix the scale of what they make. */
const SHARES = new Set(['SOFTMAX', 'LOGISTIC']);

/** The network as int8 files have it: biases int32, everything else that was float32 one byte. Its numbers are not known. */
export function asInt8(graph: Graph): Graph {
  const biases = new Set(graph.nodes.map(({ op, inputs }) => inputs[opFor(op)?.weighted?.bias ?? -1] ?? -1));
  const shares = new Set(graph.nodes.flatMap(({ op, outputs }) => (SHARES.has(op) ? outputs : [])));
  let saved = 0;
  const tensors = graph.tensors.map((tensor, at): Tensor => {
    if (tensor.dtype !== 'float32') return tensor;
    const rest: { -readonly [Key in keyof Tensor]: Tensor[Key] } = { ...tensor };
    delete rest.data;
    if (biases.has(at)) return { ...rest, dtype: 'int32', quantization: BIAS };
    if (tensor.isConstant) saved += 3 * elementCount(tensor.shape);
    return { ...rest, dtype: 'int8', quantization: shares.has(at) ? SHARE : ANY };
  });
  return { ...graph, tensors, fileBytes: graph.fileBytes - saved };
}
