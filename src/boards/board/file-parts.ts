import { SpecError } from '../../errors.ts';
import type { Memory } from './board.ts';
import type { BoardFile, FileMemory } from './board-file.ts';
import type { KernelLibrary } from './board-parts.ts';

/** Builds for this width of the floating-point unit before others of the same id. */
// @__NO_SIDE_EFFECTS__
export function librariesFor(all: readonly KernelLibrary[], fpu: BoardFile['fpu']): readonly KernelLibrary[] {
  return fpu === undefined ? all : all.toSorted((a, b) => Number(b.fpu === fpu) - Number(a.fpu === fpu));
}

/**
 * A memory as boards have it: what is told in ns as cycles of the core, which do not follow its clock. Throws a SpecError
 * for one that is told in both.
 */
// @__NO_SIDE_EFFECTS__
export function boardMemory({ lineFillNs, ...memory }: FileMemory, { id, clocks }: BoardFile): Memory {
  if (!lineFillNs) return memory;
  if (memory.lineFillCycles)
    throw new SpecError(
      `board "${id}": memory "${memory.id}" has lineFillNs and lineFillCycles; allowed: one of them`,
    );
  const { value: hz } = clocks.find((clock) => clock.id === 'core')!.hz;
  const cycles = { ...lineFillNs, value: (lineFillNs.value * hz) / 1e9, unit: 'core cycles per line' };
  return { ...memory, lineFillCycles: cycles, lineFillAtHz: hz };
}
