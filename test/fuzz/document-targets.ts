/*
 * What people hand in besides networks and pictures of their own: documents of JSON, tables, logs, and what lies in a Redis
 * or in a folder of results.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOwnRows } from '../../src/calibrate/own/own-rows.ts';
import { maixduino } from '../../src/boards/index.ts';
import { parseBaseline } from '../../src/cli/check/baseline.ts';
import { parseBudgets } from '../../src/cli/check/budget-file.ts';
import { parseIdx } from '../../src/datasets/idx.ts';
import { FormatError } from '../../src/errors.ts';
import { gradeAnswers, parseAnswers } from '../../src/experiments/lessons/grade.ts';
import { FIRST_EXPERIMENT, parseExperiment } from '../../src/experiments/parse-experiment.ts';
import { readDevices } from '../../src/firmware/buses/read-devices.ts';
import { readLog } from '../../src/profiles/read-log.ts';
import { parseBatchNotice, parseSweepNotice } from '../../src/sweep/queue/notices.ts';
import { encodePart } from '../../src/sweep/store/parquet-file.ts';
import { parsePart } from '../../src/sweep/store/part.ts';
import { partTags } from '../../src/sweep/store/part-tags.ts';
import { parseStudy } from '../../src/sweep/study/parse-study.ts';
import { planSweep } from '../../src/sweep/study/run-plan.ts';
import { mutateBytes, mutateJson } from './mutate.ts';
import { bytesOf, jsonOf, one, parsed, text, type Target } from './target.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path));

const BASELINE_READING = {
  ...{ model: 'paper:8', board: 'maixduino', flashBytes: 1, ramBytes: 1, warnings: [], parts: [] },
  latencyMs: { value: 1, low: 1, high: 1 },
};
const DEVICES = [
  { bus: 'i2c', address: '0x68', registers: { '0x75': '0x71' }, readings: { 59: [1, 2] } },
  { bus: 'spi', select: 'P3', registers: { 1: 2 } },
  { bus: 'adc', pin: 'P6', values: [1, 4095] },
  { bus: 'uart', port: 3, sends: [{ atMs: 60, text: 'hello' }], to: 'stdout' },
  { bus: 'pin', pin: 'BOOT_KEY', levels: [{ atMs: 100, level: 0 }] },
];
const LOGS = [
  'CONV_2D took 6425608 ticks (128 ms).\nMAX_POOL_2D took 826383 ticks (16 ms).\nRESHAPE took 45501 ticks (0 ms).',
  'op,ms\nCONV_2D,0.4\nFULLY_CONNECTED,0.5\n',
  '+-------+----------+------+\n| Index | OpCode   | Time |\n+-------+----------+------+\n| 0     | conv_2d  | 5.4m |\n| 1     | softmax  | 360u |\n',
  'layer 0 [KLK2dConv]: 1.5 ms\nlayer 1 [KLDense]: 0.5 ms\nTotal: 2 ms\n',
];
const SPACE = parseStudy(
  '{ "model": "paper:{filters}", "axes": { "filters": "1:3", "board": "maixduino" } }',
  'x',
  [maixduino],
);
const PLAN = planSweep(SPACE, [maixduino], { version: '0.1.0' });
const PART = {
  rows: 3,
  columns: [{ kind: 'integer' as const, name: 'index', values: Float64Array.of(0, 1, 2) }],
};

const json = (seeds: readonly unknown[], run: (document: unknown) => unknown): Target => ({
  seeds: () => seeds.map(jsonOf),
  mutate: one(mutateJson),
  run: (bytes) => run(parsed(bytes)),
});
const binary = (seeds: readonly Uint8Array[], run: Target['run']): Target => ({
  seeds: () => seeds,
  mutate: one(mutateBytes),
  run,
});

export const DOCUMENT_TARGETS: Readonly<Record<string, Target>> = {
  budgets: json([JSON.parse(text(read('examples/ci/budgets.json')))], (document) =>
    parseBudgets(document, 'x'),
  ),
  baseline: json(
    [{ format: 'inferscope-baseline', inferscope: '0.1.0', readings: [BASELINE_READING] }],
    (document) => parseBaseline(document, 'x'),
  ),
  answers: json([JSON.parse(text(read('test/fixtures/lesson-answers.json')))], (document) =>
    gradeAnswers(parseAnswers(document, 'x')),
  ),
  experiment: json([FIRST_EXPERIMENT], parseExperiment),
  devices: json([DEVICES], (document) => readDevices(document, 'x')),
  notice: json(
    [
      { plan: PLAN, probe: 1 },
      { batch: 3, failed: 0, worker: 'me', isStored: true },
    ],
    (document) => {
      const said = JSON.stringify(document);
      const refusal = parseSweepNotice(said, PLAN.key, PLAN.version);
      if (typeof refusal === 'string') throw new FormatError(refusal);
      parseBatchNotice(said);
    },
  ),
  part: binary([encodePart(PART, partTags('0123456789abcdef', 0)).bytes.slice()], (part) =>
    parsePart(part, { path: 'x', batch: 0, rows: 3 }, '0123456789abcdef'),
  ),
  idx: binary([Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 7, 9)], (array) => parseIdx(array, 'x')),
  log: binary(LOGS.map(bytesOf), (log) => readLog(text(log), 'x', { clocksHz: [400e6] })),
  times: binary([read('test/fixtures/own-times.csv')], (table) => readOwnRows(text(table))),
};
