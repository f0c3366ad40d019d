import type { Board } from '../../boards/board/board.ts';
import { SpecError } from '../../errors.ts';
import { parseClock } from './clock-axis.ts';
import type { DesignSpace } from './space.ts';
import type { AxisValue } from './axis.ts';

/** What values of these axes name, each a part of a board. */
const NAMED: Readonly<Record<string, (value: AxisValue) => readonly string[]>> = {
  kernels: (value) => [String(value)],
  weightsIn: (value) => [String(value)],
  clock: (value) => {
    const setting = parseClock(String(value));
    return setting.kind === 'hz' ? Object.keys(setting.hz) : [];
  },
};

const PARTS: Readonly<Record<string, (board: Board) => readonly string[]>> = {
  kernels: ({ runtime }) => runtime.kernels,
  weightsIn: ({ memories }) => memories.map(({ id }) => id),
  clock: ({ clocks }) => clocks.map(({ id }) => id),
};

/** Throws a SpecError of one line for a value that none of the boards knows; what one board knows others may refuse. */
export function requireKnownValues({ axes }: DesignSpace, boards: readonly Board[]): void {
  for (const { name, values } of axes) {
    const known = new Set(boards.flatMap((board) => PARTS[name]?.(board) ?? []));
    const stray = values.flatMap((value) => NAMED[name]?.(value) ?? []).find((part) => !known.has(part));
    if (stray === undefined) continue;
    throw new SpecError(`${name}: "${stray}" is of none of the boards; choose from ${[...known].join(', ')}`);
  }
}
