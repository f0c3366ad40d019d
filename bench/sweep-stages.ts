import process from 'node:process';
import { BOARDS } from '../src/boards/index.ts';
import { deploy } from '../src/deploy/index.ts';
import { paperCnn } from '../src/models/paper-cnn.ts';
import { Machine } from '../src/simulate/machine.ts';
import { clockProgram, priceProgram, scheduleProgram } from '../src/simulate/schedule.ts';
import { parseAxisValues } from '../src/sweep/axis-values.ts';
import { BATCH_POINTS } from '../src/sweep/batch.ts';
import { designSpace } from '../src/sweep/design-space.ts';
import { createEvaluator } from '../src/sweep/evaluator.ts';
import { modelMaker } from '../src/sweep/models.ts';
import { countPoints, pointAt, type DesignSpace } from '../src/sweep/space.ts';
import { encodePart } from '../src/sweep/store/parquet-file.ts';
import { specTemplate } from '../src/sweep/template.ts';

function paperFamily(sides: string, clocks: string): DesignSpace {
  const axes = {
    filters: '1:256',
    kernel: '1,3,5,7',
    side: sides,
    dtype: 'float32,int8',
    board: BOARDS.map(({ id }) => id).join(),
    clock: clocks,
  };
  return designSpace({
    model: specTemplate('paper:{filters},k={kernel},size={side}'),
    axes: Object.entries(axes).map(([name, text]) => ({ name, values: parseAxisValues(name, text) })),
  });
}

/** 1,024,000 points: each network on each board at ten clocks. */
export const FAMILY = paperFamily('8:56:2', '0.1x,0.2x,0.3x,0.4x,0.5x,0.6x,0.7x,0.8x,0.9x,1x');
/** 1,007,616 points: the same at two clocks, so that five times as many networks are built and deployed. */
export const FEW_CLOCKS = paperFamily('4:126', '0.5x,1x');

/** Processor time of all threads in ns: on a busy machine it says more than the clock on the wall. */
export function cpuNs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1e3;
}

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
        for (let inference = 0; inference < INFERENCES; inference++) machine.run(schedules[inference % 10]!);
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

/** Where the time of a sweep goes, stage by stage, over batches spread evenly over it. */
export function measureStages(space: DesignSpace): Stage[] {
  const stride = Math.floor(countPoints(space) / SAMPLED_BATCHES / BATCH_POINTS) * BATCH_POINTS;
  const starts = Array.from({ length: SAMPLED_BATCHES }, (_, at) => at * stride);
  const evaluator = createEvaluator(space, BOARDS);
  const stages = new Map<string, number>();
  const add = (name: string, ns: number): void => void stages.set(name, (stages.get(name) ?? 0) + ns);
  for (const from of [...starts, ...starts]) {
    const isWarm = stages.size > 0;
    if (from === 0) stages.clear();
    const whole = nanosecondsOf(() => void evaluator.evaluate(from, from + BATCH_POINTS));
    const parts = measureBatch(space, from, add);
    add('columns and rest', whole - parts);
    const results = evaluator.evaluate(from, from + BATCH_POINTS);
    add(
      'Parquet',
      nanosecondsOf(() => void encodePart(results, { warm: String(isWarm) })),
    );
    add('all', whole);
  }
  return [...stages].map(([name, ns]) => ({ name, us: ns / 1e3 / SAMPLED_BATCHES / BATCH_POINTS }));
}

/** Builds, deploys, prices and runs the designs of a batch apart; returns the sum of the parts in ns. */
function measureBatch(space: DesignSpace, from: number, add: (name: string, ns: number) => void): number {
  const clocks = space.axes.at(-1)!.values.length;
  const designs = Math.floor(BATCH_POINTS / clocks);
  const points = Array.from({ length: designs }, (_, at) => pointAt(space, from + at * clocks));
  const make = modelMaker(space);
  let sum = 0;
  const timed = <T>(name: string, run: () => T[]): T[] => {
    let made: T[] = [];
    const ns = nanosecondsOf(() => (made = run()));
    const scaled = name === 'build' ? ns / BOARDS.length : ns;
    add(name, scaled);
    sum += scaled;
    return made;
  };
  const boardOf = (at: number) => BOARDS.find(({ id }) => id === points[at]!.board)!;
  const models = timed('build', () => points.map((point) => make(point).model));
  const programs = timed('deploy', () => models.map((model, at) => deploy(model, boardOf(at))));
  const priced = timed('price', () => programs.map((program, at) => priceProgram(program, boardOf(at))));
  const schedules = timed('clock', () =>
    priced.flatMap((program, at) =>
      Array.from({ length: clocks }, () => clockProgram(program, '', boardOf(at))),
    ),
  );
  const machines = new Map(BOARDS.map((board) => [board, new Machine(board)]));
  timed('events', () =>
    schedules.map((schedule, at) => machines.get(boardOf(Math.floor(at / clocks)))!.run(schedule)),
  );
  return sum;
}
