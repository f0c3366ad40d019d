import process from 'node:process';
import { BOARDS } from '../src/boards/index.ts';
import { deploy } from '../src/deploy/index.ts';
import { paperCnn } from '../src/models/specs/paper-cnn.ts';
import { Machine } from '../src/simulate/machine.ts';
import { reclockSchedule, scheduleProgram, unclockedSchedule } from '../src/simulate/schedule.ts';
import { BATCH_POINTS } from '../src/sweep/study/batch.ts';
import { createEvaluator } from '../src/sweep/evaluate/evaluator.ts';
import { modelMaker } from '../src/sweep/evaluate/design-models.ts';
import { countPoints, pointAt, type DesignSpace } from '../src/sweep/study/space.ts';
import { encodePart } from '../src/sweep/store/parquet-file.ts';
import { cpuNs } from './cpu-time.ts';

function nanosecondsOf(run: () => void): number {
  const start = cpuNs();
  run();
  return cpuNs() - start;
}

const INFERENCES = 100_000;
const ROUNDS = 5;

/** Inferences per second of schedules prepared for the paper's ten networks, half of them on each board: bench predict. */
export function preparedRate(): number {
  const secondsOf = BOARDS.map((board) => {
    const machine = new Machine(board);
    const schedules = Array.from({ length: 10 }, (_, at) =>
      scheduleProgram(deploy(paperCnn({ filters: at + 1 }), board), board),
    );
    const rounds = Array.from({ length: ROUNDS }, () =>
      nanosecondsOf(() => {
        for (let inference = 0; inference < INFERENCES; inference++) machine.run(schedules[inference % 10]);
      }),
    );
    return Math.min(...rounds) / 1e9 / INFERENCES;
  });
  return secondsOf.length / secondsOf.reduce((sum, seconds) => sum + seconds, 0);
}

export interface Stage {
  readonly name: string;
  /** Microseconds a point. */
  readonly us: number;
}

const SAMPLED_BATCHES = 6;
const WARM_UPS = 2;

/** Nanoseconds by stage. */
class Stopwatch {
  readonly spentNs = new Map<string, number>();
  #sinceNs = process.hrtime.bigint();

  start(): void {
    this.#sinceNs = process.hrtime.bigint();
  }

  lap(stage: string): void {
    const nowNs = process.hrtime.bigint();
    this.spentNs.set(stage, (this.spentNs.get(stage) ?? 0) + Number(nowNs - this.#sinceNs));
    this.#sinceNs = nowNs;
  }
}

/**
 * Where the time of a sweep goes, on the clock of the wall: its stages done one by one for the designs of batches that
 * are spread evenly over it (each built and deployed, without what neighbours share), then whole batches as the sweep
 * does them.
 */
export function measureStages(space: DesignSpace): Stage[] {
  const stride = Math.floor(countPoints(space) / SAMPLED_BATCHES / BATCH_POINTS) * BATCH_POINTS;
  const evaluator = createEvaluator(space, BOARDS);
  let watch = new Stopwatch();
  for (let round = 0; round <= WARM_UPS; round++) {
    watch = new Stopwatch();
    for (let batch = 0; batch < SAMPLED_BATCHES; batch++) {
      measureDesigns(space, batch * stride, watch);
      watch.start();
      const results = evaluator.evaluate(batch * stride, batch * stride + BATCH_POINTS);
      watch.lap('whole batch');
      encodePart(results, {});
      watch.lap('Parquet');
    }
  }
  return [...watch.spentNs].map(([name, ns]) => ({ name, us: ns / 1e3 / SAMPLED_BATCHES / BATCH_POINTS }));
}

function measureDesigns(space: DesignSpace, from: number, watch: Stopwatch): void {
  const clocks = space.axes.at(-1)!.values.length;
  const machines = new Map(BOARDS.map((board) => [board.id, new Machine(board)]));
  const make = modelMaker(space);
  for (let index = from; index + clocks <= from + BATCH_POINTS; index += clocks) {
    const point = pointAt(space, index);
    const board = BOARDS.find(({ id }) => id === point.board)!;
    watch.start();
    const { model } = make(point);
    watch.lap('build');
    const program = deploy(model, board);
    watch.lap('deploy');
    const schedule = unclockedSchedule(program, board);
    watch.lap('price');
    for (let clock = 0; clock < clocks; clock++) {
      reclockSchedule(schedule, '', board);
      machines.get(board.id)!.run(schedule);
    }
    watch.lap('clocks and events, one by one');
  }
}
