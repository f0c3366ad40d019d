import { SUBGRAPH } from '../../models/formats/tflite/codecs.ts';
import { tensorBytes, type TensorInfo } from '../../models/graph/graph.ts';
import { defineOp, type OpCounts } from '../definition/define-op.ts';
import { requireSession, type NumericData, type Session, type TensorData } from '../definition/kernel.ts';
import { fail, operand, type Operands } from '../definition/operands.ts';
import { estimate } from '../definition/tflm.ts';

const COPIES = 'RESHAPE (0.53 a byte, counted), which copies too';

/** Copies operands to the subgraph and what it gives back: so many bytes, each way twice (if.cc, while.cc). */
function countCopies(inputs: Operands, outputs: readonly TensorInfo[]): OpCounts {
  const bytes = (list: Operands) => list.reduce((sum, tensor) => sum + (tensor ? tensorBytes(tensor) : 0), 0);
  return { counts: { inputElements: 0, outputs: 0, inputBytes: bytes(inputs), outputBytes: bytes(outputs) } };
}

function copyAll(from: readonly TensorData[], to: readonly TensorData[], what: string): void {
  if (from.length !== to.length) fail(`${what}: ${from.length} tensors for ${to.length}`);
  from.forEach((values, at) => {
    if (values.length !== to[at].length)
      fail(`${what} ${at}: ${values.length} elements for ${to[at].length}`);
    (to[at] as NumericData).set(values as NumericData);
  });
}

/** Copies of arrays that a subgraph may overwrite. */
const kept = (arrays: readonly TensorData[]): TensorData[] => arrays.map((values) => values.slice());

/** Runs a subgraph from its inputs to copies of its outputs. */
function call(session: Session, number: number, inputs: readonly TensorData[]): TensorData[] {
  const routine = session.subroutine(number);
  copyAll(kept(inputs), routine.inputs, 'inputs of the subgraph');
  routine.run();
  return kept(routine.outputs);
}

/** Runs a subgraph at the first run only: it gives the state variables their first values. */
export const callOnce = defineOp({
  type: 'CALL_ONCE',
  tflite: {
    options: 'CallOnceOptions',
    fields: { initial: ['init_subgraph_index', SUBGRAPH] },
    isSilent: true,
    versions: { runtimes: '2.6.0' },
  },
  runs: 'all',
  estimates: { any: estimate({ '1': 60 }, 'an empty kernel (41 with its dispatch, counted)') },
  infer: () => [],
  prepare({ initial }, _inputs, _outputs, session) {
    const routine = requireSession(session).subroutine(initial);
    let hasRun = false;
    return {
      run() {
        if (!hasRun) routine.run();
        hasRun = true;
      },
      reset: () => void (hasRun = false),
    };
  },
});

function requireCondition(tensor: TensorInfo | undefined): void {
  if (tensor?.dtype !== 'bool') fail(`the condition is ${tensor?.dtype ?? 'missing'}, needs one bool`);
}

/** Runs one of two subgraphs. */
export const conditional = defineOp({
  type: 'IF',
  tflite: {
    options: 'IfOptions',
    fields: {
      whenTrue: ['then_subgraph_index', SUBGRAPH],
      whenFalse: ['else_subgraph_index', SUBGRAPH],
    },
    versions: { runtimes: '1.15.0' },
  },
  runs: 'one',
  estimates: { any: estimate({ inputBytes: 1.6, outputBytes: 1.06, '1': 300 }, COPIES) },
  infer(_attributes, inputs, declared) {
    requireCondition(operand(inputs, 0, 'condition'));
    return declared ? [...declared] : fail('the outputs are known from the model only');
  },
  count: (_attributes, inputs, outputs) => countCopies(inputs.slice(1), outputs),
  prepare({ whenTrue, whenFalse }, _inputs, _outputs, given) {
    const session = requireSession(given);
    for (const number of [whenTrue, whenFalse]) session.subroutine(number);
    return {
      run([condition, ...inputs], outputs) {
        copyAll(
          call(session, condition[0] ? whenTrue : whenFalse, inputs),
          outputs,
          'outputs of the subgraph',
        );
      },
    };
  },
});

/** Most rounds of a loop: more are taken for a loop without an end. */
const MOST_ROUNDS = 1_000_000;

/** Runs a subgraph as long as another says so, on the outputs of the round before. */
export const loop = defineOp({
  type: 'WHILE',
  tflite: {
    options: 'WhileOptions',
    fields: { condition: ['cond_subgraph_index', SUBGRAPH], body: ['body_subgraph_index', SUBGRAPH] },
    versions: { runtimes: '1.15.0' },
  },
  runs: 'rounds',
  unpriced:
    'how often its body runs depends on the data; unroll the loop when the model is converted (Keras: unroll=True)',
  estimates: { any: estimate({ 'rounds*inputBytes': 2.1, rounds: 300, inputBytes: 1.1, '1': 300 }, COPIES) },
  infer: (_attributes, inputs) =>
    inputs.map((tensor, at) => {
      const { shape, dtype } = tensor ?? operand(inputs, at, 'loop variable');
      return { shape, dtype };
    }),
  count: (_attributes, inputs, outputs) => countCopies(inputs, outputs),
  prepare(attributes, _inputs, _outputs, given) {
    const session = requireSession(given);
    const { condition, body } = attributes;
    for (const number of [condition, body]) session.subroutine(number);
    return {
      run(inputs, outputs) {
        let values: readonly TensorData[] = kept(inputs);
        let rounds = 0;
        for (; call(session, condition, values)[0]?.[0]; rounds++) {
          if (rounds >= MOST_ROUNDS) fail(`runs more than ${MOST_ROUNDS} rounds`);
          values = call(session, body, values);
        }
        session.noteRounds(attributes, rounds);
        copyAll(values, outputs, 'outputs of the loop');
      },
    };
  },
});
