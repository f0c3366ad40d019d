import { elementCount, type TensorInfo } from '../../../models/graph/graph.ts';
import { MOST_ELEMENTS, paired, refusedExtent, type KernelPlan } from './kernel-plan.ts';

/** Whether a number is a product of two that an array's dimensions may have. */
function isFactored(length: number): boolean {
  for (let other = 1; other <= MOST_ELEMENTS; other++)
    if (length % other === 0 && length / other <= MOST_ELEMENTS) return true;
  return false;
}

/** Dense: one program, or one for each output where the input is long (sl_mvp_ml_fully_connected.c). */
export function densePlan(inputs: number, outputs: number, batches: number): KernelPlan {
  const steps = paired(inputs);
  const isLong = steps > MOST_ELEMENTS;
  if (isLong && !isFactored(steps))
    return { refuses: `${inputs} inputs; their number has no factors of at most ${MOST_ELEMENTS} elements` };
  const refused = refusedExtent([
    ['the number of outputs', isLong ? 1 : outputs, MOST_ELEMENTS],
    ['the number of rows', isLong ? 1 : batches, MOST_ELEMENTS],
  ]);
  if (refused) return refused;
  const all = batches * outputs;
  const [times, each] = isLong ? [all, 1] : [1, all];
  return {
    kernel: 'dense',
    runs: [{ times, steps: each * steps, singleSteps: 0, outputs: each }],
    isWaitedFor: true,
  };
}

/** Values of one program of the kernels that go element by element. */
const BATCH = 2 * MOST_ELEMENTS;

/** Sum or product of two maps of one shape, 2,048 values a program (sl_mvp_ml_add.c, sl_mvp_ml_mul.c). */
export function elementwisePlan(
  a: TensorInfo | undefined,
  b: TensorInfo | undefined,
  output: TensorInfo,
): KernelPlan {
  const elements = elementCount(output.shape);
  const isSame = [a, b].every((one) => one !== undefined && one.shape.join() === output.shape.join());
  if (!isSame) return { refuses: 'operands of different shapes; its kernel takes equal ones' };
  const pairs = Math.floor(elements / 2);
  const whole = Math.floor(elements / BATCH);
  const rest = pairs - whole * MOST_ELEMENTS;
  const runs = [
    { times: whole, steps: MOST_ELEMENTS, singleSteps: 0, outputs: 0 },
    { times: rest > 0 ? 1 : 0, steps: rest, singleSteps: 0, outputs: 0 },
  ].filter(({ times }) => times > 0);
  return { kernel: 'elementwise', runs, isWaitedFor: true };
}
