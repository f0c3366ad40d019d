import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BINDINGS } from '../src/script/bindings.ts';
import { runCommand, runJson } from './support/run-command.ts';
import { schemaErrors } from './support/schemas.ts';

const folder = mkdtempSync(join(tmpdir(), 'inferscope-lua-'));

interface LuaDocument {
  readonly output: readonly string[];
  readonly files: readonly string[];
  readonly result: unknown;
}

function script(source: string): string {
  const path = join(folder, 'exp.lua');
  writeFileSync(path, source);
  return path;
}

const runScript = (source: string, ...argv: string[]) =>
  runJson<LuaDocument>('lua', script(source), '--out', folder, ...argv);

describe('examples/lua', () => {
  test('crossover.lua finds from where on another board is the faster one, and draws it', async () => {
    const document = await runJson<LuaDocument>('lua', 'examples/lua/crossover.lua', '--out', folder);
    expect(schemaErrors('lua', document)).toEqual([]);
    expect(document.output.map((line) => line.replace(/:.*/, ''))).toEqual([
      'from 1 filters on maixduino is faster',
      'from 6 filters on openmv-h7-plus is faster',
    ]);
    expect(document.files).toEqual([join(folder, 'crossover.svg')]);
    const svg = readFileSync(join(folder, 'crossover.svg'), 'utf8');
    expect(svg).toMatch(/^<svg .*Who is faster, kernel 3x3.*<\/svg>$/s);
  });

  test('accelerator.lua makes up an accelerator in less than 60 lines', async () => {
    const path = 'examples/lua/accelerator.lua';
    expect(readFileSync(path, 'utf8').split('\n').length).toBeLessThan(60);
    const { result } = await runJson<{ result: { core: number; systolic: number }[] }>(
      'lua',
      path,
      'paper:16',
    );
    expect(result).toHaveLength(1);
    expect(result[0]!.systolic).toBeLessThan(result[0]!.core);
  });
});

test('docs/lua.md lists every function of a script', () => {
  const page = readFileSync('docs/lua.md', 'utf8');
  const rows = Object.values(BINDINGS).map(({ usage, does }) => `| \`${usage}\` | ${does} |`);
  expect(rows.filter((row) => !page.includes(row))).toEqual([]);
});

describe('a board file with costs in Lua', () => {
  const BOARD = 'examples/lua/tiny-npu.json';

  test('is priced by its formulas', async () => {
    interface Document {
      readonly predictions: readonly {
        steps: readonly { op: string; durationMs: number; boundBy: string }[];
      }[];
    }
    const { predictions } = await runJson<Document>('predict', 'paper:8', '--board', BOARD);
    const dense = predictions[0]!.steps.find(({ op }) => op === 'FULLY_CONNECTED')!;
    // 1568 x 10 weights and 10 biases of 4 bytes through 8 bytes a cycle, and 100 cycles, at 200 MHz.
    expect(dense.durationMs).toBeCloseTo((100 + (15_680 + 10) / 2) / 200e3, 9);
    expect(dense.boundBy).toBe('formula');
  });

  test.each([
    `explain paper:8 --board ${BOARD}`,
    `place paper:8 --board ${BOARD}`,
    `memory paper:8 --board ${BOARD}`,
    `sweep --filters 1:3 --board ${BOARD},maixduino`,
    `board lint ${BOARD}`,
    `board show ${BOARD}`,
    `cite ${BOARD}`,
  ])('works with: inferscope %s', async (line) => {
    const { code, err } = await runCommand(...line.split(' '));
    expect({ code, err: err.includes('formula') }).toEqual({ code: 0, err: false });
  });

  test('is priced in the threads of a sweep too', async () => {
    const line = `sweep --filters 1:17000 --kernel 1 --side 2 --workers 2 --board ${BOARD}`;
    const { points, failed } = await runJson<{ points: number; failed: number }>(...line.split(' '));
    expect({ points, failed }).toEqual({ points: 17_000, failed: 0 });
  });

  test('with a mistake in a formula is told by board, row, op and line', async () => {
    const board = JSON.parse(readFileSync(BOARD, 'utf8')) as {
      units: { costs: { op: string; cost?: object }[] }[];
    };
    board.units[0]!.costs.find(({ op }) => op === 'CONV_2D')!.cost = {
      lua: ['return function(work)', '  return work.nothing + 1', 'end'],
    };
    const path = join(folder, 'board.json');
    writeFileSync(path, JSON.stringify(board));
    expect(await runCommand('predict', 'paper:8', '--board', path)).toEqual({
      code: 2,
      out: '',
      err: `inferscope: board "tiny-npu", units.npu.costs[6] (CONV_2D any): formula:2: attempt to perform arithmetic on a nil value (field 'nothing')\n`,
    });
  });

  test('is a board of a script, and is checked there', async () => {
    const { result } = await runScript(`
      local b = board('${BOARD}')
      local before = predict('paper:8', b).latencyMs
      b.clocks[1].hz.value = 2 * b.clocks[1].hz.value
      b.units[1].costs[7].grade = 'guess'
      local ok, why = pcall(predict, 'paper:8', b)
      b.units[1].costs[7].grade = 'estimated'
      return { ratio = before / predict('paper:8', b).latencyMs, why = why, ids = boards() }`);
    expect(result).toMatchObject({ ids: ['maixduino', 'openmv-h7-plus'] });
    expect((result as { ratio: number }).ratio).toBeCloseTo(2, 6);
    expect((result as { why: string }).why).toMatch(
      /board "tiny-npu": units\[0\]\.costs\[6\]\.grade is "guess"; allowed: /,
    );
  });
});

