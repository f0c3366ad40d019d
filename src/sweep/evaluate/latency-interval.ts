import type { Board } from '../../boards/board/board.ts';
import { factsOf } from '../../deploy/model-facts.ts';
import { Machine } from '../../simulate/machine.ts';
import { doubtOf } from '../../simulate/predict.ts';
import type { Interval } from '../../simulate/prediction.ts';
import { reclockSchedule, unclockedSchedule } from '../../simulate/schedule.ts';
import { intervalOf, nudgedBoards, type NudgedBoard } from '../../simulate/uncertainty.ts';
import { msFromPs, type Ps } from '../../units.ts';
import type { Design } from './designs.ts';

interface NudgedMachine extends NudgedBoard {
  readonly machine: Machine;
}

/** Intervals of latencies on boards that published rows say nothing of, as `predict` gives them. */
export class LatencyIntervals {
  /** By the board at its clocks. */
  readonly #nudged = new Map<Board, readonly NudgedMachine[]>();

  /** The latency of a design that `machine` ran last on this board. Throws what `predict` throws. */
  of({ model, program, options, name }: Design, board: Board, machine: Machine, pulsePs: Ps): Interval {
    const pulseMs = msFromPs(pulsePs);
    const durationsMs = program.steps.map((_, at) => msFromPs(machine.endPs[at] - machine.startPs[at]));
    const gradient = this.#nudgedFrom(board).map((nudged) => {
      const schedule = unclockedSchedule(program, nudged.board);
      reclockSchedule(schedule, name, nudged.board);
      return (msFromPs(nudged.machine.run(schedule)) - pulseMs) / nudged.delta;
    });
    const doubt = doubtOf({ facts: factsOf(model), program, pulseMs, durationsMs }, board, options);
    return intervalOf(pulseMs, board, gradient, doubt);
  }

  #nudgedFrom(board: Board): readonly NudgedMachine[] {
    let nudged = this.#nudged.get(board);
    if (!nudged) {
      nudged = nudgedBoards(board).map((one) => ({ ...one, machine: new Machine(one.board) }));
      this.#nudged.set(board, nudged);
    }
    return nudged;
  }
}
