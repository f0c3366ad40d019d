import type { Graph, GraphNode } from '../../src/models/graph/graph.ts';
import { onnxFile, type OnnxConstant, type OnnxFileNode } from '../../test/support/onnx-file.ts';

interface Windows {
  readonly padding: 'SAME' | 'VALID';
  readonly strideH: number;
  readonly strideW: number;
  readonly filterH: number;
  readonly filterW: number;
  readonly activation: string;
}

const nameOf = (tensor: number): string => `t${tensor}`;

/** [out, height, width, in] as ONNX has it: [out, in, height, width]. */
function channelsFirst(values: Float32Array, [, h, w, i]: readonly number[]): Float32Array {
  return Float32Array.from(values, (_, at) => {
    const [x, y] = [at % w, Math.floor(at / w) % h];
    const [input, output] = [Math.floor(at / (w * h)) % i, Math.floor(at / (w * h * i))];
    return values[((output * h + y) * w + x) * i + input];
  });
}

/**
 * A float32 network of convolutions, sums, mean pooling and dense layers as an ONNX file, channels first. Throws an Error
 * for a network of anything else.
 */
export function onnxOf(graph: Graph): Uint8Array {
  const nodes: OnnxFileNode[] = [];
  const constants: OnnxConstant[] = [];

  const constant = (
    tensor: number,
    dims: readonly number[],
    change?: (values: Float32Array) => Float32Array,
  ) => {
    const values = new Float32Array(graph.tensors[tensor].data!.slice().buffer);
    constants.push({ name: nameOf(tensor), dims, values: change?.(values) ?? values });
    return nameOf(tensor);
  };
  const add = (op: string, inputs: readonly string[], output: string, attributes = {}) =>
    nodes.push({ op, inputs, output, attributes });
  /** The operator, and the activation that is fused with it. */
  const fused = (node: GraphNode, op: string, inputs: readonly string[], attributes = {}) => {
    const output = nameOf(node.outputs[0]);
    const { activation = 'NONE' } = (node.attributes ?? {}) as Partial<Windows>;
    if (activation === 'NONE') return add(op, inputs, output, attributes);
    if (activation !== 'RELU') throw new Error(`${graph.name}: ${activation} is not written as ONNX here`);
    add(op, inputs, `${output}.linear`, attributes);
    return add('Relu', [`${output}.linear`], output);
  };
  const windows = (node: GraphNode, [filterH, filterW]: readonly number[]) => {
    const { padding, strideH, strideW } = node.attributes as unknown as Windows;
    const [input, output] = [node.inputs[0], node.outputs[0]].map((tensor) => graph.tensors[tensor].shape);
    const pad = (axis: 1 | 2, stride: number, filter: number) =>
      padding === 'VALID' ? 0 : Math.max(0, (output[axis] - 1) * stride + filter - input[axis]);
    const [down, across] = [pad(1, strideH, filterH), pad(2, strideW, filterW)];
    const before = [down, across].map((total) => total >> 1);
    return {
      kernel_shape: [filterH, filterW],
      strides: [strideH, strideW],
      pads: [...before, down - before[0], across - before[1]],
    };
  };

  for (const node of graph.nodes) {
    const [first, second, third] = node.inputs;
    const x = nameOf(first);
    const shape = graph.tensors[second ?? first].shape;
    if (node.op === 'CONV_2D') {
      const [o, h, w, i] = shape;
      const weights = constant(second, [o, i, h, w], (values) => channelsFirst(values, shape));
      fused(node, 'Conv', [x, weights, constant(third, [o])], windows(node, [h, w]));
    } else if (node.op === 'DEPTHWISE_CONV_2D') {
      const [, h, w, channels] = shape;
      const turned = (values: Float32Array) => channelsFirst(values, [1, h, w, channels]);
      const inputs = [x, constant(second, [channels, 1, h, w], turned), constant(third, [channels])];
      fused(node, 'Conv', inputs, { ...windows(node, [h, w]), group: graph.tensors[first].shape[3] });
    } else if (node.op === 'FULLY_CONNECTED') {
      fused(node, 'Gemm', [x, constant(second, shape), constant(third, [shape[0]])], { transB: 1 });
    } else if (node.op === 'ADD') {
      fused(node, 'Add', [x, nameOf(second)]);
    } else if (node.op === 'AVERAGE_POOL_2D') {
      const { filterH, filterW } = node.attributes as unknown as Windows;
      fused(node, 'AveragePool', [x], windows(node, [filterH, filterW]));
    } else if (node.op === 'SOFTMAX') {
      add('Softmax', [x], nameOf(node.outputs[0]), { axis: 1 });
    } else if (node.op === 'RESHAPE' && graph.tensors[first].shape.slice(1, 3).every((side) => side === 1)) {
      add('Flatten', [x], nameOf(node.outputs[0]), { axis: 1 });
    } else {
      throw new Error(`${graph.name}: ${node.op} is not written as ONNX here`);
    }
  }
  const [input] = graph.inputs;
  const renamed = nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map((name) => (name === nameOf(input) ? 'x' : name)),
  }));
  const { shape } = graph.tensors[input];
  const [batch, height, width, channels] = shape;
  return onnxFile({
    input: shape.length === 4 ? [batch, channels, height, width] : shape,
    nodes: renamed,
    constants,
  });
}
