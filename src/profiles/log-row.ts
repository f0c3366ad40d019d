/** One layer of a profiler's log; of the amounts those stand that the log has. */
export interface LogRow {
  /** Line of the log, from 1. */
  readonly line: number;
  readonly op: string;
  readonly layer?: string;
  readonly ms?: number;
  /** Ticks of the profiler's own timer, or cycles of a clock that the log does not name. */
  readonly ticks?: number;
}

/** What wrote a log, and its layers in order. */
export interface ProfileLog {
  readonly format: string;
  readonly rows: readonly LogRow[];
  /** The longest layer stands first: the order says nothing of the network. */
  readonly isSorted?: boolean;
}
