import { seededIntegers } from '../../seeded-random.ts';
import { shuffledIndex } from '../study/sampling.ts';
import { crowdingOf, sortFronts, type Scored } from './dominance.ts';

export interface SearchOptions {
  /** Number of values of each axis; a point is a position on each. */
  readonly bases: readonly number[];
  /** Points to evaluate; at most as many as the grid has. */
  readonly points: number;
  readonly seed: number;
  readonly population: number;
  /** Scores of these points of the grid, in their order. */
  readonly evaluate: (points: readonly number[]) => readonly Scored[];
}

interface Individual extends Scored {
  readonly digits: readonly number[];
  rank: number;
  crowding: number;
}

const CROSSOVER_SHARE = 0.9;
/** Times that a child which was asked for before is changed again, until a point is drawn instead. */
const RETRIES = 8;

/**
 * NSGA-II (Deb, Pratap, Agarwal, Meyarivan 2002) on a grid: uniform crossover, mutations that are mostly small steps
 * along an axis, constraints by Deb's rule. No point is asked for twice, so that the budget buys that many points.
 * The same seed gives the same points. Returns them in the order in which they were asked for.
 */
export function searchGrid(options: SearchOptions): Float64Array {
  return new GridSearch(options).run();
}

class GridSearch {
  readonly #options: SearchOptions;
  readonly #draw: () => number;
  readonly #gridPoints: number;
  readonly #asked: number[] = [];
  readonly #known = new Set<number>();
  #shuffled = 0;

  constructor(options: SearchOptions) {
    this.#options = options;
    this.#draw = seededIntegers(options.seed);
    this.#gridPoints = options.bases.reduce((product, base) => product * base, 1);
  }

  run(): Float64Array {
    const { points, population } = this.#options;
    const first = Array.from({ length: Math.min(points, population) }, () => this.#unasked());
    let parents = rankAll(this.#score(first));
    while (this.#asked.length < points) {
      const count = Math.min(population, points - this.#asked.length);
      const children = Array.from({ length: count }, () => this.#child(parents));
      parents = survivors([...parents, ...this.#score(children)], population);
    }
    return Float64Array.from(this.#asked);
  }

  #score(points: readonly number[]): Individual[] {
    this.#asked.push(...points);
    return this.#options.evaluate(points).map((scored, at) => ({
      costs: scored.costs,
      violation: scored.violation,
      digits: this.#digitsOf(points[at]),
      rank: 0,
      crowding: 0,
    }));
  }

  /** A point that was not asked for, in an order drawn from the seed. */
  #unasked(): number {
    for (;;) {
      const point = shuffledIndex(this.#shuffled++, this.#gridPoints, this.#options.seed);
      if (this.#take(point)) return point;
    }
  }

  #take(point: number): boolean {
    if (this.#known.has(point)) return false;
    this.#known.add(point);
    return true;
  }

  #child(parents: readonly Individual[]): number {
    const digits = this.#crossed(this.#winner(parents), this.#winner(parents));
    for (let retry = 0; retry < RETRIES; retry++) {
      this.#mutate(digits);
      const point = this.#pointOf(digits);
      if (this.#take(point)) return point;
    }
    return this.#unasked();
  }

  /** The better of two drawn parents: by front, then by loneliness. */
  #winner(parents: readonly Individual[]): Individual {
    const [a, b] = [parents[this.#below(parents.length)], parents[this.#below(parents.length)]];
    if (a.rank !== b.rank) return a.rank < b.rank ? a : b;
    return a.crowding >= b.crowding ? a : b;
  }

  #crossed(a: Individual, b: Individual): number[] {
    if (this.#share() >= CROSSOVER_SHARE) return [...a.digits];
    return a.digits.map((digit, axis) => (this.#below(2) === 0 ? digit : b.digits[axis]));
  }

  /** Changes one axis on average, at least one: by a small step, or, one time in four, to any value. */
  #mutate(digits: number[]): void {
    const { bases } = this.#options;
    const sure = this.#below(bases.length);
    bases.forEach((base, axis) => {
      if (base === 1 || (axis !== sure && this.#below(bases.length) !== 0)) return;
      if (this.#below(4) === 0) digits[axis] = this.#below(base);
      else digits[axis] = Math.max(0, Math.min(base - 1, digits[axis] + this.#step(base)));
    });
  }

  /** A step up or down; half as likely for each doubling of its length, up to a quarter of the axis. */
  #step(base: number): number {
    let length = 1;
    while (length * 4 < base && this.#below(2) === 0) length *= 2;
    const amount = 1 + this.#below(length);
    return this.#below(2) === 0 ? amount : -amount;
  }

  #below(count: number): number {
    return this.#draw() % count;
  }

  #share(): number {
    return this.#draw() / 2 ** 30;
  }

  #pointOf(digits: readonly number[]): number {
    return digits.reduce((point, digit, axis) => point * this.#options.bases[axis] + digit, 0);
  }

  #digitsOf(point: number): number[] {
    const { bases } = this.#options;
    const digits: number[] = new Array<number>(bases.length);
    let rest = point;
    for (let axis = bases.length - 1; axis >= 0; axis--) {
      digits[axis] = rest % bases[axis];
      rest = Math.floor(rest / bases[axis]);
    }
    return digits;
  }
}

function rankAll(population: readonly Individual[]): Individual[] {
  return survivors(population, population.length);
}

/** The best of parents and children: whole fronts, and of the one that is too large the loneliest. */
function survivors(population: readonly Individual[], count: number): Individual[] {
  const kept: Individual[] = [];
  for (const [rank, front] of sortFronts(population).entries()) {
    const crowding = crowdingOf(population, front);
    const members = front.map((position) => {
      const member = population[position];
      member.rank = rank;
      member.crowding = crowding.get(position)!;
      return member;
    });
    if (kept.length + members.length > count) members.sort((a, b) => b.crowding - a.crowding);
    kept.push(...members.slice(0, count - kept.length));
    if (kept.length === count) return kept;
  }
  return kept;
}
