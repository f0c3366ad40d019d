import { SpecError } from '../errors.ts';
import type { Board, KpuUnit } from '../boards/board/board.ts';
import { PRIORITY } from '../engine/priority.ts';
import type { ProcessBody } from '../engine/waiting.ts';
import type { Resource } from '../engine/resource.ts';
import { Signal } from '../engine/signal.ts';
import type { Simulation } from '../engine/simulation.ts';
import type { Trace } from '../engine/trace.ts';
import type { NameId } from '../engine/trace-record.ts';
import type { Bytes, Ps } from '../units.ts';
import type { KpuPhases } from './kpu-phases.ts';
import { constantOf, CornerKpuTimes, leadPs, SingleKpuTimes, type KpuTimes } from './kpu-times.ts';

/** Track and names of the pipeline's spans in a trace. */
const FETCH_TRACK = 'kpu parameters';
const SUBMIT = 'kpu submit';
const INTERRUPT = 'kpu interrupt';

/**
 * Spans of one run of a layer, in the first corner where there are several. `stallPs` is what compute waited for
 * weights after its first load.
 */
export interface KpuSpans {
  readonly submitPs: Ps;
  readonly fetchPs: Ps;
  readonly computePs: Ps;
  readonly stallPs: Ps;
  readonly interruptPs: Ps;
}

/**
 * The KPU as two processes side by side: a parameter fetch on the bus of the core's clock and a compute pipeline on
 * the KPU's. The core submits a layer; batch-norm arguments, activation table and first load are fetched; then compute
 * goes channel by channel while the other loads stream in, a channel waiting for its weights and the fetch for room in
 * the parameter memory; an interrupt hands back to the core. A layer of one load is four events, whatever its channels.
 */
export class KpuPipeline {
  readonly #simulation: Simulation;
  readonly #unit: KpuUnit;
  readonly #coreClock: string;
  readonly #core: Resource;
  readonly #kpu: Resource;
  readonly #parameterMemoryBytes: Bytes;
  #times: KpuTimes;
  readonly #weightsReady: Signal;
  readonly #roomMade: Signal;
  readonly #channels: { fetched: number; computed: number };
  readonly #ids: { core: NameId; kpu: NameId; fetch: NameId; submit: NameId; interrupt: NameId };

  /** `units` holds a resource for each unit of the board, by id. Throws a SpecError for a board without a core. */
  constructor(simulation: Simulation, board: Board, unit: KpuUnit, units: ReadonlyMap<string, Resource>) {
    const core = coreOf(board);
    this.#simulation = simulation;
    this.#unit = unit;
    this.#coreClock = core.clock;
    this.#core = units.get(core.id)!;
    this.#kpu = units.get(unit.id)!;
    this.#parameterMemoryBytes = constantOf(unit.id, unit.constants, 'parameterMemoryBytes');
    this.#times = this.timesOf(board);
    this.#weightsReady = new Signal(simulation, `${unit.id} weights ready`);
    this.#roomMade = new Signal(simulation, `${unit.id} room for weights`);
    this.#channels = simulation.state(`${unit.id} channels`, () => ({ fetched: 0, computed: 0 }));
    const id = (name: string): NameId => simulation.trace?.intern(name) ?? 0;
    const spans = { fetch: id(FETCH_TRACK), submit: id(SUBMIT), interrupt: id(INTERRUPT) };
    this.#ids = { core: id(core.id), kpu: id(unit.id), ...spans };
  }

