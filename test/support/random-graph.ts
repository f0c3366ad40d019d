import { seededIntegers } from '../../src/seeded-random.ts';
import { opFor } from '../../src/kernels/index.ts';
import type { OpAttributes, OpType } from '../../src/kernels/index.ts';
import { elementCount } from '../../src/models/graph/graph.ts';
import type { DType, Graph, GraphNode, Tensor } from '../../src/models/graph/graph.ts';

/** Draws a float32 network of 2 to 7 nodes from a seed: every operator that has float arithmetic, in odd shapes. */
export function randomGraph(seed: number): Graph {
  return new RandomGraph(seed).build();
}

/** Values for the network's input, -1 to 1. */
export function randomInput(graph: Graph, seed: number): Float32Array {
  const draw = seededIntegers(seed);
  const { shape } = graph.tensors[graph.inputs[0]];
  return Float32Array.from({ length: elementCount(shape) }, () => (draw() / 2 ** 30) * 2 - 1);
}

type Grow = (g: RandomGraph) => number;

const NO = {} as OpAttributes['RELU'];

class RandomGraph {
  readonly draw: () => number;
  readonly tensors: Tensor[] = [];
  readonly nodes: GraphNode[] = [];
  current = 0;

  constructor(seed: number) {
    this.draw = seededIntegers(seed);
  }

  below(count: number): number {
    return this.draw() % count;
  }

  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)];
  }

  get shape(): readonly number[] {
    return this.tensors[this.current].shape;
  }

  add(tensor: Omit<Tensor, 'name'>): number {
    return this.tensors.push({ ...tensor, name: `t${this.tensors.length}` }) - 1;
  }

  floats(shape: readonly number[], scale = 1): number {
    const values = Float32Array.from(
      { length: elementCount(shape) },
      () => ((this.draw() / 2 ** 30) * 2 - 1) * scale,
    );
    return this.add({ shape, dtype: 'float32', data: new Uint8Array(values.buffer), isConstant: true });
  }

  ints(values: readonly number[], shape = [values.length]): number {
    const data = new Uint8Array(Int32Array.from(values).buffer);
    return this.add({ shape, dtype: 'int32', data, isConstant: true });
  }

  /** Appends a node; shapes of its outputs come from the operator, which the real files hold to the truth. */
  node<T extends OpType>(op: T, attributes: OpAttributes[T], inputs: readonly number[]): number {
    const infos = opFor(op)!.infer(
      attributes as never,
      inputs.map((index) => this.tensors[index]),
    );
    const outputs = infos.map(({ shape, dtype }) => this.add({ shape, dtype: dtype as DType }));
    this.nodes.push({ op, attributes: attributes as never, inputs, outputs });
    return outputs[this.below(outputs.length)];
  }

  build(): Graph {
    this.current = this.add({
      shape: [1, this.between(3, 9), this.between(3, 9), this.between(1, 5)],
      dtype: 'float32',
    });
    const length = this.between(2, 7);
    for (let step = 0; step < length; step++) this.current = this.pick(GROW)(this);
    if (this.below(4) === 0) this.current = this.pick(CLOSE)(this);
    return {
      name: 'random',
      format: 'builder',
      tensors: this.tensors,
      nodes: this.nodes,
      inputs: [0],
      outputs: [this.current],
      fileBytes: 0,
    };
  }
}

function window(g: RandomGraph, dilated: boolean) {
  const [, height, width] = g.shape;
  const padding = g.pick(['SAME', 'VALID'] as const);
  const dilationH = dilated ? g.between(1, 2) : 1;
  const dilationW = dilated ? g.between(1, 2) : 1;
  const most = (length: number, dilation: number) =>
    Math.max(1, Math.min(4, padding === 'SAME' ? 4 : Math.floor((length - 1) / dilation) + 1));
  const kernelH = g.between(1, most(height, dilationH));
  const kernelW = g.between(1, most(width, dilationW));
  const isDilated = dilationH > 1 || dilationW > 1;
  const strideH = isDilated ? 1 : g.between(1, 2);
  // tfjs pools and convolves depthwise with any strides; dilation goes with stride 1 only.
  const strideW = isDilated ? 1 : g.between(1, 2);
  const activation = g.pick(['NONE', 'RELU', 'RELU6'] as const);
  return { kernelH, kernelW, slide: { padding, strideH, strideW, dilationH, dilationW, activation } };
}

