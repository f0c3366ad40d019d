import type { Board } from '../../boards/board/board.ts';
import { CornersDiverged } from '../../engine/clock-corners.ts';
import { fittedMsOf, fittedTimes, type Ends } from '../../simulate/fitted-times.ts';
import { Machine, type MachineClocks } from '../../simulate/machine.ts';
import { withClocks } from '../../simulate/predict.ts';
import { readingOffsetMs } from '../../simulate/pulse.ts';
import { reclockSchedule } from '../../simulate/schedule.ts';
import { msFromPs, type Ps } from '../../units.ts';
import { clockHzOn, parseClock } from '../study/clock-axis.ts';
import { meetsConstraint } from '../study/constraint.ts';
import { Designs, type Design } from './designs.ts';
import { LatencyIntervals } from './latency-interval.ts';
import { orRefusal, refusalOf, type Refusal } from './failure-reason.ts';
import type { ResultWriter } from './result-writer.ts';
import type { DesignSpace } from '../study/space.ts';
import type { AxisValue } from '../study/axis.ts';

/** A board at one setting of its clocks, and the simulation that runs all designs on it, whatever its clocks. */
interface ClockedBoard {
  readonly base: Board;
  readonly board: Board;
  readonly machine: Machine;
  readonly clocks: MachineClocks;
  readonly offsetMs: number;
}

/** Neighbours of a design that differ in their clocks, and the simulation that runs them in lockstep. */
interface CornerGroup {
  readonly clocked: readonly ClockedBoard[];
  readonly machine: Machine;
}

/** A choice: enough to share out what an event costs, few enough that corners which part lose little. */
const MAX_CORNERS = 64;

/**
 * Runs points, each as events on its board; what neighbours share is made once. Neighbours that differ in nothing but
 * their clocks are simulated in lockstep, which gives the same as one by one.
 */
export class PointRunner {
  readonly #space: DesignSpace;
  readonly #boards: readonly Board[];
  readonly #designs: Designs;
  readonly #clocks: readonly (AxisValue | undefined)[];
  readonly #boardAxis: number;
  readonly #clockAxis: number;
  readonly #machines: Machine[] = [];
  readonly #clocked: (ClockedBoard | Refusal | undefined)[] = [];
  readonly #intervals = new LatencyIntervals();
  readonly #corners = new Map<number, CornerGroup | undefined>();

  /** `boards` in the order of the values of the axis `board`. */
  constructor(space: DesignSpace, boards: readonly Board[]) {
    const { axes } = space;
    this.#space = space;
    this.#boards = boards;
    this.#designs = new Designs(space, boards, (digit) => this.#machineOf(digit));
    this.#boardAxis = axes.findIndex(({ name }) => name === 'board');
    this.#clockAxis = axes.findIndex(({ name }) => name === 'clock');
    this.#clocks = axes[this.#clockAxis]?.values ?? [undefined];
  }

