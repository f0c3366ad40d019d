import { hasFormulas, setFormulaCompiler, type Formula } from '../boards/pricing/formula.ts';
import type { Counts } from '../boards/pricing/terms.ts';
import { FORMULA_LIMITS } from './limits.ts';
import { loadLua, type LuaModule } from './lua-module.ts';
import { FORMULA_CALL, FORMULA_NAME, SANDBOX_NAME } from './prelude.ts';
import { openSandbox } from './lua-sandbox.ts';
import { ScriptError } from './script-error.ts';

/** Texts in the source are no longer than this either. */
const MAX_SOURCE_LETTERS = 20_000;
const NOTE = 'a formula has work, math, pairs, ipairs, select, type, tonumber, assert and error';

/** A formula of this source; each call runs the whole script anew, so that calls cannot depend on each other. */
function compileFormula(module: LuaModule, source: string): Formula {
  if (source.length > MAX_SOURCE_LETTERS) {
    throw new ScriptError(`${FORMULA_NAME}:1: the script is longer than ${MAX_SOURCE_LETTERS} letters`);
  }
  const { machine, load } = openSandbox(module, { limits: FORMULA_LIMITS, bindings: {}, note: NOTE });
  try {
    const script = load(source, FORMULA_NAME);
    const driver = machine.load(FORMULA_CALL, SANDBOX_NAME);
    machine.call(FORMULA_NAME, driver, script);
    const formula = (counts: Counts) => machine.call(FORMULA_NAME, driver, script, counts) as number;
    return Object.assign(formula, { close: () => machine.close() });
  } catch (error) {
    // Lua's memory is in the module, where no collector sees it.
    machine.close();
    throw error;
  }
}

let loading: Promise<LuaModule> | undefined;

/** Loads Lua and lets boards whose costs are Lua scripts be priced, from now on, in this thread. */
export async function enableFormulas(wasmUrl?: string): Promise<void> {
  loading ??= loadLua(wasmUrl).then((module) => {
    setFormulaCompiler((source) => compileFormula(module, source));
    return module;
  });
  await loading;
}

/**
 * Makes boards ready to predict with: where one of them has a cost in Lua, Lua is loaded. Call it once in each thread
 * that prices such a board, before it is parsed or used. In a browser `wasmUrl` says where wasmoon's glue.wasm lies.
 */
export async function prepareFormulas(boards: readonly unknown[], wasmUrl?: string): Promise<void> {
  if (boards.some(hasFormulas)) await enableFormulas(wasmUrl);
}
