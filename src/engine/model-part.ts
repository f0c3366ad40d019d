/** What owns state and belongs to a simulation: resources, links, signals, clock domains. Registers itself. */
export interface Part {
  readonly name: string;
  /** Back to the state after construction. */
  reset(): void;
  /** The state as plain data, for the check after a replay. */
  describe(): unknown;
}
