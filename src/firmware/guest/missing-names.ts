import type { Ending } from './ending.ts';

/** Class of `_vhw.py` that is raised for what is not modelled. */
export const NOT_MODELLED = 'NotModelled';
/** Calls of the board by which a script that caught even that has time to leave its finally blocks. */
const GRACE_CALLS = 100;

/** What a script asked for that is not modelled: that ends its run, unless it may go on with an exception of Python's. */
export class MissingNames {
  readonly #mayGoOn: boolean;
  readonly #names: string[] = [];
  #callsSince = 0;

  constructor(mayGoOn: boolean) {
    this.#mayGoOn = mayGoOn;
  }

  get names(): readonly string[] {
    return this.#names;
  }

  /** Whether the run is to end. */
  get isFatal(): boolean {
    return this.#names.length > 0 && !this.#mayGoOn;
  }

  /** Notes it; true where the script may go on. */
  meet(message: string): boolean {
    if (!this.#names.includes(message)) this.#names.push(message);
    return this.#mayGoOn;
  }

  /** Whether a script that should have ended goes on calling the board. */
  isIgnored(): boolean {
    return this.isFatal && ++this.#callsSince > GRACE_CALLS;
  }

  /** The run's ending, which is this one where the script swallowed what is no exception of the board's. */
  judge(ending: Ending): Ending {
    if (!this.isFatal || ending.exception?.type === NOT_MODELLED) return ending;
    return {
      stoppedBy: 'exception',
      exception: { type: NOT_MODELLED, traceback: `${NOT_MODELLED}: ${this.#names[0]}` },
    };
  }
}
