import type { Board } from '../../boards/board/board.ts';
import type { DeployOptions } from '../../deploy/options.ts';
import type { Domain } from '../../simulate/domain.ts';
import type { Ends } from '../../simulate/fitted-times.ts';
import { isInside } from '../../simulate/is-inside.ts';
import type { Machine } from '../../simulate/machine.ts';
import { setupChanges, type SetupChange } from '../../simulate/setup.ts';
import type { Schedule } from '../../simulate/schedule.ts';
import { endsOf } from '../../simulate/uncertainty.ts';
import { unseenCosts, unseenRows, type UnseenRow } from '../../simulate/unseen-costs.ts';
import { msFromPs, type Ps } from '../../units.ts';
import type { Design } from './designs.ts';
import { LeastRecent } from './least-recent.ts';
import { Nudges, type Derivative } from './nudges.ts';

/** What the intervals of a design have in common at all clocks. */
interface DesignDoubt {
  readonly design: Design;
  readonly domain: Domain;
  readonly unseen: readonly UnseenRow[];
  /** Of the pulse, by each calibrated constant. */
  readonly derivatives: readonly Derivative[];
}

/** What the intervals of a board at its clocks have in common while the options stay the same. */
interface ClockDoubt {
  readonly options: DeployOptions;
  readonly changes: readonly SetupChange[];
}

/** As many as designs are kept: neighbours differ in their board or type. */
const KEPT = 4;

/** Intervals of latencies on boards that published rows say nothing of, as `predict` gives them. */
export class LatencyIntervals {
  readonly #nudges = new Map<Board, Nudges>();
  readonly #derivatives = new LeastRecent<Schedule, readonly Derivative[]>(KEPT);
  readonly #clockDoubts = new WeakMap<Board, ClockDoubt>();
  #last: DesignDoubt | undefined;

  /**
   * Of the latency of a design that `machine` ran last, in one of its corners where there are several: on this board at
   * its own clocks, `base` without them. Throws what `predict` throws.
   */
  of(design: Design, base: Board, board: Board, machine: Machine, corner: number, pulsePs: Ps): Ends {
    if (this.#last?.design !== design) this.#last = this.#doubtOf(design, base);
    const { domain, unseen, derivatives } = this.#last;
    const pulseMs = msFromPs(pulsePs);
    const gradient = derivatives.map((derivative) => derivative(board, machine, corner, pulsePs));
    const durationMs = (step: number): number => msFromPs(machine.stepPs(step, corner));
    const changes = this.#changesOf(board, design.options);
    const costs = unseenCosts(unseen, durationMs, design.program, pulseMs);
    const doubt = { unseen: costs, domain: changes.length > 0 ? OUTSIDE : domain, changes };
    return endsOf(pulseMs, board, gradient, doubt);
  }

  #doubtOf(design: Design, base: Board): DesignDoubt {
    const { model, program, schedule } = design;
    return {
      design,
      domain: isInside(model, program.dtype, base) ? INSIDE : OUTSIDE,
      unseen: unseenRows(program, base),
      derivatives: this.#derivatives.get(schedule, () => this.#nudgesOf(base).of(design)),
    };
  }

  #nudgesOf(base: Board): Nudges {
    let nudges = this.#nudges.get(base);
    if (!nudges) this.#nudges.set(base, (nudges = new Nudges(base)));
    return nudges;
  }

  #changesOf(board: Board, options: DeployOptions): readonly SetupChange[] {
    const known = this.#clockDoubts.get(board);
    if (known && isSame(known.options, options)) return known.changes;
    const changes = setupChanges(board, options);
    this.#clockDoubts.set(board, { options, changes });
    return changes;
  }
}

const INSIDE: Domain = { domain: 'inside' };
/** Where something is not as it was measured. */
const OUTSIDE: Domain = { domain: 'extrapolated' };

function isSame(a: DeployOptions, b: DeployOptions): boolean {
  if (a === b) return true;
  const names = Object.keys({ ...a, ...b }) as (keyof DeployOptions)[];
  return names.every((name) => a[name] === b[name]);
}
