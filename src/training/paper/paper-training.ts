import { SpecError } from '../../errors.ts';
import type { ModelSpec } from '../../models/specs/builder.ts';
import { elementCount, type Graph, type Tensor } from '../../models/graph/graph.ts';
import { paperCnn, type PaperCnnOptions } from '../../models/specs/paper-cnn.ts';

/** The paper's network as layers to train, float32; the same parameters and defaults as `paperCnn`. */
export function paperTrainingSpec(options: PaperCnnOptions): ModelSpec {
  const {
    filters,
    kernel = 3,
    side = 14,
    channels = 1,
    stride = 1,
    classes = 10,
    padding = 'SAME',
  } = options;
  return {
    name: paperCnn({ ...options, dtype: 'float32' }).name,
    input: [side, side, channels],
    layers: [
      {
        op: 'conv',
        filters,
        kernel: [kernel, kernel],
        stride: [stride, stride],
        padding: padding.toLowerCase(),
        activation: 'relu',
      },
      { op: 'flatten' },
      { op: 'dense', units: classes },
    ],
  };
}

/** Values of all float32 constants of a graph, in the order of its tensors. */
export function floatConstants(graph: Graph): Float32Array {
  const constants = graph.tensors.filter(({ dtype, data }) => dtype === 'float32' && data !== undefined);
  return Float32Array.from(constants.flatMap(({ data }) => [...new Float32Array(data!.slice().buffer)]));
}

/**
 * The paper's network, float32, with its weights: kernel [filters, k, k, channels], its bias, dense [classes, inputs], its
 * bias, one after the other. Throws a SpecError for another number of weights.
 */
export function fillPaperCnn(options: PaperCnnOptions, weights: Float32Array): Graph {
  const graph = paperCnn({ ...options, dtype: 'float32' });
  const isOpen = ({ isConstant, data }: Tensor) => isConstant === true && data === undefined;
  const count = graph.tensors.filter(isOpen).reduce((sum, { shape }) => sum + elementCount(shape), 0);
  if (count !== weights.length) {
    throw new SpecError(`${graph.name}: takes ${count} weights, got ${weights.length}; train it again`);
  }
  let next = 0;
  const tensors = graph.tensors.map((tensor): Tensor => {
    if (!isOpen(tensor)) return tensor;
    const values = weights.slice(next, (next += elementCount(tensor.shape)));
    return { ...tensor, data: new Uint8Array(values.buffer) };
  });
  return { ...graph, tensors };
}

/**
 * A network as the paper's files hold it, whose published sizes leave no room for the new shape of RESHAPE in its options:
 * it is in the operand alone, as TensorFlow 2 writes it. The K210's converter refuses such a file.
 */
export function asPublished(graph: Graph): Graph {
  const nodes = graph.nodes.map((node) => (node.op === 'RESHAPE' ? { ...node, attributes: {} } : node));
  return { ...graph, nodes };
}
