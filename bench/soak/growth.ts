import { medianOf } from '../harness.ts';

/** The memory of a process after so many rounds, behind a collection. */
export interface Look {
  readonly round: number;
  readonly heapKb: number;
  readonly rssKb: number;
}

/** What is kept of a round in the long run, and by how much the least of the last window is above that of the first. */
export interface Growth {
  readonly kbPerRound: number;
  readonly grownKb: number;
}

/** The first half fills caches, compiled code and the allocator's free lists: it is left out. */
const WARM_UP = 0.5;
const WINDOWS = 10;

type Point = readonly [round: number, kb: number];

const leastOf = (points: readonly Point[]): Point =>
  points.reduce((least, point) => (point[1] < least[1] ? point : least));

/** The median of the slopes between all pairs of points (Theil 1950, Sen 1968): three points in ten may lie anywhere. */
export function slopeOf(points: readonly Point[]): number {
  const slopes = points.flatMap(([x, y], at) => points.slice(at + 1).map(([x1, y1]) => (y1 - y) / (x1 - x)));
  return medianOf(slopes);
}

/**
 * How memory grows over the second half of the looks. A collector and an allocator hold now more and now less of what is
 * free, so single looks move to and fro by megabytes; but what the program keeps lies under all of them. So each tenth
 * counts with its least look, and a straight line goes through these ten. What is kept lifts each least by the same a round:
 * a leak cannot hide below, and a saw of free memory hardly tilts the line as long as each window sees its teeth's foot.
 */
export function growthOf(looks: readonly Look[], kbOf: (look: Look) => number): Growth {
  const last = looks.at(-1)!.round;
  const points = looks
    .filter(({ round }) => round > WARM_UP * last)
    .map((look): Point => [look.round, kbOf(look)]);
  const many = Math.max(1, Math.floor(points.length / WINDOWS));
  const floors = Array.from({ length: Math.floor(points.length / many) }, (_, at) =>
    leastOf(points.slice(at * many, (at + 1) * many)),
  );
  return { kbPerRound: slopeOf(floors), grownKb: floors.at(-1)![1] - floors[0]![1] };
}
