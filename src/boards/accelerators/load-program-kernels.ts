import type { KernelCall } from '../../kernels/definition/kernel-limits.ts';
import { SpecError } from '../../errors.ts';
import type { ProgramUnit } from '../board/board.ts';
import { offloadCycles } from './offload-cycles.ts';
import { PROGRAM_KERNELS, programUnitOf, type OffloadPlace, type ProgramKernels } from './program-kernels.ts';
import type { KernelPlan } from './sl-mvp/kernel-plan.ts';
import { mvpPlan } from './sl-mvp/mvp-plan.ts';

/** Libraries of accelerators that run programs, by the id that a unit names. */
const LIBRARIES: Readonly<Record<string, (op: string, call: KernelCall) => KernelPlan>> = {
  'sl-mvp': mvpPlan,
};

/** What the library of a unit makes of an operator. Throws a SpecError that lists the libraries. */
function planOf({ id, kernels }: ProgramUnit, op: string, call: KernelCall): KernelPlan {
  if (Object.hasOwn(LIBRARIES, kernels)) return LIBRARIES[kernels](op, call);
  const known = Object.keys(LIBRARIES).join(', ');
  throw new SpecError(`unit "${id}": no library "${kernels}" of an accelerator; choose from ${known}`);
}

/** Where an operator runs on a board with this unit, and why. Throws a SpecError for a library that there is not. */
export function placeOn(unit: ProgramUnit, op: string, call: KernelCall): OffloadPlace {
  const plan = planOf(unit, op, call);
  const { id, kernels } = unit;
  if ('refuses' in plan)
    return { placement: { rule: 'tflm/core', reason: `the core runs it, not ${id}: ${plan.refuses}` } };
  const programs = plan.runs.reduce((sum, { times }) => sum + times, 0);
  const reason = `${id} has a kernel for it, in ${programs} program${programs === 1 ? '' : 's'}`;
  const offload = { kernel: plan.kernel, runs: plan.runs, isWaitedFor: plan.isWaitedFor ?? false };
  return { unit: id, kernels, offload, placement: { rule: `tflm/${id}`, reason } };
}

const placerOf: ProgramKernels['placerOf'] = (board) => {
  const unit = programUnitOf(board);
  return unit && ((op, call) => placeOn(unit, op, call));
};

const priceOf: ProgramKernels['priceOf'] = (unit, offload) => {
  const { acceleratorCycles, totalCycles } = offloadCycles(unit, offload);
  // Where the core is the slower of the two, part of the accelerator's time is hidden behind it.
  const shown = Math.min(acceleratorCycles, totalCycles);
  const parts = [
    { name: `${unit.id} compute`, coreCycles: shown },
    { name: 'programs', coreCycles: totalCycles - shown },
  ];
  return { parts, totalCoreCycles: totalCycles };
};

/** Lets boards have accelerators that run programs, from now on and in this thread. */
export function loadProgramKernels(): void {
  Object.assign(PROGRAM_KERNELS, { placerOf, priceOf, cyclesOf: offloadCycles } satisfies ProgramKernels);
}
