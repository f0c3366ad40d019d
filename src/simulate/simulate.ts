import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Board } from '../boards/board/board.ts';
import type { Program } from '../deploy/program.ts';
import { msFromPs, type Ps } from '../units.ts';
import { Machine, type MachineOptions } from './machine.ts';
import type { CostPart, StepCost } from './prediction.ts';
import { coreHzOf, partsOfSpans, scheduleProgram, type ScheduledStep } from './schedule.ts';
import { inWords, kpuParts } from './step-parts.ts';

/** What a simulated inference took. */
export interface Outcome {
  readonly latencyPs: Ps;
  readonly steps: readonly StepCost[];
  /** SHA-256 of the trace's bytes: spans of all units and edges of the pin. */
  readonly traceHash: string;
}

export type SimulateOptions = Pick<MachineOptions, 'shuffleTies'>;

/** Runs one inference of a program on a board by events, traced, and reports each step. */
export function simulate(program: Program, board: Board, options: SimulateOptions = {}): Outcome {
  const schedule = scheduleProgram(program, board);
  const machine = new Machine(board, { ...options, trace: true });
  const latencyPs = machine.run(schedule);
  const coreHz = coreHzOf(board);
  const spans = partsOfSpans(program, board);
  const steps = schedule.map((scheduled, index) => {
    const span = spans[index];
    const parts = span ? inWords(span) : kpuParts(machine.kpuSpans.get(index)!, coreHz);
    return stepCost(scheduled, parts, index, machine.startPs[index], machine.endPs[index]);
  });
  return { latencyPs, steps, traceHash: bytesToHex(sha256(machine.trace!.toBytes())) };
}

function stepCost(
  { step }: ScheduledStep,
  parts: readonly CostPart[],
  index: number,
  startPs: Ps,
  endPs: Ps,
): StepCost {
  const largest = parts.reduce((a, b) => (b.coreCycles > a.coreCycles ? b : a), {
    name: 'nothing',
    coreCycles: 0,
  });
  return {
    index,
    node: step.node,
    op: step.op,
    unit: step.unit,
    startMs: msFromPs(startPs),
    durationMs: msFromPs(endPs - startPs),
    macs: step.work.macs,
    loadBytes: step.work.loadBytes,
    storeBytes: step.work.storeBytes,
    boundBy: largest.name,
    reason: step.placement.reason,
    rule: step.placement.rule,
    parts,
  };
}
