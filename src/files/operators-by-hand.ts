import { enableOperators } from '../deploy/enable-operators.ts';
import { OPS } from '../kernels/index.ts';
import { registerOps } from '../kernels/registry.ts';

enableOperators();

/** Every operator that the project understands, by its name in TFLite. */
export const OPERATORS: typeof OPS = OPS;

/** Loads operators; one that is loaded already stays as it is. */
export const registerOperators: typeof registerOps = (ops) => registerOps(ops);
