import type { Board } from '../boards/board/board.ts';
import type { Program } from '../deploy/program.ts';
import { msFromPs } from '../units.ts';
import { Machine } from './machine.ts';
import { scheduleProgram } from './schedule.ts';

/** The pulse of one inference in ms, by events, without a trace. */
export function simulatedMs(program: Program, board: Board): number {
  return msFromPs(new Machine(board).run(scheduleProgram(program, board)));
}

/** How long the steps of each operator take together in one inference, in ms by the operator's number. */
export function simulatedOperatorsMs(program: Program, board: Board): ReadonlyMap<number, number> {
  const schedule = scheduleProgram(program, board);
  const machine = new Machine(board);
  machine.run(schedule);
  const times = new Map<number, number>();
  schedule.forEach(({ step: { node } }, at) => {
    if (node === null) return;
    times.set(node, (times.get(node) ?? 0) + msFromPs(machine.endPs[at] - machine.startPs[at]));
  });
  return times;
}

/** What the board's published bench read on top of the pulse, in ms; 0 where it read the pulse itself. */
export function readingOffsetMs({ runtime }: Board): number {
  return runtime.readingOffsetMs?.value ?? 0;
}
