import { SpecError } from '../../errors.ts';
import type { Board, Constant } from './board.ts';

type Node = Readonly<Record<string, unknown>>;

/** Steps into an object by key, or into an array by the `id` of its elements. */
function child(node: unknown, key: string): unknown {
  if (Array.isArray(node)) return node.find((element: { id?: string }) => element.id === key);
  return (node as Node | undefined)?.[key];
}

/**
 * The constant at a path such as "units.core.constants.cpiFloat32": keys of objects, ids of array elements.
 * Throws a SpecError where the board has no such constant.
 */
export function constantAt(board: Board, path: string): Constant {
  const found = path.split('.').reduce<unknown>(child, board) as Constant | undefined;
  if (typeof found?.value !== 'number') throw new SpecError(`board "${board.id}" has no constant "${path}"`);
  return found;
}

/** The board with another constant at the path; everything off the path is shared with the original. */
export function replaceAt(board: Board, path: string, constant: Constant): Board {
  return replaced(board, path.split('.'), constant) as Board;
}

/** The board with other values at these paths. Throws a SpecError where one does not exist. */
export function withConstants(board: Board, values: ReadonlyMap<string, number>): Board {
  let changed = board;
  for (const [path, value] of values)
    changed = replaceAt(changed, path, { ...constantAt(changed, path), value });
  return changed;
}

function replaced(node: unknown, path: readonly string[], constant: Constant): unknown {
  if (path.length === 0) return constant;
  const [key, ...rest] = path as [string, ...string[]];
  if (Array.isArray(node)) {
    return node.map((element: { id?: string }) =>
      element.id === key ? replaced(element, rest, constant) : element,
    );
  }
  return { ...(node as Node), [key]: replaced(child(node, key), rest, constant) };
}
