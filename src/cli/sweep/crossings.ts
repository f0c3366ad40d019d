import { SpecError } from '../../errors.ts';
import type { CrossoverMark } from '../../report/sweep/crossover-figure.ts';
import type { Crossovers } from '../../sweep/answers/find-crossovers.ts';
import { countPoints, type DesignSpace } from '../../sweep/study/space.ts';
import type { Axis } from '../../sweep/study/axis.ts';
import { LISTED_POINTS } from './answers.ts';

export interface CrossoverQuestion {
  readonly boards: readonly [string, string];
  readonly axis: string;
}

const isLine = ({ values }: Axis): boolean =>
  values.length > 1 && values.every((value) => typeof value === 'number');

/** The two boards and the axis that are asked for. Throws a SpecError of one line where the sweep does not have them. */
export function readQuestion(
  { axes }: DesignSpace,
  crossover: string,
  along: string | undefined,
): CrossoverQuestion {
  const known = axes.find(({ name }) => name === 'board')!.values.map(String);
  const [first = '', second = '', ...rest] = crossover.split(',').map((word) => word.trim());
  if (second === '' || rest.length > 0 || first === second)
    throw new SpecError(
      `--crossover ${crossover}: name two boards with a comma; this sweep has ${known.join(', ')}`,
    );
  const stray = [first, second].find((board) => !known.includes(board));
  if (stray !== undefined)
    throw new SpecError(`--crossover: "${stray}" is not in this sweep; its boards are ${known.join(', ')}`);
  const lines = axes.filter(isLine).sort((a, b) => b.values.length - a.values.length);
  if (lines.length === 0)
    throw new SpecError(
      '--crossover needs an axis of numbers with more than one value, such as --filters 1:64',
    );
  const names = lines.map(({ name }) => name);
  if (along !== undefined && !names.includes(along))
    throw new SpecError(
      `--along ${along}: is no axis of numbers with more than one value; choose from ${names.join(', ')}`,
    );
  return { boards: [first, second], axis: along ?? names[0] };
}

/** What a small sweep of two boards is asked without being told. */
export function defaultQuestion(space: DesignSpace): CrossoverQuestion | undefined {
  const boards = space.axes.find(({ name }) => name === 'board')!.values.map(String);
  if (boards.length !== 2 || countPoints(space) > LISTED_POINTS || !space.axes.some(isLine)) return undefined;
  return readQuestion(space, boards.join(','), undefined);
}

/** Where the figure has its dashed lines. */
export function marksOf({ crossovers }: Crossovers): CrossoverMark[] {
  return crossovers.map(({ fixed, before, after, to }) => ({
    fixed,
    before: Number(before),
    from: Number(after),
    leader: to,
  }));
}
