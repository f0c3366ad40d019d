import { FormatError } from '../../errors.ts';
import { opFor } from '../../kernels/registry.ts';
import type { DType, GraphNode, Quantization, Tensor } from '../../models/graph/graph.ts';

/** A named value of the ONNX graph as it lies here: axis i of the tensor is ONNX's axis `axes[i]`. */
export interface Placed {
  readonly tensor: number;
  readonly axes: readonly number[];
  /** Channels, height and width of the map that a row was flattened from in ONNX's order; weights that follow are reordered. */
  readonly flatFrom?: readonly [channels: number, height: number, width: number];
}

/** ONNX's axes of a map that lies as [batch, height, width, channels]. */
export const MAP_AXES: readonly number[] = [0, 2, 3, 1];

const DTYPES: Readonly<Record<number, DType>> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  6: 'int32',
  7: 'int64',
  9: 'bool',
};

export function dtypeOf(dataType: number, where: string): DType {
  const dtype = DTYPES[dataType];
  if (dtype !== undefined) return dtype;
  throw new FormatError(
    `${where} has the element type ${dataType}; float, int8, uint8, int32 and int64 are read`,
  );
}

function bytesOf(values: readonly number[], dtype: DType): Uint8Array {
  if (dtype === 'float32') return new Uint8Array(Float32Array.from(values).buffer);
  if (dtype === 'int32') return new Uint8Array(Int32Array.from(values).buffer);
  if (dtype === 'int64') return new Uint8Array(BigInt64Array.from(values.map(BigInt)).buffer);
  return Uint8Array.from(values, (value) => value & 255);
}

/** The network as it grows: tensors, nodes, and where each of ONNX's values lies. */
export class Growing {
  readonly tensors: Tensor[] = [];
  readonly nodes: GraphNode[] = [];
  readonly placed = new Map<string, Placed>();
  /** The map of one row that a signal is the reshaped form of. */
  readonly ofRows = new Map<number, number>();

  add(tensor: Tensor): number {
    return this.tensors.push(tensor) - 1;
  }

  /** A constant; without values one whose numbers are not known. */
  constant(
    name: string,
    shape: readonly number[],
    values: readonly number[] | undefined,
    dtype: DType = 'float32',
  ): number {
    const data = values && { data: bytesOf(values, dtype) };
    return this.add({ name, shape, dtype, isConstant: true, ...data });
  }

  /** Appends an operator; its output has the shape that the operator gives it. */
  node(op: string, attributes: object, inputs: readonly number[], name: string): number {
    return this.nodeOfMany(op, attributes, inputs, [name])[0];
  }

  /** The same with more than one output. */
  nodeOfMany(op: string, attributes: object, inputs: readonly number[], names: readonly string[]): number[] {
    const known = opFor(op);
    if (!known) throw new FormatError(`${op} is not known`);
    const given = inputs.map((input) => (input < 0 ? undefined : this.tensors[input]));
    const made = known.infer(attributes, given);
    const outputs = names.map((name, at) => this.add({ name, shape: made[at].shape, dtype: made[at].dtype }));
    this.nodes.push({ op, attributes, inputs, outputs });
    return outputs;
  }

  /** Index of the operator that computes a tensor, behind the reshape of a signal; -1 where none does. */
  makerOf(tensor: number): number {
    const made = this.ofRows.get(tensor) ?? tensor;
    return this.nodes.findIndex(({ outputs }) => outputs[0] === made);
  }

  shapeOf(tensor: number): readonly number[] {
    return this.tensors[tensor].shape;
  }

  quantize(tensor: number, dtype: DType, quantization: Quantization): void {
    this.tensors[tensor] = { ...this.tensors[tensor], dtype, quantization };
  }
}

/** Sides of a value in ONNX's order of axes. */
export function onnxShape(net: Growing, { tensor, axes }: Placed): number[] {
  const sides: number[] = [];
  axes.forEach((axis, at) => (sides[axis] = net.shapeOf(tensor)[at]));
  return sides;
}
