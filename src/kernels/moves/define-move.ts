import type { AttributesOf, Fields, OpStorage } from '../../models/formats/tflite/op-storage.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { defineOp, type NoFields } from '../definition/define-op.ts';
import type { Op, OpFacts } from '../definition/op.ts';
import { operand, type Operands } from '../definition/operands.ts';
import { gather, storedZero } from './gather.ts';
import { moveCounts } from './move-counts.ts';

interface Move<T extends string, F extends Fields> extends OpFacts {
  readonly type: T;
  readonly tflite: OpStorage<F>;
  /** Shape of the output, whose type is the first input's. */
  shape(attributes: AttributesOf<F>, inputs: Operands): readonly number[];
  /** What it counts beyond its elements. */
  countAlso?(attributes: AttributesOf<F>, inputs: Operands): Record<string, number>;
  /** The element of the first input that each output element holds; -1 for the real 0. */
  source(
    attributes: AttributesOf<F>,
    inputs: Operands,
    input: readonly number[],
    output: readonly number[],
  ): Int32Array;
}

/** An op that writes elements of its first input, known beforehand, in another order or number. */
export function defineMove<const T extends string, F extends Fields = NoFields>({
  shape,
  source,
  countAlso,
  ...facts
}: Move<T, F>): Op<T, AttributesOf<F>> {
  return defineOp<T, F>({
    quantization: { sameScale: true },
    ...facts,
    infer(attributes, inputs): TensorInfo[] {
      const { dtype } = operand(inputs, 0, 'input');
      return [{ shape: [...shape(attributes, inputs)], dtype }];
    },
    count(attributes, inputs, outputs) {
      const counts = moveCounts([operand(inputs, 0, 'input')], outputs);
      return { counts: { ...counts, ...countAlso?.(attributes, inputs) } };
    },
    prepare(attributes, inputs, [output]) {
      const offsets = source(attributes, inputs, operand(inputs, 0, 'input').shape, output.shape);
      return gather(offsets, 0, storedZero(output));
    },
  });
}
