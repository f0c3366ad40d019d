/*
 * What people hand in besides networks and pictures of their own: documents of JSON, tables, logs, and what lies in a Redis
 * or in a folder of results.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parquetMetadata } from 'hyparquet';
import { maixduino } from '../../src/boards/index.ts';
import { calibrateBoardFile } from '../../src/cli/boards/calibrate-board-file.ts';
import { movementBetween, parseBaseline } from '../../src/cli/check/baseline.ts';
import type { Reading } from '../../src/cli/check/check-results.ts';
import { parseBudgets } from '../../src/cli/check/budget-file.ts';
import { parseIdx } from '../../src/datasets/idx.ts';
import { FormatError } from '../../src/errors.ts';
import { gradeAnswers, parseAnswers } from '../../src/experiments/lessons/grade.ts';
import { FIRST_EXPERIMENT, parseExperiment } from '../../src/experiments/parse-experiment.ts';
import { readDevices } from '../../src/firmware/buses/read-devices.ts';
import { readLog } from '../../src/profiles/read-log.ts';
import { parseBatchNotice, parseSweepNotice } from '../../src/sweep/queue/notices.ts';
import { FooterWriter } from '../../src/sweep/store/footer-writer.ts';
import { encodePart } from '../../src/sweep/store/parquet-file.ts';
import { tailOf } from '../../src/sweep/store/parquet-footer.ts';
import { parsePart } from '../../src/sweep/store/part.ts';
import { KEY_TAG, partTags } from '../../src/sweep/store/part-tags.ts';
import type { ResultColumns } from '../../src/sweep/study/batch.ts';
import { readResults } from '../../src/sweep/store/read-results.ts';
import { parseStudy } from '../../src/sweep/study/parse-study.ts';
import { planSweep, type SweepPlan } from '../../src/sweep/study/run-plan.ts';
import type { Draw } from './mutate.ts';
import { mutateJson } from './mutate-json.ts';
import { mutatePart } from './mutate-part.ts';
import { mutateIdx, mutateText } from './mutate-text.ts';
import { mutateTimes } from './mutate-times.ts';
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
/** Rows of each part: a run of as many is written as its first and its step. */
const ROWS = 200;
const numbers = (value: (row: number) => number) =>
  Float64Array.from({ length: ROWS }, (_, row) => value(row));
const KEY = '0123456789abcdef';
/** Each kind of column, packed in each way. */
const PARTS: readonly ResultColumns[] = [
  { rows: ROWS, columns: [{ kind: 'integer', name: 'index', values: numbers((row) => row) }] },
  {
    rows: ROWS,
    columns: [
      { kind: 'integer', name: 'filters', values: numbers((row) => row % 3) },
      { kind: 'real', name: 'latencyMs', values: numbers((row) => (row % 7 ? row / 3 : Number.NaN)) },
      {
        ...{ kind: 'text', name: 'board', words: ['', 'maixduino', 'openmv-h7-plus'] },
        values: Uint32Array.from({ length: ROWS }, (_, row) => row % 3),
      },
      { kind: 'flag', name: 'fits', values: Uint8Array.from({ length: ROWS }, (_, row) => row & 1) },
    ],
  },
];

