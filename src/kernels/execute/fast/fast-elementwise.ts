import { elementCount, type DType, type TensorInfo } from '../../../models/graph/graph.ts';
import { ARRAY_TYPES, type Kernel, type NumericData } from '../../definition/kernel.ts';
import type { Op } from '../../definition/op.ts';
import type { Operands } from '../../definition/operands.ts';
import { scaleOf } from '../../numbers/quantization.ts';
import { floatBits } from './parameters.ts';
import { hasUsualZeros } from './weighted.ts';
import type { Workspace } from './workspace.ts';

type ElementLoop = (block: number, from: number, out: number, elements: number) => void;

function perElement(loop: ElementLoop, block: number, { shape }: TensorInfo): Kernel {
  const elements = elementCount(shape);
  return {
    run([from], [out]) {
      loop(block, from.byteOffset, out.byteOffset, elements);
    },
  };
}

const BYTES = new Set<DType>(['int8', 'uint8']);
/** All values of a byte in the order of their bits. */
const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, value) => value);

/** A function of a byte through a table that the plain kernel fills; outputs are bytes or float32. */
function lookUpBytes(
  op: Op,
  attributes: object,
  input: TensorInfo,
  output: TensorInfo,
  workspace: Workspace,
): Kernel | undefined {
  const toBytes = BYTES.has(output.dtype);
  if (!BYTES.has(input.dtype) || (!toBytes && output.dtype !== 'float32')) return undefined;
  const shape = [ALL_BYTES.length];
  const kernel = op.prepare(attributes, [{ ...input, shape }], [{ ...output, shape }]);
  const from = new ARRAY_TYPES[input.dtype]!(ALL_BYTES.buffer, 0, ALL_BYTES.length) as NumericData;
  const table = new Float32Array(toBytes ? ALL_BYTES.length / 4 : ALL_BYTES.length);
  kernel.run([from], [new ARRAY_TYPES[output.dtype]!(table.buffer, 0, ALL_BYTES.length) as NumericData]);
  const loop = toBytes ? workspace.exports.lookUp : workspace.exports.lookUpWords;
  return perElement(loop, workspace.store(table), input);
}

const FLOAT_CLAMPS: Partial<Record<string, readonly [low: number, high: number]>> = {
  RELU: [0, Infinity],
  RELU6: [0, 6],
};

function clampFloats(op: Op, input: TensorInfo, output: TensorInfo, workspace: Workspace) {
  const bounds = FLOAT_CLAMPS[op.type];
  if (bounds === undefined || output.dtype !== 'float32') return undefined;
  const block = workspace.store(Int32Array.from(floatBits(0, ...bounds)));
  return perElement(workspace.exports.clampFloats, block, input);
}

function quantizeFloats(input: TensorInfo, output: TensorInfo, workspace: Workspace): Kernel | undefined {
  if (output.dtype !== 'int8' || !hasUsualZeros(output)) return undefined;
  const { scale, zeroPoint } = scaleOf(output, 'output');
  const block = workspace.store(Int32Array.from([zeroPoint, ...floatBits(scale)]));
  return perElement(workspace.exports.quantize, block, input);
}

/** A function of each element: of bytes any, of float32 a clamp or QUANTIZE, or undefined. */
export function prepareFastElementwise(
  attributes: object,
  inputs: Operands,
  output: TensorInfo,
  workspace: Workspace,
  op: Op,
): Kernel | undefined {
  const [input] = inputs;
  if (input === undefined || input.data !== undefined) return undefined;
  if (input.dtype !== 'float32') return lookUpBytes(op, attributes, input, output, workspace);
  if (op.type === 'QUANTIZE') return quantizeFloats(input, output, workspace);
  return clampFloats(op, input, output, workspace);
}
