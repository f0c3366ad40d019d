import { SpecError } from '../../errors.ts';
import { buildGraph, type ModelSpec } from '../../models/specs/builder.ts';
import { elementCount, type Graph } from '../../models/graph/graph.ts';
import { paperCnn, type PaperCnnOptions } from '../../models/specs/paper-cnn.ts';
import { paperTrainingSpec } from '../../training/paper/paper-training.ts';

/** What the command line says of the network to train. */
export interface NetworkArgs {
  readonly filters: number | undefined;
  readonly kernel: number | undefined;
  /** Width and height of the images in pixels. */
  readonly side: number | undefined;
  readonly batchnorm: boolean;
  readonly pool: 'max' | 'avg' | undefined;
  readonly layers: string | undefined;
}

/** A network to train; `paper` where it is the paper's own, whose file then has the paper's layout. */
export interface TrainingPlan {
  readonly spec: ModelSpec;
  readonly side: number;
  readonly paper?: PaperCnnOptions;
}

const FILTERS = 8;
const KERNEL = 3;
const SIDE = 14;
// 60,000 images of 64 x 64 float32 take 1 GB.
const MAX_SIDE = 64;
const MAX_BYTES = 2 ** 31;
const FLOAT_BYTES = 4;
// A value, its gradient, and a copy while either is reshaped; a weight, its gradient and Adam's two moments.
const COPIES_OF_ACTIVATIONS = 3;
const COPIES_OF_WEIGHTS = 4;

/**
 * The network that the options describe: the paper's, with batch normalization or pooling if asked for, or a chain of
 * layers. Throws a SpecError for a network that is impossible or too large to train here with batches of `batch` images.
 */
export function planTraining(args: NetworkArgs, batch: number): TrainingPlan {
  const side = args.side ?? SIDE;
  checkCount('--size', side);
  if (side > MAX_SIDE)
    throw new SpecError(`--size ${side}: the images take too much memory; at most ${MAX_SIDE}`);
  const plan =
    args.layers === undefined ? planFromOptions(args, side) : planFromLayers(args, args.layers, side);
  const graph = buildGraph(plan.spec);
  if (!graph.tensors.some(({ dtype, isConstant, data }) => dtype === 'float32' && isConstant && !data)) {
    throw new SpecError('--layers: no layer has weights to train; end with dense 10');
  }
  checkMemory(graph, batch);
  return plan;
}

function checkCount(option: string, value: number): void {
  if (Number.isSafeInteger(value) && value > 0) return;
  throw new SpecError(`${option} must be a whole number above 0, got ${value}`);
}

function planFromOptions(args: NetworkArgs, side: number): TrainingPlan {
  const { filters = FILTERS, kernel = KERNEL, batchnorm, pool } = args;
  checkCount('--filters', filters);
  checkCount('--kernel', kernel);
  const paper = { filters, kernel, side };
  if (!batchnorm && pool === undefined) {
    paperCnn(paper);
    return { spec: paperTrainingSpec(paper), side, paper };
  }
  const convolution = batchnorm
    ? [`conv ${filters} ${kernel}x${kernel} same`, 'batchnorm', 'relu']
    : [`conv ${filters} ${kernel}x${kernel} same relu`];
  const layers = [...convolution, ...(pool ? [`${pool}pool 2x2`] : []), 'flatten', 'dense 10'];
  return { spec: { name: 'trained', input: [side, side, 1], layers }, side };
}

function planFromLayers(
  { filters, kernel, batchnorm, pool }: NetworkArgs,
  layers: string,
  side: number,
): TrainingPlan {
  if (filters !== undefined || kernel !== undefined || batchnorm || pool !== undefined) {
    throw new SpecError(
      '--layers says what all layers are; leave out --filters, --kernel, --batchnorm and --pool',
    );
  }
  return { spec: { name: 'trained', input: [side, side, 1], layers }, side };
}

/** Elements that a convolution's taps take when an image is laid out as the matrix that is multiplied. */
function columnElements({ tensors, nodes }: Graph): number {
  return nodes.reduce((sum, { op, inputs, outputs }) => {
    if (op !== 'CONV_2D') return sum;
    const [, height = 1, width = 1, filters = 1] = tensors[outputs[0]].shape;
    return sum + (height * width * elementCount(tensors[inputs[1]].shape)) / filters;
  }, 0);
}

function checkMemory(graph: Graph, batch: number): void {
  const count = (isConstant: boolean) =>
    graph.tensors
      .filter((tensor) => (tensor.isConstant ?? false) === isConstant)
      .reduce((sum, { shape }) => sum + elementCount(shape), 0);
  const activations = batch * COPIES_OF_ACTIVATIONS * (count(false) + columnElements(graph));
  const bytes = FLOAT_BYTES * (activations + COPIES_OF_WEIGHTS * count(true));
  if (bytes <= MAX_BYTES) return;
  const gigabytes = (bytes / 2 ** 30).toPrecision(3);
  throw new SpecError(
    `training this network takes about ${gigabytes} GiB, more than 2; use fewer filters, smaller images or a smaller --batch`,
  );
}
