import { NUMBER } from '../../models/formats/tflite/codecs.ts';
import { fail, operand, readOperandInts, shapeText, type Operands } from '../definition/operands.ts';
import { estimate, type ScratchRule } from '../definition/tflm.ts';
import { INT32_BYTES } from '../definition/scratch.ts';
import { stridesOf } from '../numbers/broadcast.ts';
import { defineMove } from './define-move.ts';
import { mapPositions } from './positions.ts';

/** The mode that leaves the edge itself out of the mirror; 1 is SYMMETRIC. */
const REFLECT = 0;

function amountsOf(inputs: Operands, edge: number): number[] {
  const { shape } = operand(inputs, 0, 'input');
  const amounts = readOperandInts(inputs, 1, 'paddings');
  if (amounts.length !== 2 * shape.length) fail(`${amounts.length} paddings for ${shape.length} dimensions`);
  const fits = (amount: number, at: number) => amount >= 0 && amount <= shape[at >> 1] - edge;
  if (!amounts.every(fits)) fail(`paddings ${amounts.join(',')} reach beyond ${shapeText(shape)}`);
  return amounts;
}

const edgeOf = (mode: number): number => (mode === REFLECT ? 1 : 0);

/** Strides of output and input (mirror_pad.cc, Prepare). */
const strideLists: ScratchRule = ({ inputs: [input] }) => {
  const bytes = input!.shape.length * INT32_BYTES;
  return [bytes, bytes];
};

/** A pad by constant amounts that mirrors the input at its edges. */
export const mirrorPad = defineMove({
  type: 'MIRROR_PAD',
  tflite: {
    options: 'MirrorPadOptions',
    fields: { mode: ['mode', NUMBER] },
    versions: { runtimes: '1.13.1 2.3.0', types: { int8: 2 } },
  },
  indexInputs: [1],
  tflm: { scratch: strideLists, limits: { types: ['float32|int8 int32|int64'] } },
  estimates: {
    any: estimate(
      { elements: 120, '1': 300 },
      'a division, a remainder and 25 instructions for each of four axes',
    ),
  },
  shape({ mode }, inputs) {
    const amounts = amountsOf(inputs, edgeOf(mode));
    const { shape } = operand(inputs, 0, 'input');
    return shape.map((dimension, axis) => amounts[2 * axis] + dimension + amounts[2 * axis + 1]);
  },
  source({ mode }, inputs, input, output) {
    const edge = edgeOf(mode);
    const amounts = amountsOf(inputs, edge);
    const strides = stridesOf(input);
    const mirrored = (at: number, length: number) => {
      if (at < 0) return edge - 1 - at;
      return at < length ? at : 2 * length - edge - 1 - at;
    };
    return mapPositions(output, (position) =>
      position.reduce(
        (sum, at, axis) => sum + mirrored(at - amounts[2 * axis], input[axis]) * strides[axis],
        0,
      ),
    );
  },
});
