import type { Codec } from '../../models/formats/tflite/codecs.ts';
import { DTYPE_BYTES, elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import { requireSession, type NumericData } from '../definition/kernel.ts';
import { fail, operand } from '../definition/operands.ts';
import { estimate } from '../definition/tflm.ts';

const TEXT: Codec<string> = { decode: (value) => String(value ?? ''), encode: (text) => text };

const COPY = 'RESHAPE (0.53 a byte, counted), which copies too';

/** What the model says of the outputs, since the operands say nothing of them. */
function declaredOutputs(declared: readonly TensorInfo[] | undefined): TensorInfo[] {
  return declared ? [...declared] : fail('the outputs are known from the model only');
}

/** The handle of a state variable: an id that goes by container and name. */
export const varHandle = defineOp({
  type: 'VAR_HANDLE',
  tflite: {
    options: 'VarHandleOptions',
    fields: { container: ['container', TEXT], name: ['shared_name', TEXT] },
    versions: { runtimes: '2.6.0' },
  },
  kmodel: { instead: 'keep the state in the script' },
  estimates: { any: estimate({ '1': 30 }, 'an empty kernel (41 with its dispatch, counted)') },
  infer: (_attributes, _inputs, declared) => declaredOutputs(declared),
  prepare({ container, name }, _inputs, _outputs, session) {
    const id = requireSession(session).variableId(container, name);
    return { run: (_, [out]) => void out.fill(id) };
  },
});

/** What a variable holds before it is assigned: bytes of the zero point (micro_resource_variable.cc, Allocate). */
function clear(out: NumericData, { quantization }: TensorInfo): void {
  const bytes = new Uint8Array(out.buffer, out.byteOffset, out.byteLength);
  bytes.fill(quantization?.zeroPoints[0] ?? 0);
}

/** The value of a state variable. */
export const readVariable = defineOp({
  type: 'READ_VARIABLE',
  tflite: { options: 'ReadVariableOptions', versions: { runtimes: '2.6.0' } },
  indexInputs: [0],
  kmodel: { instead: 'keep the state in the script' },
  estimates: { any: estimate({ outputBytes: 0.53, '1': 150 }, COPY) },
  infer: (_attributes, _inputs, declared) => declaredOutputs(declared),
  prepare(_attributes, _inputs, [output], session) {
    const { variables } = requireSession(session);
    return {
      run([handle], [out]) {
        const value = variables.get(handle[0]);
        if (value === undefined) clear(out, output);
        else if (value.length === out.length) out.set(value as NumericData);
        else fail(`the variable holds ${value.length} elements, its reader wants ${out.length}`);
      },
    };
  },
});

/** Gives a state variable a new value, which it keeps until the next. */
export const assignVariable = defineOp({
  type: 'ASSIGN_VARIABLE',
  tflite: { options: 'AssignVariableOptions', isSilent: true, versions: { runtimes: '2.6.0' } },
  indexInputs: [0],
  kmodel: { instead: 'keep the state in the script' },
  estimates: { any: estimate({ inputBytes: 0.53, weightBytes: 0.53, '1': 150 }, COPY) },
  infer: () => [],
  count(_attributes, inputs) {
    const { shape, dtype } = operand(inputs, 1, 'value');
    const inputElements = elementCount(shape);
    return { counts: { inputElements, outputs: 0, inputBytes: inputElements * DTYPE_BYTES[dtype] } };
  },
  prepare(_attributes, _inputs, _outputs, session) {
    const { variables } = requireSession(session);
    return { run: ([handle, value]) => void variables.set(handle[0], value.slice()) };
  },
});
