import type { Board } from '../../boards/board/board.ts';
import { constantAt } from '../../boards/board/constant-paths.ts';
import { SpecError } from '../../errors.ts';

/** A constant that own rows may move: its value now, and the relative spread of what was believed of it. */
export interface FreeParameter {
  readonly path: string;
  readonly before: number;
  readonly spread: number;
}

/** Relative spreads by the name of a constant: boards of one core differ by a tenth to a quarter, calls by twice. */
const SPREADS: readonly (readonly [name: RegExp, spread: number])[] = [
  [/(^|\.)(callCycles|layerCycles)$/, 0.7],
  [/\.cpi\w*$/, 0.25],
  [/lineFillCycles$/, 0.3],
];

function pathsOf(board: Board): string[] {
  const core = board.units.find(({ kind }) => kind === 'core');
  const ofCore = core ? Object.keys(core.constants).map((name) => `units.${core.id}.constants.${name}`) : [];
  const fills = board.memories.flatMap(({ id, lineFillCycles }) =>
    lineFillCycles ? [`memories.${id}.lineFillCycles`] : [],
  );
  return [...ofCore, ...fills];
}

const spreadOf = (path: string): number | undefined => SPREADS.find(([name]) => name.test(path))?.[1];

/** The constants of `free`, or all that boards of a kind differ in. Throws a SpecError for one that the board has not. */
export function freeParameters(board: Board, free?: readonly string[]): FreeParameter[] {
  const known = pathsOf(board);
  const wanted = free ?? known.filter((path) => spreadOf(path) !== undefined);
  return wanted.map((name) => {
    const path = known.find((one) => one === name || one.endsWith(`.${name}`));
    if (path === undefined) {
      throw new SpecError(
        `--free: board "${board.id}" has no constant "${name}"; there are ${known.join(', ')}`,
      );
    }
    return { path, before: constantAt(board, path).value, spread: spreadOf(path) ?? 0.3 };
  });
}
