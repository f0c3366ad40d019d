/** Programs of an accelerator that are alike, one after another. */
export interface ProgramRun {
  readonly times: number;
  /** Rounds of a program's innermost loop that take two values at a time, or one where they cannot be paired. */
  readonly steps: number;
  readonly singleSteps: number;
  /** Elements that a program writes. */
  readonly outputs: number;
}

/** An operator as programs that the core writes and hands over, and a kernel of an accelerator's library makes. */
export interface Offload {
  /** Name of the kernel, by which the unit prices its programs. */
  readonly kernel: string;
  readonly runs: readonly ProgramRun[];
  /** True where the core waits for each program before it writes the next. */
  readonly isWaitedFor: boolean;
}
