import type { Board } from '../boards/board.ts';
import { Machine, type MachineClocks } from '../simulate/machine.ts';
import { withClocks } from '../simulate/predict.ts';
import { readingOffsetMs } from '../simulate/run.ts';
import { reclockSchedule } from '../simulate/schedule.ts';
import { msFromPs } from '../units.ts';
import { clockHzOn, parseClock } from './clock.ts';
import { meetsConstraint } from './constraint.ts';
import { Designs, type Design } from './designs.ts';
import { pointInterval } from './point-interval.ts';
import { orRefusal, refusalOf, type Refusal } from './refusal.ts';
import type { PointFigures, ResultWriter } from './result-writer.ts';
import type { AxisValue, DesignSpace } from './space.ts';

/** A board at one setting of its clocks, and the simulation that runs all designs on it, whatever its clocks. */
interface ClockedBoard {
  readonly board: Board;
  readonly machine: Machine;
  readonly clocks: MachineClocks;
  readonly offsetMs: number;
}

/** Runs points one by one, each as events on its board; what neighbours share is made once. */
export class PointRunner {
  readonly #space: DesignSpace;
  readonly #boards: readonly Board[];
  readonly #designs: Designs;
  readonly #clocks: readonly (AxisValue | undefined)[];
  readonly #boardAxis: number;
  readonly #clockAxis: number;
  readonly #machines: Machine[] = [];
  readonly #clocked: (ClockedBoard | Refusal | undefined)[] = [];

  /** `boards` in the order of the values of the axis `board`. */
  constructor(space: DesignSpace, boards: readonly Board[]) {
    const { axes } = space;
    this.#space = space;
    this.#boards = boards;
    this.#designs = new Designs(space, boards);
    this.#boardAxis = axes.findIndex(({ name }) => name === 'board');
    this.#clockAxis = axes.findIndex(({ name }) => name === 'clock');
    this.#clocks = axes[this.#clockAxis]?.values ?? [undefined];
  }

  /** Simulates the point at these positions and writes what comes of it. */
  run(digits: Int32Array, writer: ResultWriter, row: number): void {
    const clocked = this.#clockedBoard(digits);
    const design = 'reason' in clocked ? clocked : this.#designs.of(digits);
    if ('reason' in design) return writer.fail(row, design.reason);
    const figures = this.#simulate(design, clocked as ClockedBoard);
    if ('reason' in figures) return writer.fail(row, figures.reason);
    const { constraint } = this.#space;
    writer.succeed(row, figures, constraint === undefined || meetsConstraint(constraint, figures));
    if (this.#space.intervals) {
      const { lowMs, highMs } = pointInterval(this.#space, digits, (clocked as ClockedBoard).board);
      writer.interval(row, lowMs, highMs);
    }
  }

  #simulate(design: Design, { board, machine, clocks, offsetMs }: ClockedBoard): PointFigures | Refusal {
    try {
      reclockSchedule(design.schedule, design.name, board);
    } catch (error) {
      return refusalOf(error);
    }
    machine.setClocks(clocks);
    const latencyMs = msFromPs(machine.run(design.schedule));
    const { flashBytes, ramBytes, macs, accuracy, fits } = design;
    return { latencyMs, reportedMs: latencyMs + offsetMs, flashBytes, ramBytes, macs, accuracy, fits };
  }

  #clockedBoard(digits: Int32Array): ClockedBoard | Refusal {
    const boardDigit = digits[this.#boardAxis]!;
    const clockDigit = this.#clockAxis < 0 ? 0 : digits[this.#clockAxis]!;
    const key = boardDigit * this.#clocks.length + clockDigit;
    return (this.#clocked[key] ??= orRefusal(() => {
      const board = this.#boards[boardDigit]!;
      // One for all clocks: dozens of simulations side by side would not stay in the processor's caches.
      const machine = (this.#machines[boardDigit] ??= new Machine(board));
      return clockedBoard(board, machine, this.#clocks[clockDigit]);
    }));
  }
}

function clockedBoard(base: Board, machine: Machine, clock: AxisValue | undefined): ClockedBoard {
  const board = clock === undefined ? base : withClocks(base, clockHzOn(parseClock(String(clock)), base));
  return { board, machine, clocks: machine.clocksOf(board), offsetMs: readingOffsetMs(board) };
}
