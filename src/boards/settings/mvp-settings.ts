import { programUnitOf } from '../accelerators/program-kernels.ts';
import type { Board } from '../board/board.ts';
import type { Setting } from './setting.ts';

/** The board whose core runs every operator: by its own kernels, and without a program to write. */
export function withoutPrograms(board: Board): Board {
  return { ...board, units: board.units.filter(({ kind }) => kind !== 'programs') };
}

/** Whether the accelerator is there whose programs the core writes. */
export const MVP: Setting = {
  key: 'mvp',
  help: 'matrix and vector processor, or the kernels of the core alone',
  standard: 'present',
  why: 'the chip has it, and the vendor’s library uses it unless told otherwise',
  values: {
    present: { help: 'as the chip has it', source: 'page of the board', grade: 'documented' },
    absent: {
      help: 'every operator by the kernels of the core',
      source:
        'counted instructions of the core; mltk-image-example1-cpu in data/measured.csv is one such network',
      grade: 'fitted',
      apply: withoutPrograms,
    },
  },
  isFor: (board) => programUnitOf(board) !== undefined,
};
