import type { Counts } from '../../boards/pricing/terms.ts';
import { opFor } from '../../kernels/index.ts';
import { evalCall } from './eval-calls.ts';
import type { EvalRow } from './eval-rows.ts';

/** A row as the operator's own definition counts it. */
export interface CountedCall {
  readonly row: EvalRow;
  readonly op: string;
  readonly counts: Counts;
}

/** Counts of the call, by the definition that counts it in a network. Throws a FormatError or SpecError of one line. */
export function countCall(row: EvalRow): CountedCall {
  const { op, attributes, inputs } = evalCall(row);
  const definition = opFor(op)!;
  const { counts } = definition.work(attributes, inputs, definition.infer(attributes, inputs));
  // Input and output share a buffer: nothing is moved.
  return { row, op, counts: row.attr === 'in_place' ? { ...counts, outputBytes: 0 } : counts };
}
