/** What one evaluated point costs: the smaller the better in each; `violation` 0 where it is a candidate. */
export interface Scored {
  readonly costs: readonly number[];
  readonly violation: number;
}

/** Deb's rule: fewer violations win; of equal ones, whoever is nowhere worse and somewhere better. */
export function beats(a: Scored, b: Scored): boolean {
  if (a.violation !== b.violation) return a.violation < b.violation;
  let better = false;
  for (let cost = 0; cost < a.costs.length; cost++) {
    if (a.costs[cost] > b.costs[cost]) return false;
    if (a.costs[cost] < b.costs[cost]) better = true;
  }
  return better;
}

/**
 * Fronts of a population, the best first, as positions in it: fast non-dominated sorting (Deb, Pratap, Agarwal,
 * Meyarivan 2002, "A fast and elitist multiobjective genetic algorithm: NSGA-II", section III.A).
 */
export function sortFronts(population: readonly Scored[]): number[][] {
  const beaten: number[][] = population.map(() => []);
  const beatenBy = new Int32Array(population.length);
  for (let a = 0; a < population.length; a++) {
    for (let b = a + 1; b < population.length; b++) {
      if (beats(population[a], population[b])) {
        beaten[a].push(b);
        beatenBy[b]++;
      } else if (beats(population[b], population[a])) {
        beaten[b].push(a);
        beatenBy[a]++;
      }
    }
  }
  const fronts: number[][] = [];
  let front = population.flatMap((_, position) => (beatenBy[position] === 0 ? [position] : []));
  while (front.length > 0) {
    fronts.push(front);
    const next: number[] = [];
    for (const winner of front)
      for (const loser of beaten[winner]) if (--beatenBy[loser] === 0) next.push(loser);
    front = next.sort((a, b) => a - b);
  }
  return fronts;
}

/** How lonely each member of a front is: the ends infinitely, others by the gap between their neighbours (III.B). */
export function crowdingOf(population: readonly Scored[], front: readonly number[]): Map<number, number> {
  const crowding = new Map(front.map((position) => [position, 0]));
  const objectives = population[front[0] ?? 0]?.costs.length ?? 0;
  for (let cost = 0; cost < objectives; cost++) {
    const costOf = (position: number): number => population[position].costs[cost];
    const order = [...front].sort((a, b) => costOf(a) - costOf(b) || a - b);
    const range = costOf(order.at(-1)!) - costOf(order[0]);
    order.forEach((position, at) => {
      const isEnd = at === 0 || at === order.length - 1;
      const gap = isEnd ? Infinity : (costOf(order[at + 1]) - costOf(order[at - 1])) / (range || 1);
      crowding.set(position, crowding.get(position)! + gap);
    });
  }
  return crowding;
}
