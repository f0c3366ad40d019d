import type { Heartbeat } from './heartbeat.ts';
import type { LuaLimits } from './limits.ts';
import type { LuaModule } from './lua-module.ts';
import { LuaMachine } from './lua-machine.ts';
import { SANDBOX, SANDBOX_NAME } from './prelude.ts';
import type { HostFunction, LuaReference } from './values.ts';

export interface SandboxOptions {
  readonly limits: LuaLimits;
  readonly bindings: Readonly<Record<string, HostFunction>>;
  /** Ends the message about an unknown name: what the script may use. */
  readonly note: string;
  /** Of math.random; without one the globals are those of a formula, which can change nothing. */
  readonly seed?: number;
  /** Lua's `arg`. */
  readonly args?: readonly string[];
  readonly heartbeat?: Heartbeat;
}

/** A Lua state whose scripts have no files, programs, network, clock or chance of their own. */
export interface Sandbox {
  readonly machine: LuaMachine;
  /** Compiles a script for the sandbox's globals. Throws a ScriptError. */
  load(source: string, name: string): LuaReference;
}

/** Opens a sandbox in a loaded Lua; see SANDBOX for what it holds back. */
export function openSandbox(module: LuaModule, options: SandboxOptions): Sandbox {
  const { bindings, note, seed, args, ...machineOptions } = options;
  const machine = new LuaMachine(module, machineOptions);
  const globals = machine.prepare(machine.load(SANDBOX, SANDBOX_NAME), { ...bindings }, note, seed, args);
  return {
    machine,
    load(source, name) {
      const chunk = machine.load(source.replace(/^#/, '--'), name);
      machine.setGlobals(chunk, globals);
      return chunk;
    },
  };
}
