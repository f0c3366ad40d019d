import { MissingCostError } from '../../errors.ts';
import type { ProgramUnit } from '../board/board.ts';
import type { Offload, ProgramRun } from './offload.ts';

/** Cycles of an operator on an accelerator whose programs the core writes, by who is at work. */
export interface OffloadCycles {
  /** Programs that were run. */
  readonly programs: number;
  /** Cycles in which the accelerator runs, and those in which the core writes and loads programs; they overlap. */
  readonly acceleratorCycles: number;
  readonly coreCycles: number;
  /** From the operator's start to its end, in cycles of the unit's clock. */
  readonly totalCycles: number;
}

/** What each program of a kernel costs. */
interface KernelRates {
  /** Cycles of the core before the first program. */
  readonly setup: number;
  /** Cycles of the core to write a program, which it does while the one before runs. */
  readonly build: number;
  /** Cycles of the core to load a program, for which the accelerator must be idle. */
  readonly load: number;
  /** Cycles of the accelerator: for a program, a step of it, an output. */
  readonly start: number;
  readonly step: number;
  readonly singleStep: number;
  readonly output: number;
}

function ratesOf({ id, constants }: ProgramUnit, kernel: string): KernelRates {
  const valueOf = (name: string): number => {
    const constant = constants[name];
    if (constant) return constant.value;
    throw new MissingCostError(kernel, -1, id, id, `give the unit the constant "${name}"`);
  };
  return {
    setup: valueOf(`${kernel}SetupCycles`),
    build: valueOf(`${kernel}BuildCycles`),
    load: valueOf('loadCycles'),
    start: valueOf('startCycles'),
    step: valueOf(`${kernel}StepCycles`),
    singleStep: valueOf(
      constants[`${kernel}SingleStepCycles`] ? `${kernel}SingleStepCycles` : `${kernel}StepCycles`,
    ),
    output: valueOf(`${kernel}OutputCycles`),
  };
}

const cyclesOf = ({ steps, singleSteps, outputs }: ProgramRun, rates: KernelRates): number =>
  rates.start + steps * rates.step + singleSteps * rates.singleStep + outputs * rates.output;

/**
 * The core writes a program while the one before runs, waits until that has ended, loads its own, and goes on. Programs
 * that are alike come one after another, so that all but the first of a run take the same.
 */
export function offloadCycles(unit: ProgramUnit, { kernel, runs, isWaitedFor }: Offload): OffloadCycles {
  const rates = ratesOf(unit, kernel);
  const { build, load } = rates;
  const scale = unit.constants.cyclesPerCount?.value ?? 1;
  let coreAt = rates.setup;
  let doneAt = 0;
  let programs = 0;
  let acceleratorCycles = 0;
  for (const run of runs) {
    const cycles = cyclesOf(run, rates);
    const each = load + (isWaitedFor ? build + cycles : Math.max(build, cycles));
    coreAt = Math.max(coreAt + build, doneAt) + load + (run.times - 1) * each;
    doneAt = coreAt + cycles;
    if (isWaitedFor) coreAt = doneAt;
    programs += run.times;
    acceleratorCycles += run.times * cycles;
  }
  return {
    programs,
    acceleratorCycles,
    coreCycles: rates.setup + programs * (build + load),
    totalCycles: scale * Math.max(coreAt, doneAt),
  };
}
