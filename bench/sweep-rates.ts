// How much slower than the paper's family other sweeps are: a file over clocks, a JSON template, few clocks.
import { BOARDS } from '../src/boards/index.ts';
import { createEvaluator, type Evaluator } from '../src/sweep/evaluate/evaluator.ts';
import { encodePart } from '../src/sweep/store/parquet-file.ts';
import { BATCH_POINTS } from '../src/sweep/study/batch.ts';
import { countPoints, type DesignSpace } from '../src/sweep/study/space.ts';
import { cpuNs } from './cpu-time.ts';
import type { Bar } from './harness.ts';
import {
  FAMILY,
  FAMILY_AT_2,
  FAMILY_AT_32,
  FILE_OVER_CLOCKS,
  intervalsOn,
  JSON_TEMPLATE,
} from './sweep-spaces.ts';

const SAMPLED_BATCHES = 4;
const ROUNDS = 9;
const WARM_UPS = 2;

class Contender {
  readonly #space: DesignSpace;
  readonly #evaluator: Evaluator;
  readonly #usPerPoint: number[] = [];

  constructor(space: DesignSpace) {
    this.#space = space;
    this.#evaluator = createEvaluator(space, BOARDS);
  }

  /** Evaluates batches that are spread evenly over the space and writes them as Parquet; notes us a point. */
  round(): void {
    const batches = countPoints(this.#space) / BATCH_POINTS;
    const sampled = Math.min(SAMPLED_BATCHES, batches);
    const startNs = cpuNs();
    for (let batch = 0; batch < sampled; batch++) {
      const from = Math.floor((batch * batches) / sampled) * BATCH_POINTS;
      encodePart(this.#evaluator.evaluate(from, from + BATCH_POINTS), {});
    }
    this.#usPerPoint.push((cpuNs() - startNs) / 1e3 / sampled / BATCH_POINTS);
  }

  usPerPoint(round: number): number {
    return this.#usPerPoint[round + WARM_UPS];
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/**
 * Points a second and core of other sweeps over those of the paper's family, from the points to Parquet in one thread:
 * the median over rounds in which all run side by side, so that a slow moment of the machine strikes both of a ratio.
 */
export function measureRates(): Bar[] {
  const spaces = [FAMILY, FILE_OVER_CLOCKS, JSON_TEMPLATE, FAMILY_AT_2, FAMILY_AT_32];
  const contenders = spaces.map((space) => new Contender(space));
  for (let round = 0; round < WARM_UPS + ROUNDS; round++) for (const each of contenders) each.round();
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
  const [ofFamily, ofFile, ofJson, ofTwo, ofMany] = contenders;
  const rateOver = (one: Contender, other: Contender): number =>
    median(rounds.map((round) => other.usPerPoint(round) / one.usPerPoint(round)));
  const us = contenders.map((each) => median(rounds.map((round) => each.usPerPoint(round))).toFixed(2));
  console.log(
    `one thread, us a point: family ${us[0]}, .tflite over clocks ${us[1]}, JSON template ${us[2]}`,
  );
  console.log(`  the family's networks at two clocks ${us[3]}, at 32 clocks ${us[4]}`);
  const bar = 0.5;
  return [
    {
      name: '.tflite over clocks, points/s/core of the family',
      value: rateOver(ofFile, ofFamily),
      bar,
      unit: 'x',
    },
    { name: 'JSON template over three axes', value: rateOver(ofJson, ofFamily), bar, unit: 'x' },
    { name: 'two clocks over 32 clocks', value: rateOver(ofTwo, ofMany), bar, unit: 'x' },
  ];
}

/** Times that points with intervals take of points without, of each board at one clock and at four, side by side. */
export function measureIntervals(): Bar[] {
  return [1, 4].flatMap((clocks) =>
    BOARDS.map(({ id }) => {
      const [bare, whole] = [false, true].map(
        (intervals) => new Contender(intervalsOn(id, clocks, intervals)),
      );
      for (let round = 0; round < WARM_UPS + ROUNDS; round++) for (const each of [bare, whole]) each.round();
      const ratios = Array.from(
        { length: ROUNDS },
        (_, round) => whole.usPerPoint(round) / bare.usPerPoint(round),
      );
      const at = clocks === 1 ? 'one clock' : `${clocks} clocks`;
      return { name: `--intervals, ${id} at ${at}`, value: median(ratios), bar: 3, atMost: true, unit: 'x' };
    }),
  );
}
