/** Told what Lua is doing, so that a guard outside can stop a script that no count reaches. */
export interface Heartbeat {
  /** Lua runs and is at this line: every few hundred instructions and at calls of what is not Lua. */
  beat(line: number): void;
  entersLua(): void;
  /** Until it enters again, a function of the host runs, or values move. */
  leavesLua(): void;
}
