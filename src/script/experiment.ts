import { BINDINGS, type ExperimentHost } from './bindings.ts';
import { enableFormulas } from './formulas.ts';
import { describeStop, EXPERIMENT_LIMITS, type LuaLimits } from './limits.ts';
import type { Heartbeat } from './heartbeat.ts';
import { takeLua } from './lua-module.ts';
import type { LuaMachine } from './lua-machine.ts';
import { openSandbox } from './lua-sandbox.ts';
import { ScriptError } from './script-error.ts';
import type { HostFunction, LuaValue } from './values.ts';

/** A Lua script, what it is given, and what it may use. */
export interface Experiment {
  /** Begins its errors; a file's name without its folders. */
  readonly name: string;
  readonly source: string;
  /** Lua's `arg`. */
  readonly args: readonly string[];
  readonly host: ExperimentHost;
  readonly instructions?: number;
  /** Of math.random. */
  readonly seed?: number;
  readonly heartbeat?: Heartbeat;
  /** Where wasmoon's glue.wasm lies; needed in a browser. */
  readonly wasmUrl?: string;
}

const NOTE = `a script has Lua's safe functions and ${Object.keys(BINDINGS).join(', ')}`;

function bind(
  host: ExperimentHost,
  limits: LuaLimits,
  machine: () => LuaMachine,
): Record<string, HostFunction> {
  const afford = (more: number) => {
    machine().spend(more);
    if (machine().isSpent()) throw new ScriptError(describeStop(limits));
  };
  return Object.fromEntries(
    Object.entries(BINDINGS).map(([name, { instructions, instructionsOf, run }]) => [
      name,
      (...args: LuaValue[]) => {
        machine().spend(instructions);
        const result = run({ host, afford }, ...args);
        if (instructionsOf) machine().spend(instructionsOf(result));
        return result;
      },
    ]),
  );
}

/**
 * Runs a script and gives what it returns. The same script, arguments and seed give the same result everywhere. Throws
 * a ScriptError of one line, which begins with the script's name and line.
 */
export async function runExperiment(experiment: Experiment): Promise<LuaValue> {
  const { name, source, args, host, seed = 1, instructions, heartbeat, wasmUrl } = experiment;
  await enableFormulas(wasmUrl);
  const module = await takeLua(wasmUrl);
  const limits = { ...EXPERIMENT_LIMITS, ...(instructions !== undefined && { instructions }) };
  const sandbox = openSandbox(module, {
    limits,
    bindings: bind(host, limits, () => sandbox.machine),
    note: NOTE,
    seed,
    args,
    ...(heartbeat && { heartbeat }),
  });
  heartbeat?.entersLua();
  try {
    return sandbox.machine.call(name, sandbox.load(source, name));
  } finally {
    heartbeat?.leavesLua();
    sandbox.machine.close();
  }
}
