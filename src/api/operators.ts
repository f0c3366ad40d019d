/** Every operator that the project understands, for networks that are made by hand where no reader of files loads them. */
export { OPS as OPERATORS, type OpAttributes, type OpType } from '../kernels/index.ts';
export { registerOps as registerOperators } from '../kernels/registry.ts';