const convolve: Grow = (g) => {
  const { kernelH, kernelW, slide } = window(g, true);
  const filters = g.between(1, 6);
  const weights = g.floats([filters, kernelH, kernelW, g.shape[3]], 0.5);
  return g.node('CONV_2D', slide, [g.current, weights, g.floats([filters], 0.3)]);
};

const convolveDepthwise: Grow = (g) => {
  const { kernelH, kernelW, slide } = window(g, true);
  const depthMultiplier = g.between(1, 3);
  const filters = g.shape[3] * depthMultiplier;
  const weights = g.floats([1, kernelH, kernelW, filters]);
  return g.node('DEPTHWISE_CONV_2D', { ...slide, depthMultiplier }, [
    g.current,
    weights,
    g.floats([filters], 0.3),
  ]);
};

const convolveTransposed: Grow = (g) => {
  const [, height, width, channels] = g.shape;
  const [filters, kernel, stride] = [g.between(1, 4), g.between(1, 3), g.between(1, 2)];
  const padding = g.pick(['SAME', 'VALID'] as const);
  const grow = (length: number) => (padding === 'SAME' ? length * stride : (length - 1) * stride + kernel);
  const shape = g.ints([1, grow(height), grow(width), filters]);
  const weights = g.floats([filters, kernel, kernel, channels], 0.5);
  const attributes = {
    padding,
    strideH: stride,
    strideW: stride,
    activation: g.pick(['NONE', 'RELU'] as const),
  };
  return g.node('TRANSPOSE_CONV', attributes, [shape, weights, g.current, g.floats([filters], 0.3)]);
};

const pool: Grow = (g) => {
  const { kernelH, kernelW, slide } = window(g, false);
  const { padding, strideH, strideW, activation } = slide;
  const attributes = { padding, strideH, strideW, filterH: kernelH, filterW: kernelW, activation };
  return g.node(g.pick(['MAX_POOL_2D', 'AVERAGE_POOL_2D'] as const), attributes, [g.current]);
};

const map: Grow = (g) =>
  g.node(g.pick(['LOGISTIC', 'TANH', 'RELU', 'RELU6', 'HARD_SWISH'] as const), NO, [g.current]);

const leak: Grow = (g) => {
  if (g.below(2) === 0)
    return g.node('LEAKY_RELU', { alpha: Math.fround(g.pick([0.1, 0.2, 0.3])) }, [g.current]);
  return g.node('PRELU', NO, [g.current, g.floats([1, 1, g.shape[3]], 0.5)]);
};

const combine: Grow = (g) => {
  const [, height, width, channels] = g.shape;
  const shape = g.pick([
    [...g.shape],
    [channels],
    [1, 1, width, 1],
    [height, 1, 1],
    [1, height, width, channels],
  ]);
  const operands = [g.current, g.floats(shape)];
  if (g.below(2) === 0) operands.reverse();
  const op = g.pick(['ADD', 'SUB', 'MUL', 'MAXIMUM', 'MINIMUM'] as const);
  if (op === 'MAXIMUM' || op === 'MINIMUM') return g.node(op, NO, operands);
  return g.node(op, { activation: g.pick(['NONE', 'RELU', 'RELU6'] as const) }, operands);
};

const concatenate: Grow = (g) => {
  const axis = g.between(1, 3);
  const other = g.floats(g.shape.with(axis, g.between(1, 3)));
  return g.node('CONCATENATION', { axis: g.pick([axis, axis - 4]), activation: 'NONE' }, [
    g.current,
    other,
    g.current,
  ]);
};

const pad: Grow = (g) => {
  const amounts = g.ints([0, 0, ...Array.from({ length: 6 }, () => g.below(3))], [4, 2]);
  if (g.below(2) === 0) return g.node('PAD', NO, [g.current, amounts]);
  return g.node('PADV2', NO, [g.current, amounts, g.floats([1])]);
};

