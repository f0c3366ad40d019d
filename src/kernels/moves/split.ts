import { POSITIVE } from '../../models/formats/tflite/codecs.ts';
import { SINCE_2020 } from '../definition/tflm.ts';
import { interleave } from './interleave.ts';
import { COPIED_IN_PARTS } from './move-estimates.ts';
import { elementCount, tensorBytes, type TensorInfo } from '../../models/graph/graph.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import { defineOp } from '../definition/define-op.ts';
import { elementCounts } from '../definition/dense-counts.ts';
import { fail, operand, readOperandInts, requirePositive } from '../definition/operands.ts';

// Far above any model; keeps a hostile file from asking for billions of parts.
const MAX_PARTS = 65536;

/** Inputs: axis (constant), then the tensor, which is cut into equal parts. */
export const split = defineOp({
  type: 'SPLIT',
  tflite: {
    options: 'SplitOptions',
    fields: { splits: ['num_splits', POSITIVE] },
    versions: {
      runtimes: '1.5.0 1.14.0 1.14.0 2.3.0',
      types: { int8: 2, int32: 3, int16: 4 },
      operand: 1,
    },
  },
  quantization: { sameScale: true },
  tflm: {
    ...SINCE_2020,
    limits: { types: ['* float32|int8|int16|int32'] },
    oldTypes: ['float32', 'int8', 'uint8', 'int16', 'int32'],
  },
  estimates: COPIED_IN_PARTS,
  indexInputs: [0],
  infer(attributes, inputs): TensorInfo[] {
    const { shape, dtype } = operand(inputs, 1, 'input');
    const axis = normalizeAxis(readOperandInts(inputs, 0, 'axis')[0], shape.length);
    requirePositive(attributes.splits, 'number of parts');
    if (attributes.splits > MAX_PARTS) fail(`${attributes.splits} parts are more than ${MAX_PARTS}`);
    const part = shape[axis] / attributes.splits;
    if (!Number.isInteger(part)) {
      fail(`dimension ${axis} of ${shape[axis]} does not divide into ${attributes.splits} equal parts`);
    }
    return Array.from({ length: attributes.splits }, () => ({ shape: shape.with(axis, part), dtype }));
  },
  count(_attributes, inputs, outputs) {
    const input = operand(inputs, 1, 'input');
    const inputElements = elementCount(input.shape);
    const inputBytes = tensorBytes(input);
    const sizes = { inputElements, inputBytes, outputElements: inputElements, outputBytes: inputBytes };
    return { counts: elementCounts({ ...sizes, operands: outputs.length }) };
  },
  prepare(_attributes, inputs, outputs) {
    const { shape } = operand(inputs, 1, 'input');
    const axis = normalizeAxis(readOperandInts(inputs, 0, 'axis')[0], shape.length);
    const { outer, lengths } = interleave(
      outputs.map((output) => output.shape),
      axis,
    );
    return {
      run([, from], outs) {
        let at = 0;
        for (let block = 0; block < outer; block++) {
          for (let part = 0; part < lengths.length; part++) {
            const end = (block + 1) * lengths[part];
            for (let index = block * lengths[part]; index < end; index++) outs[part][index] = from[at++];
          }
        }
      },
    };
  },
});
