import { elementCount, type DType } from '../../models/graph/graph.ts';
import type { Site } from '../../models/formats/tflite/op-versions.ts';
import { operand } from '../definition/operands.ts';
import { perElement } from '../definition/tflm.ts';
import { defineUnary } from './unary.ts';

type Convert = (x: number) => number;

const toBigInt: Convert = (x) => BigInt(Math.trunc(x)) as unknown as number;

/** A number as C++ converts it to a type; where it is stored, integers wrap. */
function conversion(from: DType, to: DType): Convert {
  if (to === 'bool') return (x) => (Number(x) === 0 ? 0 : 1);
  if (to !== 'int64') return from === 'int64' ? Number : (x) => x;
  return from === 'int64' ? (x) => x : toBigInt;
}

const LIKE_RELU = 'float relu (9, counted) without the comparison';
const ESTIMATE = perElement(7, LIKE_RELU);
const WIDE = perElement(9, `${LIKE_RELU}, words of 64 bits`);

function castVersion({ inputs, outputs }: Site): number | undefined {
  const types = [inputs[0]?.dtype, outputs[0].dtype];
  if (types.includes('int8') || types.includes('int16')) return types.includes('int16') ? 3 : 2;
  return undefined;
}

/** Values as they are stored, whatever their scales. The attributes do not hold the type, the file's output tensor does. */
export const cast = defineUnary({
  type: 'CAST',
  tflite: { options: 'CastOptions', versions: { runtimes: '1.5.0 2.7.0 2.8.0 2.9.0', rule: castVersion } },
  dtype: 'float32',
  quantization: { isConversion: true },
  tflm: { limits: { types: ['float32|int8|int16|int32|bool -> float32|int8|int16|int32|bool'] } },
  estimates: {
    float32: ESTIMATE,
    int8: ESTIMATE,
    uint8: ESTIMATE,
    int16: ESTIMATE,
    int32: ESTIMATE,
    int64: WIDE,
    bool: ESTIMATE,
  },
  prepare(_attributes, inputs, [output]) {
    const { shape, dtype } = operand(inputs, 0, 'input');
    const elements = elementCount(shape);
    const of = conversion(dtype, output.dtype);
    return {
      run([from], [out]) {
        for (let at = 0; at < elements; at++) out[at] = of(from[at]);
      },
    };
  },
});