  /** Times at the frequencies of a board that differs in nothing else, for `setTimes`. */
  timesOf(board: Board): KpuTimes {
    return new SingleKpuTimes(this.#simulation, board, this.#unit, this.#coreClock);
  }

  /** The same for a simulation of as many corners as there are boards. */
  cornerTimesOf(boards: readonly Board[]): KpuTimes {
    return new CornerKpuTimes(this.#simulation, boards, this.#unit, this.#coreClock);
  }

  /** Takes other frequencies for the layers that run from now on. */
  setTimes(times: KpuTimes): void {
    this.#times = times;
  }

  /** Runs one layer from its submission to the return from its interrupt; `label` names it in the trace. */
  *run(phases: KpuPhases, label: NameId): ProcessBody<KpuSpans> {
    const { trace } = this.#simulation;
    const times = this.#times;
    // The core's two parts stand here and in no generator of their own: making those would cost more than the events.
    if (!this.#core.tryAcquire()) yield this.#core.acquire();
    yield times.submit;
    const submittedPs = this.#simulation.nowPs;
    this.#core.release();
    if (!this.#kpu.tryAcquire()) yield this.#kpu.acquire();
    const fetch = times.fetch(phases.headBytes);
    const fetchPs = leadPs(fetch);
    yield fetch;
    const startPs = this.#simulation.nowPs;
    const compute = times.compute(phases.computeKpuCycles);
    const computePs = leadPs(compute);
    if (phases.loads === 1) yield compute;
    else yield* this.#stream(phases);
    const spentPs = this.#simulation.nowPs - startPs;
    this.#kpu.release();
    if (!this.#core.tryAcquire()) yield this.#core.acquire();
    yield times.interrupt;
    this.#core.release();
    if (trace !== null) this.#record(trace, label, submittedPs, startPs, fetchPs, spentPs);
    return {
      submitPs: leadPs(times.submit),
      fetchPs,
      computePs,
      stallPs: Math.max(0, spentPs - computePs),
      interruptPs: leadPs(times.interrupt),
    };
  }

  /** The spans of a layer whose interrupt ends now. */
  #record(trace: Trace, label: NameId, submittedPs: Ps, startPs: Ps, fetchPs: Ps, spentPs: Ps): void {
    const { core, kpu, fetch, submit, interrupt } = this.#ids;
    const [submitPs, interruptPs] = [leadPs(this.#times.submit), leadPs(this.#times.interrupt)];
    trace.span(core, submit, submittedPs - submitPs, submitPs);
    trace.span(fetch, label, startPs - fetchPs, fetchPs);
    trace.span(kpu, label, startPs, spentPs);
    trace.span(core, interrupt, this.#simulation.nowPs - interruptPs, interruptPs);
  }

  /** Compute beside the fetch of all loads but the first; done when the last channel is computed. */
  *#stream(phases: KpuPhases): ProcessBody {
    const { outC } = phases;
    const times = this.#times;
    this.#channels.fetched = phases.channelsPerLoad;
    this.#channels.computed = 0;
    // The fetch is hardware: at one instant it comes before the channel that waits for it.
    this.#simulation.spawn(() => this.#fetch(phases), { name: FETCH_TRACK, priority: PRIORITY.hardware });
    let since = times.mark();
    let channels = 0;
    while (this.#channels.computed < outC) {
      if (this.#channels.fetched <= this.#channels.computed) {
        yield this.#weightsReady;
        since = times.mark();
        channels = 0;
        continue;
      }
      channels++;
      yield times.until(since, times.compute(channels * phases.channelKpuCycles));
      this.#channels.computed++;
      this.#roomMade.pulse();
    }
  }

  *#fetch(phases: KpuPhases): ProcessBody {
    const { outC } = phases;
    const { trace } = this.#simulation;
    const times = this.#times;
    const room = Math.max(1, Math.floor(this.#parameterMemoryBytes / phases.channelBytes));
    const startPs = this.#simulation.nowPs;
    let since = times.mark();
    let channels = 0;
    while (this.#channels.fetched < outC) {
      if (this.#channels.fetched - this.#channels.computed >= room) {
        yield this.#roomMade;
        since = times.mark();
        channels = 0;
        continue;
      }
      channels++;
      yield times.until(since, times.fetch(channels * phases.channelBytes));
      this.#channels.fetched++;
      this.#weightsReady.pulse();
    }
    trace?.span(this.#ids.fetch, this.#ids.fetch, startPs, this.#simulation.nowPs - startPs);
  }
}

function coreOf(board: Board) {
  const core = board.units.find((unit) => unit.kind === 'core');
  if (core) return core;
  throw new SpecError(
    `board "${board.id}": a unit of kind "kpu" needs one of kind "core" that submits its layers`,
  );
}
