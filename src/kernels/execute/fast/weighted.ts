import { elementCount, type DType, type TensorInfo } from '../../../models/graph/graph.ts';
import { constantData, type Kernel, type NumericData } from '../../definition/kernel.ts';
import type { Operands } from '../../definition/operands.ts';
import type { WindowGeometry } from '../../windows/window-counts.ts';

/** Operands of a fast op with weights: activations and weights of one type, weights and bias constant. */
export interface FastWeighted {
  readonly dtype: 'int8' | 'float32';
  readonly input: TensorInfo;
  readonly weightInfo: TensorInfo;
  readonly biasInfo: TensorInfo | undefined;
  readonly weights: NumericData;
  /** Empty where the op has none. */
  readonly bias: NumericData;
}

const BIAS_TYPES: Partial<Record<DType, DType>> = { int8: 'int32', float32: 'float32' };

function isFinitePart(values: NumericData): boolean {
  return !(values instanceof Float32Array) || values.every(Number.isFinite);
}

/** Zero points that an int8 can be: others are read in 16 bits here, and as they are by the plain loops. */
export function hasUsualZeros({ quantization }: TensorInfo): boolean {
  return (quantization?.zeroPoints ?? []).every((zero) => zero >= -128 && zero <= 127);
}

/** The operands where a fast kernel takes them, else undefined; the plain kernel then says what is wrong, if anything. */
export function readWeighted(inputs: Operands, output: TensorInfo): FastWeighted | undefined {
  const [input, weights, bias] = inputs;
  const dtype = input?.dtype;
  if (input === undefined || (dtype !== 'int8' && dtype !== 'float32')) return undefined;
  if (weights?.dtype !== dtype || output.dtype !== dtype) return undefined;
  if (input.data !== undefined || weights.data === undefined) return undefined;
  if (bias !== undefined && (bias.data === undefined || bias.dtype !== BIAS_TYPES[dtype])) return undefined;
  if (!hasUsualZeros(input) || !hasUsualZeros(weights)) return undefined;
  const values = constantData(weights, 'weights') as NumericData;
  // Taps outside of the image are multiplied by 0 here and left out there: the same for finite weights only.
  if (!isFinitePart(values)) return undefined;
  const biasValues = bias === undefined ? new Int32Array(0) : (constantData(bias, 'bias') as NumericData);
  return { dtype, input, weightInfo: weights, biasInfo: bias, weights: values, bias: biasValues };
}

/** Calls a function of the module for each image of the batch. */
export function perImage(
  g: WindowGeometry,
  bytesEach: number,
  block: number,
  call: (block: number, input: number, out: number) => void,
): Kernel {
  const batches = g.batches ?? 1;
  const inBytes = elementCount([g.inH, g.inW, g.inC]) * bytesEach;
  const outBytes = elementCount([g.outH, g.outW, g.outC]) * bytesEach;
  return {
    run([input], [out]) {
      for (let batch = 0; batch < batches; batch++) {
        call(block, input.byteOffset + batch * inBytes, out.byteOffset + batch * outBytes);
      }
    },
  };
}
