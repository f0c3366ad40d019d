import type { ScriptRuntime } from '../board/board.ts';
import { partsWereLoaded } from '../board/loaded-parts.ts';

/** What scripts cost under each runtime, by its id. */
export type Scripts = Readonly<Record<string, ScriptRuntime>>;

let scripts: Scripts | undefined;

/** Undefined until it is loaded, for a prediction needs none of it, and for a runtime without scripts. */
export function scriptOf(runtime: string): ScriptRuntime | undefined {
  return scripts?.[runtime];
}

/** Loads them, from now on; `load-scripts.ts` has them. */
export function setScripts(loaded: Scripts): void {
  if (scripts) return;
  scripts = loaded;
  partsWereLoaded();
}
