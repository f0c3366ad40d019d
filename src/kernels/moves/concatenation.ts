import type { Activation } from '../../models/graph/attributes.ts';
import type { Prepare } from '../definition/kernel.ts';
import { NUMBER } from '../../models/formats/tflite/codecs.ts';
import { activation } from '../definition/option-fields.ts';
import { interleave, joinParts } from './interleave.ts';
import { moveCounts } from './move-counts.ts';
import { COPIED_IN_PARTS } from './move-estimates.ts';
import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import { defineOp } from '../definition/define-op.ts';
import { fail, operand, shapeText } from '../definition/operands.ts';

function joins(a: readonly number[], b: readonly number[], axis: number): boolean {
  return a.length === b.length && a.every((dimension, index) => index === axis || dimension === b[index]);
}

interface Joined {
  readonly axis: number;
  readonly activation: Activation;
}

function rescaleText({ quantization }: TensorInfo): string {
  return quantization === undefined ? 'none' : `${quantization.scales[0]} ${quantization.zeroPoints[0] ?? 0}`;
}

/** Joins stored values; quantized inputs need the output's scale, as TFLite's int8 kernel takes for granted. */
const prepareConcatenation: Prepare<Joined> = ({ axis, activation }, inputs, [output]) => {
  const parts = inputs.map((_, position) => operand(inputs, position, 'input'));
  if (activation !== 'NONE') fail(`the fused activation ${activation} has no arithmetic`);
  const odd = parts.findIndex(
    (part) => output.dtype === 'uint8' && rescaleText(part) !== rescaleText(output),
  );
  if (odd >= 0)
    fail(`input ${odd} has another scale than the output; rescaling while joining is not written`);
  const shapes = parts.map(({ shape }) => shape);
  return joinParts(interleave(shapes, normalizeAxis(axis, output.shape.length)));
};

/** Joins its inputs along one axis; all other dimensions and the types are equal. */
export const concatenation = defineOp({
  type: 'CONCATENATION',
  tflite: {
    options: 'ConcatenationOptions',
    fields: { axis: ['axis', NUMBER], activation },
    versions: { runtimes: '1.5.0 1.14.0 2.3.0', types: { int8: 2, int16: 3, uint32: 4 } },
  },
  quantization: { sameScale: true },
  tflm: {
    // concatenation.cc, ConcatenationPrepare.
    limits: {
      types: ['float32|int8|int16|int32|int64|bool'],
      maxRank: 6,
      maxInputs: 10,
      check: ({ attributes }) => {
        const { activation } = attributes as Joined;
        return activation === 'NONE' ? undefined : `a fused ${activation}; it takes none`;
      },
    },
    oldTypes: ['float32', 'int8', 'uint8', 'int32', 'int64'],
  },
  kmodel: { lowering: 'concat' },
  estimates: COPIED_IN_PARTS,
  infer(attributes, inputs): TensorInfo[] {
    const first = operand(inputs, 0, 'input');
    const axis = normalizeAxis(attributes.axis, first.shape.length);
    const tensors = inputs.map((_, position) => operand(inputs, position, 'input'));
    const odd = tensors.find(
      (tensor) => tensor.dtype !== first.dtype || !joins(first.shape, tensor.shape, axis),
    );
    if (odd) {
      const got = `${shapeText(odd.shape)} ${odd.dtype}`;
      fail(`${got} does not join ${shapeText(first.shape)} ${first.dtype} along axis ${axis}`);
    }
    const joined = tensors.reduce((sum, tensor) => sum + tensor.shape[axis], 0);
    return [{ shape: first.shape.with(axis, joined), dtype: first.dtype }];
  },
  count({ axis }, inputs, outputs) {
    const parts = inputs.map((_, position) => operand(inputs, position, 'input'));
    const outer = elementCount(outputs[0].shape.slice(0, normalizeAxis(axis, outputs[0].shape.length)));
    return { counts: moveCounts(parts, outputs, outer * parts.length) };
  },
  prepare: prepareConcatenation,
});
