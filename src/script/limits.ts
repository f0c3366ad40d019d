/**
 * What one call into Lua may use. All three are counted, so that they end a script at the same place everywhere; a guard
 * may watch the clock besides, for what takes far longer than it is charged with.
 */
export interface LuaLimits {
  /** Instructions of Lua's virtual machine; allocated bytes are paid for too, an instruction for eight. */
  readonly instructions: number;
  readonly memoryBytes: number;
  /** Of one string. */
  readonly stringBytes: number;
}

/** Limits of a whole experiment; what its host functions do is not counted, but each call costs some. */
export const EXPERIMENT_LIMITS: LuaLimits = { instructions: 20e6, memoryBytes: 64e6, stringBytes: 16e6 };

/**
 * Limits of one call of a formula. Texts and argument lists are short, so that no instruction takes long: formulas run
 * where nothing watches them from outside.
 */
export const FORMULA_LIMITS: LuaLimits = { instructions: 1e6, memoryBytes: 512e3, stringBytes: 200 };

export function describeMemory({ memoryBytes, stringBytes }: LuaLimits): string {
  const inWords = (bytes: number) => (bytes < 1e5 ? `${bytes} bytes` : `${bytes / 1e6} MB`);
  return `out of memory: ${inWords(memoryBytes)} in all, ${inWords(stringBytes)} for one string`;
}

export const describeStop = ({ instructions }: LuaLimits): string =>
  `stopped after ${instructions / 1e6} million instructions; is there an endless loop?`;
