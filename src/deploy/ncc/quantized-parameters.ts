import { clamp } from '../../numbers.ts';
import { BYTE_MAX, fixedMulOf, roundHalfEven, type QuantParam } from './quantizer.ts';

const MUL_BITS = 32;
const MAX_SHIFT = 32;

/** Offsets, multipliers and shifts of a QuantizedAdd: each input is brought to the product of both scales. */
export function addParameters([a, b]: readonly QuantParam[], output: QuantParam) {
  const fixed = (value: number, what: string) => fixedMulOf(value, MUL_BITS, MAX_SHIFT, what);
  const [first, second] = [
    fixed(b.scale, 'scale of its second input'),
    fixed(a.scale, 'scale of its first input'),
  ];
  const sum = fixed(output.scale / (a.scale * b.scale), 'scale of the sum');
  return {
    ...{ in_a_offset: a.bias, in_a_mul: first.mul, in_a_shift: first.shift },
    ...{ in_b_offset: b.bias, in_b_mul: second.mul, in_b_shift: second.shift },
    ...{ out_offset: -output.bias, out_mul: sum.mul, out_shift: sum.shift },
  };
}

/** The byte of the output's range for each byte of the input's. */
export function requantizeTable(input: QuantParam, output: QuantParam): Uint8Array {
  const ratio = output.scale / input.scale;
  return Uint8Array.from({ length: BYTE_MAX + 1 }, (_, byte) =>
    clamp(roundHalfEven((byte + input.bias) * ratio - output.bias), 0, BYTE_MAX),
  );
}
