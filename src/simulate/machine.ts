import type { Board } from '../boards/board/board.ts';
import type { CornerDelay } from '../engine/clock-corners.ts';
import { Resource } from '../engine/resource.ts';
import type { ProcessBody } from '../engine/waiting.ts';
import { Simulation } from '../engine/simulation.ts';
import { Trace } from '../engine/trace.ts';
import { psFromCycles, type Ps } from '../units.ts';
import { KpuPipeline, type KpuSpans } from './kpu.ts';
import type { KpuTimes } from './kpu-times.ts';
import { clockHzOf, cyclesAt, type Schedule } from './schedule.ts';

/** How a machine simulates. */
export interface MachineOptions {
  /** Records spans and pin edges; without it nothing is recorded and nothing is paid for. */
  readonly trace?: boolean;
  /** Debug: events of equal instant and priority run in an order drawn from this seed. */
  readonly shuffleTies?: number;
  /** Runs so many inferences in lockstep that differ in their clocks, see `setCornerClocks`. */
  readonly corners?: number;
}

/** Frequencies as a machine's pipelines use them, in the order of its units. */
export type MachineClocks = readonly KpuTimes[];

/** Start of the pin's high phase and of the low phase that follows, as the paper's scripts set it. */
const PIN = 'pin';

/**
 * A board's units as resources of one simulation. Built once, it runs any number of schedules of that board; a run
 * allocates next to nothing.
 */
export class Machine {
  readonly simulation: Simulation;
  /** Start and end of each step of the last run, in ps; in the first corner where there are several. */
  startPs = new Float64Array();
  endPs = new Float64Array();
  /** Spans inside each KPU step of the last run, by index of the step; none without a trace. */
  readonly kpuSpans = new Map<number, KpuSpans>();
  readonly #units = new Map<string, Resource>();
  readonly #kpus = new Map<string, KpuPipeline>();
  #schedule: Schedule = [];
  #isRecorded = true;
  /** Delays of the steps by their index, filled before a run in lockstep; those of KPU steps as they turned out. */
  readonly #cornerDelays: CornerDelay[] = [];
  /** Frequencies by clock id, then by corner. */
  #cornerHz: ReadonlyMap<string, Float64Array> = new Map();

  constructor(board: Board, options: MachineOptions = {}) {
    const trace = options.trace ? new Trace() : null;
    this.simulation = new Simulation({ trace, shuffleTies: options.shuffleTies, corners: options.corners });
    for (const unit of board.units) this.#units.set(unit.id, new Resource(this.simulation, unit.id));
    for (const unit of board.units) {
      if (unit.kind === 'kpu')
        this.#kpus.set(unit.id, new KpuPipeline(this.simulation, board, unit, this.#units));
    }
  }

