import type { Board } from '../boards/board.ts';
import { Resource } from '../engine/resource.ts';
import type { ProcessBody } from '../engine/process.ts';
import { Simulation } from '../engine/simulation.ts';
import { NO_SPAN, Trace, type NameId, type SpanCode } from '../engine/trace.ts';
import type { Ps } from '../units.ts';
import { KpuPipeline, type KpuClocks, type KpuSpans } from './kpu.ts';
import type { Schedule } from './schedule.ts';

export interface MachineOptions {
  /** Records spans and pin edges; without it nothing is recorded and nothing is paid for. */
  readonly trace?: boolean;
  /** Debug: events of equal instant and priority run in an order drawn from this seed. */
  readonly shuffleTies?: number;
}

/** Frequencies as a machine's pipelines use them, in the order of its units. */
export type MachineClocks = readonly KpuClocks[];

interface Labels {
  readonly names: readonly NameId[];
  /** NO_SPAN for steps of the KPU, whose pipeline records its own. */
  readonly spans: readonly SpanCode[];
}

/** Start of the pin's high phase and of the low phase that follows, as the paper's scripts set it. */
const PIN = 'pin';

/**
 * A board's units as resources of one simulation. Built once, it runs any number of schedules of that board; a run
 * allocates next to nothing.
 */
export class Machine {
  readonly simulation: Simulation;
  readonly trace: Trace | null;
  /** Start and end of each step of the last run, in ps. */
  readonly startPs: Ps[] = [];
  readonly endPs: Ps[] = [];
  /** Spans inside each KPU step of the last run, by index of the step. */
  readonly kpuSpans = new Map<number, KpuSpans>();
  readonly #units = new Map<string, Resource>();
  readonly #kpus = new Map<string, KpuPipeline>();
  readonly #pin: NameId;
  /** Interned names of each schedule that ran: op of every step, unit and op of its span. */
  readonly #labels = new WeakMap<Schedule, Labels>();
  #schedule: Schedule = [];

  constructor(board: Board, options: MachineOptions = {}) {
    this.trace = options.trace ? new Trace() : null;
    this.simulation = new Simulation({ trace: this.trace, shuffleTies: options.shuffleTies });
    for (const unit of board.units) this.#units.set(unit.id, new Resource(this.simulation, unit.id));
    for (const unit of board.units) {
      if (unit.kind === 'kpu')
        this.#kpus.set(unit.id, new KpuPipeline(this.simulation, board, unit, this.#units));
    }
    this.#pin = this.trace?.intern(PIN) ?? 0;
  }

  /** Simulates one inference from instant 0 and returns the width of its pulse in ps. */
  run(schedule: Schedule): Ps {
    this.simulation.reset();
    this.#schedule = schedule;
    this.simulation.spawn(this.#call);
    return this.simulation.run();
  }

  /** The frequencies of a board that differs from the machine's in nothing else, for `setClocks`. */
  clocksOf(board: Board): MachineClocks {
    return [...this.#kpus.values()].map((kpu) => kpu.clocksOf(board));
  }

  /** Takes other frequencies for the runs from now on; the durations of a schedule are its own. */
  setClocks(clocks: MachineClocks): void {
    let at = 0;
    if (clocks.length > 0) for (const kpu of this.#kpus.values()) kpu.setClocks(clocks[at++]!);
  }

  unit(id: string): Resource {
    return this.#units.get(id)!;
  }

  // The firmware's thread: pin high, the steps one after another, pin low.
  readonly #call = (): ProcessBody => this.#inference();

  *#inference(): ProcessBody {
    const { simulation, trace } = this;
    const schedule = this.#schedule;
    const labels = trace === null ? null : this.#labelsOf(schedule, trace);
    let unitId = '';
    let unit: Resource | undefined;
    for (let index = 0; index < schedule.length; index++) {
      const scheduled = schedule[index]!;
      this.startPs[index] = simulation.nowPs;
      if (scheduled.kind === 'span') {
        // Here and not in a generator of its own: most of a run would be spent on making those.
        if (scheduled.unit !== unitId) unit = this.#units.get((unitId = scheduled.unit));
        if (!unit!.tryAcquire()) yield unit!.acquire();
        yield scheduled.durationPs;
        unit!.release();
      } else {
        const pipeline = this.#kpus.get(scheduled.unit)!;
        this.kpuSpans.set(index, yield* pipeline.run(scheduled.phases, labels?.names[index] ?? 0));
      }
      this.endPs[index] = simulation.nowPs;
    }
    if (labels !== null) this.#record(trace!, labels.spans);
  }

  /** The pulse and the spans of the run that ends now: recorded one by one as they come, they would cost twice as much. */
  #record(trace: Trace, spans: readonly SpanCode[]): void {
    trace.pin(this.#pin, 0, 1);
    trace.spans(spans, this.startPs, this.endPs);
    trace.pin(this.#pin, this.simulation.nowPs, 0);
  }

  #labelsOf(schedule: Schedule, trace: Trace): Labels {
    let labels = this.#labels.get(schedule);
    if (!labels) {
      const names = schedule.map(({ step }) => trace.intern(step.op));
      const spans = schedule.map(({ kind, unit }, index) =>
        kind === 'span' ? trace.spanCode(trace.intern(unit), names[index]!) : NO_SPAN,
      );
      labels = { names, spans };
      this.#labels.set(schedule, labels);
    }
    return labels;
  }
}
