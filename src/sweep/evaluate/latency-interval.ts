import type { Board } from '../../boards/board/board.ts';
import { factsOf } from '../../deploy/model-facts.ts';
import { Machine } from '../../simulate/machine.ts';
import { coreConstantAt, rowsOf, withCoreConstant, type StepRows } from '../../simulate/nudged-schedule.ts';
import { doubtOf } from '../../simulate/predict.ts';
import type { Interval } from '../../simulate/prediction.ts';
import { reclockSchedule, unclockedSchedule, type Schedule } from '../../simulate/schedule.ts';
import { intervalOf, nudgedBoards, type NudgedBoard } from '../../simulate/uncertainty.ts';
import { msFromPs, type Ps } from '../../units.ts';
import type { Design } from './designs.ts';

/** The schedule of a design where a constant is another; undefined where it is the one that the design has. */
type Reschedule = (design: Design, rows: StepRows) => Schedule | undefined;

/** Boards at their clocks whose nudged machines are kept, 90 kB each; a sweep may have any number of clocks. */
const KEPT_BOARDS = 1024;

interface NudgedMachine extends NudgedBoard {
  readonly machine: Machine;
  readonly reschedule: Reschedule;
}

function rescheduleOn({ board, path }: NudgedBoard, base: Board): Reschedule {
  const constant = coreConstantAt(board, path);
  if (constant) return ({ schedule }, rows) => withCoreConstant(schedule, rows, constant, board);
  // What a bench reads on top of the pulse is no part of it.
  if (board.units === base.units && board.memories === base.memories) return () => undefined;
  return ({ program }) => unclockedSchedule(program, board);
}

/** Intervals of latencies on boards that published rows say nothing of, as `predict` gives them. */
export class LatencyIntervals {
  /** By the board at its clocks, the oldest first. */
  readonly #nudged = new Map<Board, readonly NudgedMachine[]>();

  /** The latency of a design that `machine` ran last on this board. Throws what `predict` throws. */
  of(design: Design, board: Board, machine: Machine, pulsePs: Ps): Interval {
    const { model, program, options, schedule, name } = design;
    const pulseMs = msFromPs(pulsePs);
    const durationsMs = schedule.map((_, at) => msFromPs(machine.endPs[at] - machine.startPs[at]));
    const rows = rowsOf(schedule, board);
    const gradient = this.#nudgedFrom(board).map((nudged) => {
      const changed = nudged.reschedule(design, rows);
      if (changed === undefined) return 0;
      reclockSchedule(changed, name, nudged.board);
      return (msFromPs(nudged.machine.run(changed)) - pulseMs) / nudged.delta;
    });
    const doubt = doubtOf({ facts: factsOf(model), program, pulseMs, durationsMs }, board, options);
    return intervalOf(pulseMs, board, gradient, doubt);
  }

  #nudgedFrom(board: Board): readonly NudgedMachine[] {
    let nudged = this.#nudged.get(board);
    if (!nudged) {
      nudged = nudgedBoards(board).map((one) => ({
        ...one,
        machine: new Machine(one.board),
        reschedule: rescheduleOn(one, board),
      }));
      if (this.#nudged.size === KEPT_BOARDS) this.#nudged.delete(this.#nudged.keys().next().value!);
      this.#nudged.set(board, nudged);
    }
    return nudged;
  }
}
