import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { anyBoardById } from '../src/boards/all-boards.ts';
import { constantAt, withConstants } from '../src/boards/board/constant-paths.ts';
import { deploy } from '../src/deploy/index.ts';
import { buildGraph } from '../src/models/specs/builder.ts';
import { simulatedOperatorsMs } from '../src/simulate/pulse.ts';
import { expectRefused } from './support/refused.ts';
import { runCommand, runJson } from './support/run-command.ts';
import { schemaErrors } from './support/schemas.ts';
import { tempFolder } from './support/temp-folder.ts';

interface Calibration {
  readonly parameters: { path: string; before: number; after: number }[];
  readonly undetermined: string[];
  readonly inseparable: [string, string][];
  readonly rows: { ops?: number[]; measuredMs: number; beforeMs: number; afterMs: number }[];
}

const BOARD = 'nucleo-l4r5zi';
const board = anyBoardById(BOARD);
const spec = {
  input: [24, 24, 3],
  layers:
    'conv 8 3x3 same relu | depthwise 3x3 same | conv 16 1x1 | maxpool 2x2 | flatten | dense 32 | dense 10 | softmax',
  dtype: 'int8' as const,
};
const folder = tempFolder();
const model = folder.write('net.json', JSON.stringify({ name: 'net', ...spec }));
const path = (name: string) => `units.core.constants.${name}`;

/** The log of a board of this kind whose constants are so many times what ours has. */
function logOf(factors: Readonly<Record<string, number>>): string {
  const graph = buildGraph(spec, 'net');
  const program = deploy(graph, board);
  const values = Object.entries(factors).map(
    ([name, factor]) => [path(name), factor * constantAt(board, path(name)).value] as const,
  );
  const times = simulatedOperatorsMs(program, withConstants(board, new Map(values)));
  const lines = [...times].map(([node, ms]) => `${graph.nodes[node]!.op},${ms}`);
  return folder.write(`${Object.values(factors).join('-')}.log`, ['op,ms', ...lines].join('\n'));
}

async function rowsOf(log: string): Promise<string> {
  const csv = `${log}.csv`;
  expect((await runCommand('overlay', model, log, '-b', BOARD, '--calibrate', csv)).code).toBe(0);
  return csv;
}

const fit = (csv: string, ...options: string[]) =>
  runJson<Calibration>('calibrate', '-b', BOARD, '--measured', csv, ...options);

describe('layers of a log, handed to calibrate', () => {
  test('each is a row with the operators that it stands for', async () => {
    const csv = readFileSync(await rowsOf(logOf({ cpiCmsisNn: 1.2 })), 'utf8')
      .trim()
      .split('\n');
    expect(csv[0]).toBe('model,ops,latency_ms');
    expect(csv.slice(1).map((line) => line.split(',')[1])).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
  });

  test('there and back: constants of both classes of kernels are found, those of float and of the call are named as open', async () => {
    const csv = await rowsOf(logOf({ cpiCmsisNn: 1.25, cpiInt8Reference: 0.8 }));
    const found = await fit(csv);
    expect(schemaErrors('calibrate', found)).toEqual([]);
    const factorOf = (name: string) => {
      const { before, after } = found.parameters.find((one) => one.path === path(name))!;
      return after / before;
    };
    expect(factorOf('cpiCmsisNn')).toBeGreaterThan(1.2);
    expect(factorOf('cpiCmsisNn')).toBeLessThan(1.3);
    expect(factorOf('cpiInt8Reference')).toBeLessThan(0.9);
    expect(found.undetermined).toEqual(expect.arrayContaining(['cpiFloat32', 'callCycles'].map(path)));
    expect(found.undetermined).not.toContain(path('cpiCmsisNn'));
    for (const { afterMs, measuredMs } of found.rows)
      expect(Math.abs(afterMs / measuredMs - 1)).toBeLessThan(0.1);
  });

  test('the fitted board has nothing left to explain in that log', async () => {
    const log = logOf({ cpiCmsisNn: 1.25 });
    const fitted = folder.write('fitted.json', '');
    await fit(await rowsOf(log), '--free', 'cpiCmsisNn', '--out', fitted);
    const { rows } = await runJson<{ rows: { ratio: number; cause?: string }[] }>(
      'overlay',
      model,
      log,
      '-b',
      fitted,
    );
    expect(rows.map(({ cause }) => cause)).toEqual(rows.map(() => undefined));
    for (const { ratio } of rows) expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
  });

  test('what equal layers cannot tell apart is named: instructions and the filling of cache lines', async () => {
    const layers = new Array<string>(20).fill('dense 48').join(' | ');
    const equal = folder.write(
      'equal.json',
      JSON.stringify({ name: 'equal', input: [48], layers, dtype: 'float32' }),
    );
    const lines = Array.from({ length: 20 }, (_, op) => `${equal},${op},0.06`);
    const csv = folder.write('equal.csv', ['model,ops,latency_ms', ...lines].join('\n'));
    const line = ['-b', 'openmv-h7-plus', '--measured', csv, '--free', 'cpiFloat32,sram1.lineFillCycles'];
    const { inseparable, rows } = await runJson<Calibration>('calibrate', ...line);
    expect(inseparable).toEqual([[path('cpiFloat32'), 'memories.sram1.lineFillCycles']]);
    expect(rows.map(({ ops }) => ops)).toEqual(lines.map((_, op) => [op]));
    expect((await runCommand('calibrate', ...line)).out).toMatch(/\n +21: op 19 +0\.0600 /);
  });
});

test.each([
  ['no number', `${model},conv,1`, 'line 2, ops: "conv" must be numbers of operators, such as 4 or 4+5'],
  [
    'an operator that the network has not',
    `${model},9,1`,
    'line 2, ops: the network has no operator 9 that takes time',
  ],
])('a row of %s is refused', async (name, row, said) => {
  const csv = folder.write(`${name}.csv`, `model,ops,latency_ms\n${row}\n`);
  await expectRefused(['calibrate', '-b', BOARD, '--measured', csv], said);
});
