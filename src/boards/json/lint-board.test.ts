import { describe, expect, test } from 'vitest';
import type { Board } from '../board/board.ts';
import { maixduino } from '../index.ts';
import { lintBoard } from './lint-board.ts';
import { findBoardProblems, parseBoard } from './parse-board.ts';

const grade = 'documented' as const;
const clockHz = { value: 80e6, unit: 'Hz', source: 'data sheet, page 1', grade };

const SOUND: Board = {
  id: 'toy',
  name: 'Toy',
  soc: 'none',
  summary: 'a core and its memory',
  clocks: [{ id: 'core', hz: clockHz }],
  memories: [{ id: 'sram', kind: 'ram', availableBytes: { ...clockHz, value: 4096, unit: 'bytes' } }],
  units: [
    {
      id: 'core',
      kind: 'core',
      core: 'toy',
      clock: 'core',
      constants: { cpi: { ...clockHz, value: 1.5, unit: 'core cycles per instruction' } },
      costs: [
        {
          op: 'CONV_2D',
          dtype: 'any',
          kernels: 'toy',
          instructions: { 'pixels*outChannels': 5, '1': 100 },
          cpi: 'cpi',
          source: 'counted by hand',
          grade,
        },
      ],
    },
  ],
  runtime: {
    toolchain: 'tflm',
    firmware: 'toy 1',
    kernels: ['toy'],
    placement: { weights: 'sram', activations: 'sram' },
  },
};

/** The sound board as JSON with another value at a path; undefined takes the field away. */
function set(path: string, value: unknown, from: unknown = SOUND): unknown {
  const json = structuredClone(from);
  const keys = path.split('.');
  const last = keys.pop() as string;
  const holder = keys.reduce((node, key) => (node as Record<string, unknown>)[key], json);
  if (value === undefined) Reflect.deleteProperty(holder as object, last);
  else (holder as Record<string, unknown>)[last] = value;
  return json;
}

test('a sound board passes, and parsing gives it back unchanged', () => {
  expect(parseBoard(structuredClone(SOUND), 'toy.json')).toEqual(SOUND);
  expect(lintBoard(SOUND)).toEqual([]);
});

describe('a board with one mistake says which field and what is allowed', () => {
  test.each([
    ['memories.0.kind', 'rom', 'memories[0].kind is "rom"; allowed: ram, flash'],
    ['clocks.0.hz.grade', 'guess', 'clocks[0].hz.grade is "guess"; allowed: measured, documented, fitted'],
    ['clocks.0.hz.source', undefined, 'clocks[0].hz lacks "source"'],
    ['clocks.0.hz.source', '', 'clocks[0].hz.source is empty; allowed: a text'],
    ['clocks.0.hz.value', '80e6', 'clocks[0].hz.value is "80e6"; allowed: a value of type number'],
    ['clocks.0.hz.value', -1, 'clocks[0].hz.value is -1; it must be > 0'],
    ['clocks.0.mhz', 80, 'clocks[0] has a field "mhz" that a board does not know; allowed: id, hz'],
    ['units.0.kind', 'gpu', 'units[0].kind is "gpu"; allowed: core, kpu, dma'],
    ['units.0.clock', 'bus', 'units[0].clock: no clock "bus"; known: core'],
    ['units.0.costs.0.cpi', undefined, 'units[0].costs[0] has "instructions" and so needs "cpi"'],
    ['units.0.costs.0.cpi', 'cpu', 'units[0].costs[0].cpi: no constant "cpu" in unit "core"; known: cpi'],
    ['units.0.costs.0.instructions', { mac: 1 }, 'costs[0].instructions: "mac" is no count; known: 1, macs'],
    ['units.0.costs.0.constantCycles', { macs: 'x' }, 'constantCycles.macs: no constant "x" in unit "core"'],
    ['runtime.placement.weights', 'sdram', 'runtime.placement.weights: no memory "sdram"; known: sram'],
    ['runtime.placement.activations', undefined, 'runtime.placement lacks "activations", a memory that'],
    ['memories.0.availableBytes', undefined, 'memories[0] lacks "availableBytes"'],
    ['memories.0.availableBytes.value', 1e300, 'availableBytes.value is 1e+300; allowed: 1 to 1099511627776'],
    ['clocks.0.hz.value', 1e300, 'clocks[0].hz.value is 1e+300; allowed: 1 to 1000000000000 Hz'],
    ['clocks.0.hz.value', Infinity, 'clocks[0].hz.value is null; allowed: a value of type number'],
    ['units.0.constants.cpi.value', -1, 'units[0].constants.cpi.value is -1; allowed: 0 to 1000000000000'],
    [
      'units.0.costs.0.instructions',
      { '1': -2000 },
      'costs[0].instructions["1"] is -2000; allowed: 0 or more, where no other term of the sum is above 0',
    ],
    ['units.0.costs.0.instructions', { macs: -1e308, '1': 1 }, 'costs[0].instructions["macs"] is -1e+308'],
    ['runtime.kernels', [], 'runtime.kernels is []; it must NOT have fewer than 1 items'],
  ])('%s = %j', (path, value, message) => {
    expect(() => parseBoard(set(path, value), 'toy.json')).toThrow(message);
  });
});

