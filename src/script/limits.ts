/** What one call into Lua may use; all three are counted, so that they end a script at the same place everywhere. */
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
 * Limits of one call of a formula. Strings are short, so that no instruction on them takes long: formulas run where
 * nothing watches them from outside.
 */
export const FORMULA_LIMITS: LuaLimits = { instructions: 5e6, memoryBytes: 8e6, stringBytes: 4096 };
