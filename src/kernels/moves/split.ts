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
});
