import type { OptionsName } from '../../models/formats/tflite/options-table.ts';
import type { Site } from '../../models/formats/tflite/op-versions.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import type { Kernel, Prepare } from '../definition/kernel.ts';
import type { Op, OpFacts } from '../definition/op.ts';
import { fail, operand, readInts, requireType, shapeText } from '../definition/operands.ts';
import { INT8_INT16, MAX_PLAIN_RANK, rankOf } from '../definition/version-rules.ts';
import { stridesOf, walk } from '../numbers/broadcast.ts';
import { storedZero } from './gather.ts';
import { moveCounts } from './move-counts.ts';
import { copiedByElement } from './move-estimates.ts';

function padShape(shape: readonly number[], paddings: TensorInfo): number[] {
  const amounts = readInts(paddings, 'paddings');
  if (String(paddings.shape) !== String([shape.length, 2])) {
    fail(`paddings ${shapeText(paddings.shape)} need shape [${shape.length},2]`);
  }
  if (amounts.some((amount) => amount < 0)) fail(`paddings ${amounts.join(',')} need to be 0 or more`);
  return shape.map((dimension, axis) => amounts[2 * axis] + dimension + amounts[2 * axis + 1]);
}

function padOffsets(shape: readonly number[], amounts: readonly number[], output: TensorInfo): Int32Array {
  const strides = stridesOf(output.shape);
  const start = shape.reduce((sum, _, axis) => sum + amounts[2 * axis] * strides[axis], 0);
  return walk(shape, strides, start);
}

/** Copies into the middle; around it the real 0, or the value that PADV2's third input stores. */
const preparePad: Prepare = (_attributes, inputs, [output]): Kernel => {
  const { shape, dtype } = operand(inputs, 0, 'input');
  requireType(output, dtype, 'output');
  if (inputs[2]) requireType(inputs[2], dtype, 'value');
  const offsets = padOffsets(shape, readInts(operand(inputs, 1, 'paddings'), 'paddings'), output);
  const zero = storedZero(output);
  const hasValue = inputs[2] !== undefined;
  return {
    run([input, , value], [out]) {
      out.fill(hasValue ? value[0] : zero);
      for (let at = 0; at < offsets.length; at++) out[offsets[at]] = input[at];
    },
  };
};

const versionOf = ({ inputs }: Site): number | undefined =>
  rankOf(inputs[0]) > MAX_PLAIN_RANK ? 4 : undefined;

/** A pad by the constant amounts [rank, 2] of the second input; PADV2 takes the value from a third. */
function definePad<const T extends string>(
  type: T,
  options: OptionsName,
  runtimes: string,
  facts: Pick<OpFacts, 'kmodel'> = {},
): Op<T> {
  return defineOp({
    type,
    tflite: { options, versions: { runtimes, types: INT8_INT16, rule: versionOf } },
    indexInputs: [1, 2],
    quantization: { sameScale: true },
    tflm: {
      // pad_common.cc: the value that fills has the type of the input.
      limits: {
        types: ['float32 * float32', 'int8 * int8', 'int16 * int16', 'int32 * int32', 'bool * bool'],
      },
      oldTypes: ['float32', 'int8', 'uint8', 'int32'],
    },
    estimates: copiedByElement(25, ' with four bounds'),
    ...facts,
    infer(_attributes, inputs): TensorInfo[] {
      const { shape, dtype } = operand(inputs, 0, 'input');
      return [{ shape: padShape(shape, operand(inputs, 1, 'paddings')), dtype }];
    },
    count(_attributes, inputs, outputs) {
      const input = operand(inputs, 0, 'input');
      const counts = moveCounts([input], outputs);
      const added = (outputs[0].shape.at(-1) ?? 0) - (input.shape.at(-1) ?? 0);
      return { counts: { ...counts, innerPadding: counts.innerRows * added } };
    },
    prepare: preparePad,
  });
}

export const pad = definePad('PAD', 'PadOptions', '1.5.0 1.14.0 2.4.0 2.6.0', {
  kmodel: { lowering: 'pad' },
});
export const padv2 = definePad('PADV2', 'PadV2Options', '1.9.0 1.14.0 2.4.0 2.6.0');