  /**
   * Simulates the point at these positions and writes what comes of it to its row; and where up to `rows` rows are those
   * of the next values of its last axis, perhaps of those too. Gives how many rows are written.
   */
  run(digits: Int32Array, writer: ResultWriter, row: number, rows: number): number {
    const clocked = this.#clockedBoard(digits);
    const design = 'reason' in clocked ? clocked : this.#designs.of(digits);
    if ('reason' in design) writer.fail(row, design.reason);
    else {
      const corners = rows === 1 ? undefined : this.#cornersFrom(digits, rows);
      if (corners && this.#runCorners(design, corners, writer, row)) return corners.clocked.length;
      this.#runOne(design, clocked as ClockedBoard, writer, row);
    }
    return 1;
  }

  #runOne(design: Design, clocked: ClockedBoard, writer: ResultWriter, row: number): void {
    const { board, machine, clocks } = clocked;
    try {
      reclockSchedule(design.schedule, design.name, board);
    } catch (error) {
      return writer.fail(row, refusalOf(error).reason);
    }
    machine.setClocks(clocks);
    const pulsePs = machine.run(design.schedule);
    this.#write(design, clocked, pulsePs, writer, row);
    if (this.#space.intervals) writer.interval(row, this.#endsOf(design, clocked, machine, 0, pulsePs));
  }

  /** False, and nothing is written, where the corners must run one by one. */
  #runCorners(design: Design, { clocked, machine }: CornerGroup, writer: ResultWriter, row: number): boolean {
    let latenciesPs: Float64Array;
    try {
      latenciesPs = machine.runCorners(design.schedule);
    } catch (error) {
      if (error instanceof CornersDiverged) return false;
      throw error;
    }
    for (let corner = 0; corner < clocked.length; corner++) {
      const [one, pulsePs] = [clocked[corner], latenciesPs[corner]];
      this.#write(design, one, pulsePs, writer, row + corner);
      if (this.#space.intervals)
        writer.interval(row + corner, this.#endsOf(design, one, machine, corner, pulsePs));
    }
    return true;
  }

  /** Of the interval of a pulse that a machine ran last, in one of its corners where there are several. */
  #endsOf(
    design: Design,
    { base, board }: ClockedBoard,
    machine: Machine,
    corner: number,
    pulsePs: Ps,
  ): Ends {
    const { fitted, options } = design;
    if (fitted) return fittedTimes()!.endsOf(fitted, msFromPs(pulsePs), board, options);
    return this.#intervals.of(design, base, board, machine, corner, pulsePs);
  }

  /** What the point is, but for its interval. */
  #write(design: Design, clocked: ClockedBoard, latencyPs: Ps, writer: ResultWriter, row: number): void {
    const { offsetMs } = clocked;
    const simulatedMs = msFromPs(latencyPs);
    const { fitted, flashBytes, ramBytes, macs, accuracy, fits } = design;
    const latencyMs = fitted ? fittedMsOf(fitted, simulatedMs) : simulatedMs;
    const figures = {
      latencyMs,
      reportedMs: latencyMs + offsetMs,
      flashBytes,
      ramBytes,
      macs,
      accuracy,
      fits,
    };
    const { constraint } = this.#space;
    writer.succeed(row, figures, constraint === undefined || meetsConstraint(constraint, figures));
  }

  /** The corners that begin with this point; undefined where it is not the first of some, or they are more than `rows`. */
  #cornersFrom(digits: Int32Array, rows: number): CornerGroup | undefined {
    if (this.#clockAxis !== digits.length - 1) return undefined;
    const first = digits[this.#clockAxis];
    const count = Math.min(MAX_CORNERS, this.#clocks.length - first);
    if (first % MAX_CORNERS !== 0 || count < 2 || count > rows) return undefined;
    const key = digits[this.#boardAxis] * this.#clocks.length + first;
    if (!this.#corners.has(key)) this.#corners.set(key, this.#makeCorners(digits, count));
    return this.#corners.get(key);
  }

  /** Undefined where the board refuses one of the clocks. */
  #makeCorners(digits: Int32Array, count: number): CornerGroup | undefined {
    const neighbour = digits.slice();
    const clocked: ClockedBoard[] = [];
    for (; clocked.length < count; neighbour[this.#clockAxis]++) {
      const one = this.#clockedBoard(neighbour);
      if ('reason' in one) return undefined;
      clocked.push(one);
    }
    const machine = new Machine(this.#boards[digits[this.#boardAxis]], { corners: count });
    machine.setCornerClocks(clocked.map(({ board }) => board));
    return { clocked, machine };
  }

  #clockedBoard(digits: Int32Array): ClockedBoard | Refusal {
    const boardDigit = digits[this.#boardAxis];
    const clockDigit = this.#clockAxis < 0 ? 0 : digits[this.#clockAxis];
    const key = boardDigit * this.#clocks.length + clockDigit;
    return (this.#clocked[key] ??= orRefusal(() => {
      const board = this.#boards[boardDigit];
      // One for all clocks: dozens of simulations side by side would not stay in the processor's caches.
      return clockedBoard(board, this.#machineOf(boardDigit), this.#clocks[clockDigit]);
    }));
  }

  #machineOf(boardDigit: number): Machine {
    return (this.#machines[boardDigit] ??= new Machine(this.#boards[boardDigit]));
  }
}

function clockedBoard(base: Board, machine: Machine, clock: AxisValue | undefined): ClockedBoard {
  const board = clock === undefined ? base : withClocks(base, clockHzOn(parseClock(String(clock)), base));
  return { base, board, machine, clocks: machine.clocksOf(board), offsetMs: readingOffsetMs(board) };
}
