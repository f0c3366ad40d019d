import type { Board, CoreUnit } from '../board/board.ts';
import type { Setting, SettingValue } from './setting.ts';

const BUILT = 'as-built';
const CACHE_KIB = [4, 8, 16, 32, 64];

const coreOf = ({ units }: Board): CoreUnit | undefined => units.find((unit) => unit.kind === 'core');

/** The board with a data cache of so many bytes before its core, or none. */
function withCacheBytes(board: Board, bytes: number | undefined): Board {
  const units = board.units.map((unit) => {
    if (unit.kind !== 'core' || !unit.dataCache) return unit;
    const { dataCache, ...bare } = unit;
    return bytes === undefined ? bare : { ...bare, dataCache: { ...dataCache, bytes } };
  });
  return { ...board, units };
}

const ofKib = (kib: number): readonly [string, SettingValue] => [
  `${kib}KiB`,
  {
    help: `${kib} KiB of the same ways and lines`,
    source: 'a question, no board: what another cache would change',
    grade: 'estimated',
    apply: (board) => withCacheBytes(board, kib * 1024),
  },
];

/** The data cache of the core: off, or of another size. */
export const DATA_CACHE: Setting = {
  key: 'core.dataCache',
  help: 'data cache of the core: off, or of another size',
  standard: BUILT,
  why: 'firmware turns the cache on, and its size is the chip’s',
  values: {
    [BUILT]: { help: 'as the board has it', source: 'page of the board', grade: 'documented' },
    off: {
      help: 'every load and store waits for its memory',
      source: 'no published time of a board with its cache off; access times of its page',
      grade: 'estimated',
      apply: (board) => withCacheBytes(board, undefined),
    },
    ...Object.fromEntries(CACHE_KIB.map(ofKib)),
  },
  open: {
    form: 'another power of 2, such as 128KiB',
    read: (text) => {
      const kib = Number(/^(\d{1,4})KiB$/.exec(text)?.[1]);
      return kib > 0 && Number.isInteger(Math.log2(kib)) ? ofKib(kib)[1] : undefined;
    },
  },
  isFor: (board) => coreOf(board)?.dataCache !== undefined,
};
