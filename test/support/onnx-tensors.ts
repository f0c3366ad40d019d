import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs';
import { elementCount } from '../../src/models/graph/graph.ts';

const { root } = protobuf.parse(`
  syntax = "proto2";
  message TensorProto {
    repeated int64 dims = 1; optional int32 data_type = 2; repeated float float_data = 4 [packed = true];
    optional bytes raw_data = 9;
  }
`);
const TensorProto = root.lookupType('TensorProto');

export interface FloatTensor {
  readonly dims: readonly number[];
  readonly values: ArrayLike<number>;
}

/** A TensorProto file of floats. */
export function readFloats(path: string): FloatTensor {
  const tensor = TensorProto.decode(readFileSync(path)) as unknown as {
    dims: unknown[];
    floatData: number[];
    rawData?: Uint8Array;
  };
  const dims = tensor.dims.map(Number);
  const raw = tensor.rawData ?? new Uint8Array();
  return { dims, values: raw.length > 0 ? new Float32Array(Uint8Array.from(raw).buffer) : tensor.floatData };
}

function permutations(count: number): number[][] {
  if (count === 0) return [[]];
  return permutations(count - 1).flatMap((rest) =>
    Array.from({ length: count }, (_, at) => [...rest.slice(0, at), count - 1, ...rest.slice(at)]),
  );
}

function transposed({ dims, values }: FloatTensor, order: readonly number[]): FloatTensor {
  const strides = dims.map((_, axis) => elementCount(dims.slice(axis + 1)));
  const sides = order.map((axis) => dims[axis]!);
  const moved = Array.from({ length: elementCount(dims) }, (_, at) => {
    let [rest, from] = [at, 0];
    for (let axis = sides.length - 1; axis >= 0; axis--) {
      from += (rest % sides[axis]!) * strides[order[axis]!]!;
      rest = Math.floor(rest / sides[axis]!);
    }
    return values[from]!;
  });
  return { dims: sides, values: moved };
}

/** A tensor in each order of axes in which it has this shape; channels last, and as it is, come first. */
export function inShape(tensor: FloatTensor, shape: readonly number[]): FloatTensor[] {
  const rank = tensor.dims.length;
  const last = [0, ...Array.from({ length: rank - 2 }, (_, axis) => axis + 2), 1];
  const plain = tensor.dims.map((_, axis) => axis);
  const orders = [...(rank > 2 ? [last] : []), plain, ...permutations(rank)];
  return orders
    .map((order) => transposed(tensor, order))
    .filter(({ dims }) => String(dims) === String(shape));
}
