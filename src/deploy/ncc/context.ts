import { UnsupportedOpError } from '../../errors.ts';
import { importRefusal, refusalLine, UNFED_INPUT } from './importer.ts';
import { elementCount, type Graph, type GraphNode, type Tensor } from '../../models/graph/graph.ts';
import type { Reason } from '../program.ts';
import { NetworkBuilder } from './network-builder.ts';
import { addReader, type MapShape } from './ncc-network.ts';

/** How the converter calls what its transforms have left of operators that no layer stands for. */
const LEFT: Readonly<Record<string, string>> = {
  LEAKY_RELU: 'LeakyRelu',
  MUL: 'Mul',
  MAXIMUM: 'Maximum',
  PAD: 'Pad',
  SPACE_TO_BATCH_ND: 'SpaceToBatchNd',
  RESHAPE: 'TensorflowReshape',
};

export interface NccOptions {
  /** The converter's --float-fc: every Dense stays on the CPU. */
  readonly floatFc: boolean;
  /** Largest Dense on the KPU; that of the converter where absent. */
  readonly maxDense?: number | undefined;
}

/** What the lowering of one graph carries from node to node. */
export class LoweringContext {
  readonly graph: Graph;
  readonly options: NccOptions;
  readonly builder = new NetworkBuilder();
  readonly warnings: string[] = [];
  /** Layer that holds a tensor's float value, by tensor. */
  readonly values = new Map<number, number>();
  /** Nodes whose work an earlier layer has taken over. */
  readonly fused = new Set<number>();
  /** Tensors whose PAD of one pixel on each side is left to the convolution that reads them. */
  readonly padded = new Set<number>();
  /** 1x1 convolutions that keep every second pixel for a depthwise layer before them. */
  readonly halved = new Set<number>();
  /** Nodes that read each tensor; undefined for one that nothing reads. */
  readonly #readers: readonly (readonly number[] | undefined)[];

  constructor(graph: Graph, options: NccOptions) {
    this.graph = graph;
    this.options = options;
    const readers = new Array<number[] | undefined>(graph.tensors.length).fill(undefined);
    for (let index = 0; index < graph.nodes.length; index++) {
      for (const tensor of graph.nodes[index].inputs)
        if (tensor >= 0 && tensor < readers.length) addReader(readers, tensor, index);
    }
    this.#readers = readers;
  }

  tensor(index: number | undefined): Tensor | undefined {
    return index === undefined ? undefined : this.graph.tensors[index];
  }

  output(node: GraphNode): Tensor {
    return this.graph.tensors[node.outputs[0]];
  }

  /** The layer that holds the node's input; `which` counts its inputs. Throws where that is a constant. */
  value(index: number, which = 0): number {
    const node = this.graph.nodes[index];
    const value = this.values.get(node.inputs[which]);
    if (value !== undefined) return value;
    const why = 'one of its inputs is a constant, which no kmodel v3 layer takes there';
    return this.refuse(index, why, UNFED_INPUT);
  }

  setValue(index: number, position: number): void {
    this.values.set(this.graph.nodes[index].outputs[0], position);
  }

  /** The only reader of the node's output, or undefined where there are more or it leaves the network. */
  onlyReader(index: number): number | undefined {
    const tensor = this.graph.nodes[index].outputs[0];
    const readers = this.#readers[tensor];
    return readers?.length === 1 && !this.graph.outputs.includes(tensor) ? readers[0] : undefined;
  }

  /**
   * Names op, index and unit, says why, and what to do, with the converter's own words where it has some; they may be
   * about an operator before this one.
   */
  refuse(index: number, why: string, text?: string): never {
    const { op } = this.graph.nodes[index];
    const first = importRefusal(this.graph);
    const left = LEFT[op] && `Layer ${LEFT[op]} is not supported`;
    const words = first?.node === index ? first.text : (text ?? left);
    const said = words ? `ncc 0.1.0-rc5 refuses the model with "${words}"; ` : '';
    const line = `op ${index} (${op}) on unit "core": ${said}${why}`;
    throw new UnsupportedOpError(first && first.node !== index ? `${refusalLine(first)}; and ${line}` : line);
  }

  warn(index: number, what: string): void {
    this.warnings.push(`op ${index} (${this.graph.nodes[index].op}): ${what}`);
  }

  origin(index: number, rule: string, reason: string): { node: number; placement: Reason } {
    return { node: index, placement: { rule, reason } };
  }
}

/** NHWC shape without its batch; lower ranks are padded on the left. */
export function mapShape(shape: readonly number[]): MapShape {
  const rank = shape.length;
  if (rank > 4) return { h: 1, w: 1, c: elementCount(shape) };
  const side = (fromEnd: number): number => (rank > fromEnd ? shape[rank - fromEnd] : 1);
  return { h: side(3), w: side(2), c: side(1) };
}