describe('an experiment', () => {
  test('predicts what inferscope predict does', async () => {
    interface Document {
      readonly predictions: readonly {
        latencyMs: { value: number; low: number };
        steps: readonly object[];
      }[];
    }
    const { result } = await runScript(
      "return predict('paper:8', 'maixduino', { clockHz = { core = 4e8 } })",
    );
    const [expected] = (
      await runJson<Document>('predict', 'paper:8', '-b', 'maixduino', '--clock', 'core=4e8')
    ).predictions;
    expect(result).toMatchObject({ latencyMs: expected!.latencyMs.value, lowMs: expected!.latencyMs.low });
    expect((result as { steps: object[] }).steps).toHaveLength(expected!.steps.length);
  });

  test('sweeps, writes CSV and prints a table', async () => {
    const { output, files } = await runScript(`
      local rows = sweep { model = 'paper:{filters},k={kernel}', filters = '1:2', kernel = { 1, 3 }, board = 'maixduino' }
      csv { rows = rows, file = 'rows.csv', columns = { 'kernel', 'filters', 'fits' } }
      printTable(rows, { 'kernel', 'filters' })`);
    expect(files).toEqual([join(folder, 'rows.csv')]);
    expect(readFileSync(files[0]!, 'utf8')).toBe(
      'kernel,filters,fits\n1,1,true\n3,1,true\n1,2,true\n3,2,true\n',
    );
    expect(output.map((line) => line.trim())).toEqual([
      'kernel  filters',
      '------  -------',
      '1        1',
      '3        1',
      '1        2',
      '3        2',
    ]);
  });

  test('prints at once, and what it wrote stays where it fails later', async () => {
    const source = "print('before')\ncsv { rows = { { a = 1 } }, file = 'kept.csv' }\nerror('after')";
    expect(await runCommand('lua', script(source), '--out', folder)).toEqual({
      code: 2,
      out: 'before\n',
      err: 'inferscope: exp.lua:3: after\n',
    });
    expect(existsSync(join(folder, 'kept.csv'))).toBe(true);
  });
});

describe('a mistake is one line', () => {
  test('of a script, with its line', async () => {
    expect(await runCommand('lua', script('\nx = = 1'))).toEqual({
      code: 2,
      out: '',
      err: "inferscope: exp.lua:2: unexpected symbol near '='\n",
    });
  });

  test.each([
    ['lua missing.lua', 'missing.lua: no such file'],
    [`lua ${folder}`, `${folder}: is a directory, not a file`],
    ['lua examples/lua/crossover.lua --instructions 0', /--instructions must be above 0/],
    ['lua examples/lua/crossover.lua --seed 1.5', '--seed must be a whole number, got 1.5'],
  ])('inferscope %s', async (line, message) => {
    const { code, err } = await runCommand(...line.split(' '));
    expect(code).toBe(2);
    if (typeof message === 'string') expect(err).toBe(`inferscope: ${message}\n`);
    else expect(err).toMatch(message);
  });
});

describe('what no count reaches is ended from outside', () => {
  test('but not predictions on a board that the script changes, however long they take', async () => {
    const source = `local it = board('openmv-h7-plus')
        local n = 0
        for mhz = 1, 20 do
          it.clocks[1].hz.value = (100 + mhz) * 1e6
          n = n + predict('paper:8', it).latencyMs
        end
        return n`;
    expect((await runScript(source)).result).toBeGreaterThan(20);
  });

  test('nor tables without end: rows are printed up to 1,000', async () => {
    const source = 'local rows = {} for i = 1, 1001 do rows[i] = {n = i} end printTable(rows)';
    const { code, err } = await runCommand('lua', script(source));
    expect([code, err]).toEqual([
      2,
      'inferscope: exp.lua:1: printTable: 1001 rows; at most 1000 are printed, csv writes more to a file\n',
    ]);
  });

  test('operations of which each takes far longer than one', async () => {
    const source = 'local a = ("x"):rep(1.5e7) local b = a .. "y" while true do local _ = a < b end';
    const { code, err } = await runCommand('lua', script(source));
    expect(code).toBe(2);
    // By the first of two clocks: which one that is depends on how fast the machine compares texts.
    expect(err).toMatch(
      /^inferscope: exp\.lua:1: stopped(: one operation, here or soon after,| after 1\.5 s in Lua;) .*\n$/,
    );
  });

  test('and the thread that was stopped is not the one that runs the next script', async () => {
    const results = [];
    const stuck = 'local a = ("x"):rep(1.5e7) local b = a .. "y" while true do local _ = a < b end';
    for (const source of [stuck, 'return 7']) results.push(await runCommand('lua', script(source), '--json'));
    expect(results.map(({ code }) => code)).toEqual([2, 0]);
  });

  test('more instructions than the default, where they are asked for', async () => {
    const source = 'local n = 0 for i = 1, 1e7 do n = n + i % 3 end return n';
    expect((await runCommand('lua', script(source))).err).toMatch(/stopped after 20 million instructions/);
    expect((await runScript(source, '--instructions', '100')).result).toBe(10_000_000);
  });
});