  /** Spans and pin edges of the last run; null without the option `trace`. */
  get trace(): Trace | null {
    const { trace } = this.simulation;
    if (trace !== null && !this.#isRecorded) this.#record(trace);
    return trace;
  }

  /** Simulates one inference from instant 0; returns the width of its pulse in ps, in the first corner if several. */
  run(schedule: Schedule): Ps {
    this.simulation.reset();
    if (this.startPs.length < schedule.length) {
      this.startPs = new Float64Array(schedule.length);
      this.endPs = new Float64Array(schedule.length);
    }
    this.#schedule = schedule;
    this.#isRecorded = false;
    this.simulation.spawn(this.#call);
    return this.simulation.run();
  }

  /**
   * Simulates an inference in each corner at once and returns the widths of their pulses in ps, good until the next
   * run. Of the schedule, the prices in cycles count and not the durations. Throws CornersDiverged where the corners'
   * events come in different orders or too late to be counted: run them one by one.
   */
  runCorners(schedule: Schedule): Float64Array {
    const { corners } = this.simulation;
    if (corners === null || this.#cornerHz.size === 0)
      throw new Error('runCorners needs corners and their clocks');
    for (let index = 0; index < schedule.length; index++) {
      const step = schedule[index];
      const { spansPs } = (this.#cornerDelays[index] ??= this.simulation.cornerDelay());
      if (step.kind === 'kpu') continue;
      const hz = this.#cornerHz.get(step.clock)!;
      for (let corner = 0; corner < spansPs.length; corner++) {
        spansPs[corner] = psFromCycles(cyclesAt(step, hz[corner]), hz[corner]);
      }
    }
    this.run(schedule);
    return corners.nowPs;
  }

  /** How long a step of the last run took, in one of its corners where there are several. */
  stepPs(index: number, corner = 0): Ps {
    if (this.simulation.corners === null) return this.endPs[index] - this.startPs[index];
    return this.#cornerDelays[index].spansPs[corner];
  }

  /** The frequencies of a board that differs from the machine's in nothing else, for `setClocks`. */
  clocksOf(board: Board): MachineClocks {
    return [...this.#kpus.values()].map((kpu) => kpu.timesOf(board));
  }

  /** Takes other frequencies for the runs from now on; the durations of a schedule are its own. */
  setClocks(clocks: MachineClocks): void {
    let at = 0;
    if (clocks.length > 0) for (const kpu of this.#kpus.values()) kpu.setTimes(clocks[at++]);
  }

  /** Takes the frequencies of a board for each corner; they differ from the machine's in nothing else. */
  setCornerClocks(boards: readonly Board[]): void {
    const ids = boards[0].clocks.map(({ id }) => id);
    const hzByCorner = (id: string) => Float64Array.from(boards, (board) => clockHzOf(board, id));
    this.#cornerHz = new Map(ids.map((id) => [id, hzByCorner(id)]));
    for (const kpu of this.#kpus.values()) kpu.setTimes(kpu.cornerTimesOf(boards));
  }

  unit(id: string): Resource {
    return this.#units.get(id)!;
  }

  // The firmware's thread: pin high, the steps one after another, pin low.
  readonly #call = (): ProcessBody => this.#inference();

  *#inference(): ProcessBody {
    const { simulation } = this;
    const { trace } = simulation;
    const schedule = this.#schedule;
    const cornerDelays = simulation.corners === null ? null : this.#cornerDelays;
    let unitId = '';
    let unit: Resource | undefined;
    for (let index = 0; index < schedule.length; index++) {
      const scheduled = schedule[index];
      this.startPs[index] = simulation.nowPs;
      if (scheduled.kind === 'span') {
        // Here and not in a generator of its own: most of a run would be spent on making those.
        if (scheduled.unit !== unitId) unit = this.#units.get((unitId = scheduled.unit));
        if (!unit!.tryAcquire()) yield unit!.acquire();
        yield cornerDelays === null ? scheduled.durationPs : cornerDelays[index];
        unit!.release();
      } else {
        const pipeline = this.#kpus.get(scheduled.unit)!;
        const label = trace === null ? 0 : trace.intern(scheduled.step.op);
        if (cornerDelays !== null) this.#noteStart(cornerDelays[index]);
        const spans = yield* pipeline.run(scheduled.phases, label);
        if (cornerDelays !== null) this.#noteEnd(cornerDelays[index]);
        if (trace !== null) this.kpuSpans.set(index, spans);
      }
      this.endPs[index] = simulation.nowPs;
    }
  }

  #noteStart({ spansPs }: CornerDelay): void {
    const { nowPs } = this.simulation.corners!;
    for (let corner = 0; corner < spansPs.length; corner++) spansPs[corner] = nowPs[corner];
  }

  /** Makes spans of the instants that `#noteStart` took. */
  #noteEnd({ spansPs }: CornerDelay): void {
    const { nowPs } = this.simulation.corners!;
    for (let corner = 0; corner < spansPs.length; corner++) spansPs[corner] = nowPs[corner] - spansPs[corner];
  }

  /** Pulse and steps as records: made when somebody looks, for their instants are kept anyway. */
  #record(trace: Trace): void {
    this.#isRecorded = true;
    const pin = trace.intern(PIN);
    trace.pin(pin, 0, 1);
    for (let index = 0; index < this.#schedule.length; index++) {
      const { kind, unit, step } = this.#schedule[index];
      const startPs = this.startPs[index];
      // The pipeline of a KPU records its own spans.
      if (kind === 'span')
        trace.span(trace.intern(unit), trace.intern(step.op), startPs, this.endPs[index] - startPs);
    }
    trace.pin(pin, this.simulation.nowPs, 0);
  }
}
