import type { ProgramRun } from '../offload.ts';

/** Elements that one dimension of an array of the accelerator may have, and elements between two of them. */
export const MOST_ELEMENTS = 1024;
export const MOST_STRIDE = 2047;

/** What a kernel of the accelerator's library makes of an operator: its programs, or why it takes none. */
export type KernelPlan =
  | { readonly kernel: string; readonly runs: readonly ProgramRun[]; readonly isWaitedFor?: boolean }
  | { readonly refuses: string };

/** A size or a stride that the accelerator counts in its elements, and what it may be. */
export type Extent = readonly [what: string, elements: number, most: number];

/** Why arrays of these extents cannot be described to the accelerator; undefined where they can. */
export function refusedExtent(extents: readonly Extent[]): { readonly refuses: string } | undefined {
  const found = extents.find(([, elements, most]) => elements > most);
  if (found === undefined) return undefined;
  const [what, elements, most] = found;
  return { refuses: `${what} takes ${elements} elements, its arrays have at most ${most}` };
}

/** Two values of 8 bits are one element where their number is even: half as many elements. */
export const paired = (values: number): number => (values % 2 === 0 ? values / 2 : values);
