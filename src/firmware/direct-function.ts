/** What Python hands to a function of the host that it calls without the bridge to JavaScript. */
export interface DirectArguments {
  /** How many there are, the object of a method included. */
  readonly count: number;
  /** Address of the object that the method is of: `id(self)`; 0 without arguments. */
  readonly self: number;
  /** Class of that object, by its address; 0 of a number. */
  readonly kind: number;
  /** The argument behind the object as true or false; undefined where only Python can tell. */
  readonly isTrue: boolean | undefined;
}

/** A small whole number for Python, or null for None. */
export type DirectAnswer = number | null;

/**
 * A function of the host in place of a shim where a call is of the usual kind: it does what the shim does, by the same host
 * functions, and the clock counts the shim's bytecodes as if they had run.
 */
export interface DirectFunction<Target = unknown> {
  /** What such a call is about; undefined where the shim has to do it. Changes nothing. */
  find(given: DirectArguments): Target | undefined;
  run(target: Target, given: DirectArguments): DirectAnswer;
}

/** What is known of objects in Python, by their address. An address can be another object's later: its class tells then. */
export class BoundObjects<State> {
  readonly #bound = new Map<number, { readonly kind: number; readonly state: State }>();

  bind(self: number, kind: number, state: State): void {
    this.#bound.set(self, { kind, state });
  }

  find({ self, kind }: DirectArguments): State | undefined {
    const found = this.#bound.get(self);
    return found?.kind === kind ? found.state : undefined;
  }
}
