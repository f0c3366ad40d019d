import { fail, shapeText } from '../definition/operands.ts';

/** Which sides of a matrix product are transposed. */
export interface Transposed {
  readonly adjX: boolean;
  readonly adjY: boolean;
}

/** A product of rows x depth by depth x columns for each of the batches. */
export interface MatmulGeometry {
  readonly batches: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
}

function broadcastBatches(left: readonly number[], right: readonly number[]): number[] {
  const rank = Math.max(left.length, right.length);
  const at = (shape: readonly number[], axis: number) => shape[axis - rank + shape.length] ?? 1;
  return Array.from({ length: rank }, (_, axis) => {
    const [a, b] = [at(left, axis), at(right, axis)];
    if (a === b || a === 1 || b === 1) return a === 1 ? b : a;
    return fail(`batches ${shapeText(left)} and ${shapeText(right)} do not broadcast`);
  });
}

/** The matrices of a batched product. Throws a SpecError where the sides do not fit. */
export function matmulGeometry(
  lhs: readonly number[],
  rhs: readonly number[],
  { adjX, adjY }: Transposed,
): MatmulGeometry {
  if (lhs.length < 2 || rhs.length < 2) {
    fail(`needs 2 dimensions or more on both sides, got ${shapeText(lhs)} and ${shapeText(rhs)}`);
  }
  const [rows, depth] = adjX ? [lhs.at(-1)!, lhs.at(-2)!] : [lhs.at(-2)!, lhs.at(-1)!];
  const [inner, columns] = adjY ? [rhs.at(-1)!, rhs.at(-2)!] : [rhs.at(-2)!, rhs.at(-1)!];
  if (depth !== inner)
    fail(`${depth} columns on the left, ${inner} rows on the right; they need to be equal`);
  return { batches: broadcastBatches(lhs.slice(0, -2), rhs.slice(0, -2)), rows, columns, depth };
}