test('a fitted sum may have a term below 0 beside another', () => {
  expect(findBoardProblems(set('units.0.costs.0.instructions', { macs: 2, '1': -100 }))).toEqual([]);
});

test.each([[null], [undefined], [42], ['board'], [[]], [{}]])('%j is no board, in one line', (json) => {
  expect(() => parseBoard(json, 'x.json')).toThrow(/^x\.json: .+/);
});

test('all problems of a board are listed, not only the first', () => {
  const twice = set('clocks.0.hz.grade', 'guess', set('memories.0.kind', 'rom'));
  expect(findBoardProblems(twice)).toHaveLength(2);
});

test('a calibrated parameter must lead to a constant, and its covariance must be square', () => {
  const calibration = {
    measurements: 'toy',
    parameters: [{ path: 'units.core.constants.cpu', priorMean: 1, priorSigma: 1, priorSource: 'toy' }],
    covariance: [],
    residualMs: 0,
    domain: { ops: [], dtypes: [], rows: [], maxMacs: 1, kernelSizes: [] },
  };
  expect(lintBoard({ ...SOUND, calibration })).toEqual([
    'calibration.parameters[0].path: "units.core.constants.cpu" leads to no constant of the board',
    'calibration.covariance: one row and one column for each of the 1 parameters',
  ]);
});

test('ids given twice and values that JSON cannot hold are named', () => {
  const board = { ...SOUND, memories: [...SOUND.memories, ...SOUND.memories], summary: undefined };
  expect(lintBoard(board as unknown as Board)).toEqual([
    'summary: undefined is not plain data',
    'memories: id "sram" is given twice',
  ]);
});

test('a file of very many wrong fields has the first thousand told and the others counted', () => {
  const fields = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`field ${at}`, 1]));
  const problems = findBoardProblems({ ...maixduino, ...fields });
  expect([problems.length, problems.at(-1)]).toEqual([1001, 'and 4000 more']);
  expect(() => parseBoard({ ...maixduino, ...fields }, 'x')).toThrow(
    '(and 4999 more: inferscope board lint x)',
  );
});

test('lists that hold each other a hundred thousand times are no board, in one line', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(1e5)}${']'.repeat(1e5)}`);
  expect(findBoardProblems(deep)).toEqual(['the board is a list; allowed: a value of type object']);
});

test('a name of two lines within a board is one line of what is wrong with it', () => {
  const { runtime } = maixduino;
  const script = { ...runtime.script, calls: { 'a\n\u202eb': {} } };
  const problems = findBoardProblems({ ...maixduino, runtime: { ...runtime, script } });
  expect(problems).toContainEqual(expect.stringContaining('runtime.script.calls["a\\n'));
  for (const problem of problems) expect(problem).not.toMatch(/\n/);
});

test('a constant of two lines that no unit has is told in one', () => {
  const problems = findBoardProblems(set('units.0.costs.0.cpi', 'a\nb'));
  expect(problems).toContainEqual(expect.stringContaining('no constant "a\\u000ab" in unit'));
  for (const problem of problems) expect(problem).not.toMatch(/\n/);
});
