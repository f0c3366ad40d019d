/** Lua, sandboxed: experiments, and boards whose costs are Lua scripts. */
export type { ExperimentHost } from '../script/bindings.ts';
export { runExperiment, type Experiment } from '../script/experiment.ts';
export { enableFormulas, prepareFormulas } from '../script/formulas.ts';
export type { LuaValue } from '../script/values.ts';
