/** Every operator that the project understands, for networks that are made by hand where no reader of files loads them. */
export type { OpAttributes, OpType } from '../kernels/index.ts';
export { OPERATORS, registerOperators } from '../files/operators-by-hand.ts';