/** Where inputs lie that are read from a path. */
const folder = mkdtempSync(join(tmpdir(), 'inferscope-fuzz-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
function fileOf(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** As many rows as a part says itself, so that it is not for them that it is refused. */
function rowsOf(bytes: Uint8Array): number {
  try {
    const rows = Number(parquetMetadata(tailOf(bytes), { geoparquet: false }).num_rows);
    return Number.isSafeInteger(rows) ? rows : ROWS;
  } catch {
    return ROWS;
  }
}

/** As a sweep takes the part of a worker into the footer of its results, and reads results. */
async function takePart(bytes: Uint8Array): Promise<void> {
  const { group, schema } = parsePart(bytes, { path: 'x', batch: 0, rows: rowsOf(bytes) }, KEY);
  const footer = new FooterWriter();
  footer.add(group, 1000);
  footer.finish(schema, { [KEY_TAG]: KEY });
  for await (const { rows } of readResults(fileOf('part.parquet', bytes))) void rows;
}

/** As `board calibrate` does. */
async function calibrate(table: Uint8Array): Promise<void> {
  const board = table.length % 2 ? 'maixduino' : 'openmv-h7-plus';
  const measured = fileOf('times.csv', table);
  await calibrateBoardFile({ board, measured, free: undefined, out: undefined, report: undefined });
}

const OWN_TIMES = [
  'model,ops,kernels,latency_ms\npaper:8,0,,0.4\npaper:8,1+2,cmsis-nn,0.5\npaper:8,3,tflm-reference,0.25\n',
  '"model";"latency_ms"\n"a, b.tflite";1.5\nfolder/m.tflite;2e1\n',
  'run\tmodel\tnote\tlatency_ms\n1\tpaper:2\t"two\nlines"\t0.36\n2\tpaper:2\t\t37\n',
];

/** A notice whose plan has something wrong and a key that fits it, where it can have one. */
function mutateNotice(seed: Uint8Array, draw: Draw): Uint8Array {
  const mutant = mutateJson(seed, draw);
  try {
    const notice = parsed(mutant) as { readonly plan: SweepPlan };
    const { space, boards, version, batchPoints } = notice.plan;
    return jsonOf({ ...notice, plan: planSweep(space, boards, { version, batchPoints }) });
  } catch {
    return mutant;
  }
}

const json = (seeds: readonly unknown[], run: (document: unknown) => unknown): Target => ({
  seeds: () => seeds.map(jsonOf),
  mutate: one(mutateJson),
  run: (bytes) => run(parsed(bytes)),
});
const file = (
  seeds: readonly Uint8Array[],
  mutate: (seed: Uint8Array, draw: Draw) => Uint8Array,
  run: Target['run'],
): Target => ({ seeds: () => seeds, mutate: one(mutate), run });

export const DOCUMENT_TARGETS: Readonly<Record<string, Target>> = {
  budgets: json([JSON.parse(text(read('examples/ci/budgets.json')))], (document) =>
    parseBudgets(document, 'x'),
  ),
  baseline: json(
    [{ format: 'inferscope-baseline', inferscope: '0.1.0', readings: [BASELINE_READING] }],
    (document) => {
      const { readings } = parseBaseline(document, 'x');
      for (const reading of readings) movementBetween(reading, BASELINE_READING as unknown as Reading);
    },
  ),
  answers: json([JSON.parse(text(read('test/fixtures/lesson-answers.json')))], (document) =>
    gradeAnswers(parseAnswers(document, 'x')),
  ),
  experiment: json([FIRST_EXPERIMENT], parseExperiment),
  devices: json([DEVICES], (document) => readDevices(document, 'x')),
  notice: {
    seeds: () => [jsonOf({ plan: PLAN, probe: 1, batch: 3, failed: 0, worker: 'me', isStored: true })],
    mutate: one(mutateNotice),
    run: (bytes) => {
      const { plan } = Object(parsed(bytes)) as { readonly plan?: SweepPlan };
      const refusal = parseSweepNotice(text(bytes), String(Object(plan).key), PLAN.version);
      if (typeof refusal === 'string') throw new FormatError(refusal);
      parseBatchNotice(text(bytes));
    },
  },
  part: file(
    PARTS.map((results) => encodePart(results, partTags(KEY, 0)).bytes.slice()),
    mutatePart,
    takePart,
  ),
  idx: file(
    [Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 7, 9)],
    mutateIdx,
    (array) => void parseIdx(array, 'x'),
  ),
  log: file(LOGS.map(bytesOf), mutateText, (log) => void readLog(text(log), 'x', { clocksHz: [400e6] })),
  times: file([read('test/fixtures/own-times.csv'), ...OWN_TIMES.map(bytesOf)], mutateTimes, calibrate),
};
