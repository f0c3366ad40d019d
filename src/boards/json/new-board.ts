import { SpecError } from '../../errors.ts';
import { ALL_PARTS } from '../all-parts.ts';
import type { Grade } from '../board/board.ts';
import type { BoardFile, FileMemory } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';

/** What a new board is begun with; the rest stands in its file to be replaced. */
export interface NewBoard {
  readonly core: string;
  readonly clockHz: number;
  readonly id: string;
  readonly ramBytes: number;
  readonly flashBytes: number;
  /** Absent for a core without a data cache. */
  readonly cacheBytes?: number;
  readonly fpu?: BoardFile['fpu'];
}

const YOURS = 'given on the command line; name your data sheet here';
const GUESS = 'a guess to start from, as boards of this kind have it; replace it';
const LINE_FILL_NS = { ram: 40, flash: 60 };
const RUNTIME = 'tflm-invoke';

const given = (value: number, unit: string) => constant(value, unit, YOURS, 'documented');
const guessed = (value: number, unit: string, grade: Grade = 'estimated') =>
  constant(value, unit, GUESS, grade);

function memory(id: string, kind: 'ram' | 'flash', bytes: number, isCached: boolean): FileMemory {
  const availableBytes = given(bytes, 'bytes');
  if (!isCached) return { id, kind, availableBytes };
  return { id, kind, availableBytes, lineFillNs: guessed(LINE_FILL_NS[kind], 'ns per line') };
}

/** Kernels of today for a core, CMSIS-NN first where it has one. */
function librariesOf(core: string): string[] {
  const ids = ALL_PARTS.libraries
    .filter((library) => library.core === core && !library.id.includes('direct'))
    .map(({ id }) => id);
  const today = [...new Set(ids)].filter((id) => !/^(openmv|maixpy)/.test(id) && !id.endsWith('-Ofast'));
  return today.toSorted((a, b) => Number(a.startsWith('tflm')) - Number(b.startsWith('tflm')));
}

/**
 * A file of a board to start from: everything that it needs, and where each number has to come from. Throws a SpecError
 * for a core that is not known, or that has no kernels of today.
 */
export function newBoardFile(board: NewBoard): BoardFile {
  const { core, clockHz, id, ramBytes, flashBytes, cacheBytes, fpu } = board;
  const known = ALL_PARTS.cores.map((part) => part.id).filter((part) => librariesOf(part).length > 0);
  if (!known.includes(core))
    throw new SpecError(`--core ${core}: no such core; choose from ${known.join(', ')}`);
  const isCached = cacheBytes !== undefined;
  return {
    ...{ id, name: id, soc: 'name of your chip', summary: `a ${core} at ${clockHz / 1e6} MHz`, core },
    ...(fpu && { fpu }),
    libraries: librariesOf(core),
    runtime: RUNTIME,
    clocks: [{ id: 'core', hz: given(clockHz, 'Hz') }],
    memories: [memory('sram', 'ram', ramBytes, isCached), memory('flash', 'flash', flashBytes, isCached)],
    ...(isCached && {
      dataCache: {
        ...{ bytes: cacheBytes, ways: 4, lineBytes: 32, replacement: 'random', writeMissesStall: false },
        source: GUESS,
      },
    }),
    placement: { weights: 'flash', activations: 'sram', image: 'sram' },
    doubt: { factor: 1.8, grade: 'estimate', source: 'a new board: core and data sheet, nothing measured' },
  };
}
