import type { Argv } from 'yargs';
import { JSON_OPTION } from '../command.ts';

/** More than most machines have cores for; each takes some tens of MB. */
export const MAX_THREADS = 256;

const TEXT = { type: 'string', requiresArg: true } as const;
const COUNT = { type: 'number', requiresArg: true } as const;

const STUDY = {
  model: { ...TEXT, describe: 'What is built: a template such as paper:{filters},k={kernel}, or a file' },
  space: { ...TEXT, describe: 'A YAML or JSON file that says the same as the options' },
  sample: { ...TEXT, describe: 'Instead of every point: random:1000, lhs:1000 or search:5000' },
  seed: { ...COUNT, describe: 'Of --sample (1)' },
  where: { ...TEXT, describe: 'What a point must meet, e.g. "memory fits", "latencyMs < 5"; may recur' },
  objectives: { ...TEXT, describe: 'What is best: latencyMs, flashBytes, ramBytes, macs, accuracy' },
  intervals: {
    type: 'boolean',
    describe: '90 % intervals (default: for up to 1,000 points; up to 3 times slower)',
  },
} as const;

const AXES = {
  filters: { ...TEXT, describe: 'Without --model: 8, 1,3,5 or 1:64 (1:10)' },
  kernel: { ...TEXT, describe: 'Without --model: kernel sides, e.g. 1,3,5,7 (3)' },
  side: { ...TEXT, describe: 'Without --model: image sides in pixels, e.g. 14,28 (14); or --size' },
  board: { ...TEXT, alias: ['b', 'boards'], describe: 'Board ids or JSON files with commas, or all (all)' },
  dtype: { ...TEXT, describe: 'float32, int8 or both with a comma' },
  clock: { ...TEXT, describe: 'Factors or frequencies: 0.5x,1x,core=240MHz' },
  kernels: { ...TEXT, describe: "Kernel libraries, each one of the board's" },
  'weights-in': { ...TEXT, describe: 'Memories that hold the weights, by id' },
  'float-fc': { ...TEXT, describe: 'Every Dense on the core: yes,no' },
  'copy-out': { ...TEXT, describe: 'Who copies a result of the accelerator: cpu,dma' },
} as const;

const RUN = {
  set: {
    ...TEXT,
    describe: 'Choices of firmware and converter, KEY=VALUE with commas, see docs/settings.md',
  },
  out: { ...TEXT, describe: 'Folder that keeps every finished batch and at last results.parquet' },
  resume: { type: 'boolean', default: false, describe: 'Do only what the folder of --out lacks' },
  workers: { ...COUNT, describe: 'Threads (default: one a core)' },
  queue: { ...TEXT, describe: 'Redis of many machines: redis://:password@host:6379, rediss:// for TLS' },
} as const;

const ANSWERS = {
  pareto: { type: 'boolean', default: false, describe: 'The points that no other beats in all --objectives' },
  crossover: { ...TEXT, describe: 'Two boards with a comma: where the faster one changes, and why' },
  along: { ...TEXT, describe: 'The axis along which --crossover looks (the longest)' },
  csv: { ...TEXT, describe: 'Write the rows as CSV to this file; - for standard output' },
  parquet: { ...TEXT, describe: 'Write the rows as Parquet to this file' },
  'json-rows': {
    ...TEXT,
    describe: 'Write the rows as JSON, one a line, to this file; - for standard output',
  },
  svg: { ...TEXT, describe: 'Draw the results to this file' },
  plot: {
    choices: ['heatmap', 'small-multiples', 'pareto', 'lines'],
    requiresArg: true,
    describe: 'What --svg draws (default: by the axes)',
  },
  metric: { ...TEXT, describe: 'What --svg shows (latencyMs)' },
  ...JSON_OPTION,
} as const;

/** Options that are no axes; every other one that is given is an axis of the template. */
export const SWEEP_OPTIONS = { ...STUDY, ...AXES, ...RUN, ...ANSWERS };

export const STUDY_OPTIONS = Object.keys(STUDY);

/** Names of the axes that have an option of their own, beside the placeholders of a template. */
export const AXIS_OPTIONS = Object.keys(AXES);

const AFTERWORD =
  'An axis takes 8, a list 1,3,5, a range 1:64 or 1:64:2 in steps. Ctrl-C keeps what is finished in --out.';

/** Declares the options of `sweep` in groups. Unknown options are axes, so that the command itself rejects unknown ones. */
export function declareSweepOptions(yargs: Argv): Argv<object> {
  return yargs
    .strict(false)
    .parserConfiguration({
      'duplicate-arguments-array': true,
      'parse-numbers': false,
      'dot-notation': false,
    })
    .options(SWEEP_OPTIONS)
    .group(STUDY_OPTIONS, 'Study:')
    .group(AXIS_OPTIONS, 'Axes (and one for each {name} of --model):')
    .group(Object.keys(RUN), 'Run:')
    .group(Object.keys(ANSWERS), 'Answers:')
    .example('$0 sweep --filters 1:64 --kernel 1,3,5,7', "the paper's network on every board")
    .example("$0 sweep --model 'paper:{filters},k={k}' --filters 1:256 --k 1,3,5", 'each {name} is an option')
    .example('$0 sweep --filters 1:64 --dtype float32,int8 --clock 0.5x,1x', 'types and clocks are axes too')
    .example('$0 sweep --filters 1:256 --size 14:96 --sample lhs:1000', 'a Latin hypercube of 1,000 points')
    .example('$0 sweep --filters 1:64 --where "latencyMs < 5" --pareto', 'the best within limits')
    .example('$0 sweep --filters 1:64 --crossover maixduino,openmv-h7-plus', 'which is faster, and where')
    .example('$0 sweep --filters 1:64 --kernel 1,3,5,7 --svg map.svg', 'a heat map; --plot draws others')
    .example('$0 sweep --space study.yaml --out results --resume', 'a study in a file; go on after a crash')
    .example('$0 sweep --space study.yaml --queue redis://host --out results', 'on many machines')
    .epilogue(AFTERWORD);
}
