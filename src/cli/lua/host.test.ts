import { readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import type { FileContent } from '../../script/bindings.ts';
import { runExperiment } from '../../script/experiment.ts';
import { createLuaHost } from './host.ts';

/** Runs an experiment in this thread and gives its result and what it printed. */
async function run(source: string, seed = 1) {
  const output: string[] = [];
  const files: [path: string, content: FileContent][] = [];
  const host = createLuaHost('out', {
    print: (text) => void output.push(text),
    write: (path, content) => void files.push([path, content]),
  });
  const result = await runExperiment({ name: 'exp.lua', source, args: ['a', 'b'], host, seed });
  return { result, output, files };
}

test('the arguments are in arg', async () => {
  expect((await run('return { #arg, arg[2] }')).result).toEqual([2, 'b']);
});

test('the same output in every run, tables as text and chance included', async () => {
  const source = `
    print(tostring({}), math.random())
    for name in pairs(board('maixduino').runtime) do print(name) end`;
  expect(await run(source)).toEqual(await run(source));
  expect(await run(source, 2)).not.toEqual(await run(source));
});

test('a board that cannot run a point has no figures there, and the reason', async () => {
  const source =
    "return sweep { model = 'paper:{filters},size={side}', filters = 1, side = { 14, 100000 }, board = 'maixduino' }";
  const { result } = await run(source);
  expect(result).toMatchObject([
    { side: 14, ok: true },
    { side: 100_000, ok: false },
  ]);
  const [fine, failed] = result as [{ latencyMs: number }, { reason: string }];
  expect(fine.latencyMs).toBeGreaterThan(0);
  expect(failed).not.toHaveProperty('latencyMs');
  expect(failed.reason).not.toBe('');
});

test('a sweep takes boards as tables, changed in the script', async () => {
  const { result } = await run(`
    local fast = board('openmv-h7-plus')
    fast.id = 'fast'
    fast.clocks[1].hz.value = 2 * fast.clocks[1].hz.value
    local rows = sweep { model = 'paper:{filters}', filters = 8, board = { 'openmv-h7-plus', fast } }
    return { rows[1].board, rows[2].board, rows[1].latencyMs / rows[2].latencyMs }`);
  expect(result).toEqual(['openmv-h7-plus', 'fast', expect.any(Number)]);
  // Its memories do not follow its core.
  const [, , ratio] = result as [string, string, number];
  expect(ratio).toBeGreaterThan(1.5);
  expect(ratio).toBeLessThan(2);
});

test('a plot is kept as what is to be drawn', async () => {
  const source =
    "return plot { series = { { label = 'a', points = { { 1, 2 }, { 3, 4 } } } }, x = 'F', y = 'ms' }";
  const plot = { title: 'plot', x: 'F', y: 'ms' };
  const points = [
    { x: 1, y: 2 },
    { x: 3, y: 4 },
  ];
  expect(await run(source)).toEqual({
    result: 'out/plot.svg',
    output: [],
    files: [['out/plot.svg', { ...plot, series: [{ label: 'a', points }] }]],
  });
});

test('a file is read once, and so is the same all through a script', async () => {
  const file = tempFolder().write('x.json', '{"input":[4],"layers":"dense 2"}');
  const host = createLuaHost('out', { print: () => undefined, write: () => undefined });
  const before = host.loadModel(file);
  writeFileSync(file, '{"input":[4],"layers":"dense 3"}');
  expect(host.loadModel(file)).toBe(before);
});

test.each([
  ['predictions of long networks', "predict('examples/models/NAME', 'openmv-h7-plus')"],
  ['sweeps of files', "sweep { model = 'examples/models/NAME', board = 'openmv-h7-plus' }"],
])('%s are charged by what they take', async (_, call) => {
  const name = readdirSync('examples/models').find((file) => file.endsWith('.tflite'))!;
  const source = `for i = 1, 10000 do ${call.replace('NAME', name)} end`;
  const host = createLuaHost('out', { print: () => undefined, write: () => undefined });
  const spent = runExperiment({ name: 'x.lua', source, args: [], host, seed: 1, instructions: 1e6 });
  await expect(spent).rejects.toThrow(/stopped after 1 million instructions/);
});

test('place tells which unit runs each layer', async () => {
  const { result } = await run("return place('paper:8', 'maixduino')");
  expect(result).toMatchObject([{ op: 'CONV_2D' }, { op: 'RESHAPE' }, { op: 'FULLY_CONNECTED' }]);
});

describe('a mistake is one line with the line of the script', () => {
  test.each([
    ['x = = 1', "exp.lua:1: unexpected symbol near '='"],
    [
      '\npredct()',
      /exp\.lua:2: unknown name "predct"; a script has Lua's safe functions and predict, place, /,
    ],
    ["\npredict('paper:8')", 'exp.lua:2: board must be an id, a file or a table, got nothing'],
    ["predict(8, 'maixduino')", /exp\.lua:1: model must be a text, got a number/],
    ["predict('paper:0', 'maixduino')", /exp\.lua:1: paper:0: F must be a whole number above 0/],
    ["predict('paper:8', 'nope')", /exp\.lua:1: unknown board "nope"; choose from /],
    ["predict('paper:8', 'no.json')", 'exp.lua:1: no.json: no such file'],
    ["predict('no.tflite', 'maixduino')", 'exp.lua:1: no.tflite: no such file'],
    ["predict('/dev/zero.x', 'maixduino')", /exp\.lua:1: \/dev\/zero\.x: no such file/],
    ["board('/dev/zero')", 'exp.lua:1: /dev/zero: is no regular file; a script reads models and boards'],
    ["board('README.md')", 'exp.lua:1: README.md: is not JSON'],
    ["predict('README.md', 'maixduino')", 'exp.lua:1: README.md: is not a model that inferscope reads'],
    [
      "sweep { model = 'package-lock.json', board = 'maixduino' }",
      /^exp\.lua:1: package-lock\.json: unknown key "version"/,
    ],
    [
      "predict('paper:8', 'maixduino', { clock = 1 })",
      /exp\.lua:1: options has no field "clock"; known: kernels, /,
    ],
    [
      "predict('paper:8', 'maixduino', { floatFc = 1 })",
      'exp.lua:1: options.floatFc must be true or false, got a number',
    ],
    [
      "predict('paper:8', 'maixduino', { clockHz = { core = -1 } })",
      'exp.lua:1: options.clockHz.core must be above 0, got -1',
    ],
    ["predict('paper:8', { id = 'x' })", /exp\.lua:1: board "x": the board lacks "name"/],
    ["sweep { model = 'paper:{filters}', filters = '4:1' }", /exp\.lua:1: filters: the range 4:1 is empty/],
    ["sweep { model = 'paper:{filters}', filters = {} }", /exp\.lua:1: filters: has no values/],
    [
      "sweep { model = 'paper:{filters}', filters = '1:99999' }",
      /exp\.lua:1: sweep: 199998 points; at most 20000 in a script/,
    ],
    ["sweep { model = 'paper:{filters}', filters = 1, nothing = 2 }", /exp\.lua:1: nothing: unknown axis/],
    ['plot { series = {} }', /exp\.lua:1: plot: series has 0 lines; give it 1 to 8/],
    [
      "plot { series = { { label = 'a', points = { { 1, 'x' } } } } }",
      'exp.lua:1: plot: series[1].points[1]: y must be a finite number, got "x"',
    ],
    ["csv { rows = { { a = 1 } }, file = '../x.csv' }", /exp\.lua:1: "\.\.\/x\.csv" is no file name/],
    [
      "csv { rows = { { a = {} } }, file = 'x.csv' }",
      'exp.lua:1: rows[1].a is a table, not a number or a text',
    ],
    ['printTable(3)', 'exp.lua:1: rows must be a list, got a number'],
    ['return print', /exp\.lua: the result is a function, which cannot leave the script/],
  ])('%s', async (source, message) => {
    const failure = await run(source).then(
      () => 'no error',
      (error: Error) => error.message,
    );
    if (typeof message === 'string') expect(failure).toBe(message);
    else expect(failure).toMatch(message);
    expect(failure).not.toContain('\n');
  });
});