const reduceMap: Grow = (g) => {
  const axes = g.ints(g.pick([[1], [2], [3], [1, 2], [-1], [2, 1], [1, 2, 3]]));
  return g.node(g.pick(['MEAN', 'SUM'] as const), { keepDims: true }, [g.current, axes]);
};

const resize: Grow = (g) => {
  const target = g.ints([g.between(1, 12), g.between(1, 12)]);
  const attributes = g.pick([
    { alignCorners: false, halfPixelCenters: false },
    { alignCorners: true, halfPixelCenters: false },
    { alignCorners: false, halfPixelCenters: true },
  ]);
  return g.node(g.pick(['RESIZE_NEAREST_NEIGHBOR', 'RESIZE_BILINEAR'] as const), attributes, [
    g.current,
    target,
  ]);
};

const transpose: Grow = (g) =>
  g.node('TRANSPOSE', NO, [
    g.current,
    g.ints(
      g.pick([
        [0, 2, 1, 3],
        [0, 3, 1, 2],
        [0, 2, 3, 1],
        [0, 1, 3, 2],
      ]),
    ),
  ]);

const slice: Grow = (g) => {
  const range = g.shape.map((length) => {
    const begin = g.below(length);
    return { begin, end: g.between(begin + 1, length), stride: g.between(1, 2) };
  });
  const operands = [
    range.map(({ begin }) => begin),
    range.map(({ end }) => end),
    range.map(({ stride }) => stride),
  ];
  const masks = {
    beginMask: g.below(16),
    endMask: g.below(16),
    ellipsisMask: 0,
    newAxisMask: 0,
    shrinkAxisMask: 0,
    offset: false,
  };
  return g.node('STRIDED_SLICE', masks, [g.current, ...operands.map((values) => g.ints(values))]);
};

const split: Grow = (g) => {
  const axis = g.between(1, 3);
  const divisors = [1, 2, 3].filter((count) => g.shape[axis] % count === 0);
  return g.node('SPLIT', { splits: g.pick(divisors) }, [g.ints([axis], []), g.current]);
};

const normalize: Grow = (g) => g.node('SOFTMAX', { beta: g.pick([1, 0.5]) }, [g.current]);

/** Steps that keep four dimensions. */
const GROW: readonly Grow[] = [
  convolve,
  convolve,
  convolveDepthwise,
  convolveTransposed,
  pool,
  map,
  leak,
  combine,
  concatenate,
  pad,
  reduceMap,
  resize,
  transpose,
  slice,
  split,
  normalize,
];

const dense: Grow = (g) => {
  const inputs = elementCount(g.shape);
  const flat = g.node('RESHAPE', { newShape: [1, inputs] }, [g.current, g.ints([1, inputs])]);
  const outputs = g.between(1, 12);
  const attributes = { activation: g.pick(['NONE', 'RELU', 'RELU6'] as const), keepNumDims: false };
  return g.node('FULLY_CONNECTED', attributes, [
    flat,
    g.floats([outputs, inputs], 0.3),
    g.floats([outputs], 0.3),
  ]);
};

const stack: Grow = (g) =>
  g.node('PACK', { axis: g.between(-5, 4), values: 2 }, [g.current, g.floats(g.shape)]);
const squeeze: Grow = (g) => g.node('SQUEEZE', { squeezeDims: [0] }, [g.current]);
const expand: Grow = (g) => g.node('EXPAND_DIMS', NO, [g.current, g.ints([g.between(-5, 4)], [])]);
const rank: Grow = (g) => g.node('ARG_MAX', NO, [g.current, g.ints([g.between(1, 3)], [])]);
const reduceAway: Grow = (g) => g.node('MEAN', { keepDims: false }, [g.current, g.ints([1, 2])]);

/** Steps that may leave another number of dimensions, last in a network. */
const CLOSE: readonly Grow[] = [dense, dense, stack, squeeze, expand, rank, reduceAway];
