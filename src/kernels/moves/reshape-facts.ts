import { OPTIONAL_LIST } from '../../models/formats/tflite/codecs.ts';
import { COPIED } from './move-estimates.ts';
import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { resolveReshape } from '../../models/graph/shapes.ts';
import { describeOp } from '../definition/define-op.ts';
import { fail, operand, readInts, type Operands } from '../definition/operands.ts';

function chooseShape(inputs: Operands, newShape: readonly number[] | undefined): readonly number[] {
  const tensor = inputs[1];
  // As TFLite's reshape.cc: a vector tensor wins over the attribute, which old files and scalars rely on.
  const usable = tensor?.shape.length === 1 && tensor.data !== undefined;
  if (usable) return readInts(tensor, 'new shape');
  if (newShape !== undefined) return String(newShape) === '0' ? [] : newShape;
  if (tensor === undefined) return fail('no new shape: neither a second input nor an attribute');
  return readInts(tensor, 'new shape');
}

/** New shape from the constant second input, else from the attribute; one -1 takes what is left. */
export const RESHAPE = describeOp({
  type: 'RESHAPE',
  tflite: {
    options: 'ReshapeOptions',
    fields: { newShape: ['new_shape', OPTIONAL_LIST] },
    versions: { runtimes: '1.5.0' },
  },
  quantization: { sameScale: true },
  kmodel: { lowering: 'reshape' },
  estimates: COPIED,
  indexInputs: [1],
  infer(attributes, inputs): TensorInfo[] {
    const { shape, dtype } = operand(inputs, 0, 'input');
    const newShape = chooseShape(inputs, attributes.newShape);
    return [{ shape: resolveReshape(elementCount(shape), newShape), dtype }];
  },
});
