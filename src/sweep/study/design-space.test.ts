import { describe, expect, test } from 'vitest';
import { BOARDS } from '../../boards/index.ts';
import { ResultWriter } from '../evaluate/result-writer.ts';
import { parseAxisValues } from './axis-values.ts';
import { clockHzOn, parseClock } from './clock-axis.ts';
import { designSpace, type DesignRequest } from './design-space.ts';
import { parseStudy } from './parse-study.ts';
import { countPoints, pointAt, type DesignSpace } from './space.ts';
import { studyKey } from './study-key.ts';
import { specTemplate } from './template.ts';

const IDS = BOARDS.map(({ id }) => id);
const PAPER = specTemplate('paper:{filters},k={kernel}');
const AXES = [
  { name: 'clock', values: ['0.5x', '1x'] },
  { name: 'board', values: IDS },
  { name: 'kernel', values: [1, 3] },
  { name: 'filters', values: [4, 8] },
];

const request = (more: Partial<DesignRequest> = {}): DesignRequest => ({ model: PAPER, axes: AXES, ...more });

describe('values of an axis', () => {
  test.each([
    ['8', [8]],
    ['1,3,5', [1, 3, 5]],
    ['1:4', [1, 2, 3, 4]],
    ['0.5:2:0.5', [0.5, 1, 1.5, 2]],
    ['0.5x,1x', ['0.5x', '1x']],
    ['float32, int8', ['float32', 'int8']],
    ['1:3,9', [1, 2, 3, 9]],
  ])('"%s"', (text, values) => {
    expect(parseAxisValues('x', text)).toEqual(values);
  });

  test.each(['', '1,', '4:1', '1:2:0', '1:2:3:4', '1:x', ':', '1:9e9'])('"%s" is one clear line', (text) => {
    expect(() => parseAxisValues('filters', text)).toThrow(/^filters: [^\n]+$/);
  });
});

describe('clocks', () => {
  test('a factor slows all clocks of a board, names set single ones', () => {
    const board = BOARDS[0];
    const halves = Object.fromEntries(board.clocks.map(({ id, hz }) => [id, hz.value / 2]));
    expect(clockHzOn(parseClock('0.5x'), board)).toEqual(halves);
    expect(clockHzOn(parseClock('core=240MHz+kpu=3e8'), board)).toEqual({ core: 240e6, kpu: 3e8 });
  });

  test.each(['', '0x', 'fast', 'core=', '=1', '1', 'core=1THz'])('"%s" is one clear line', (text) => {
    expect(() => parseClock(text)).toThrow(/^clock: [^\n]+$/);
  });
});

describe('points', () => {
  test('the last axis runs fastest: placeholders in their order, then board, then clock', () => {
    const space = designSpace(request());
    expect(countPoints(space)).toBe(16);
    expect(pointAt(space, 0)).toEqual({ filters: 4, kernel: 1, board: IDS[0], clock: '0.5x' });
    expect(pointAt(space, 1)).toEqual({ filters: 4, kernel: 1, board: IDS[0], clock: '1x' });
    expect(pointAt(space, 2)).toEqual({ filters: 4, kernel: 1, board: IDS[1], clock: '0.5x' });
    expect(pointAt(space, 15)).toEqual({ filters: 8, kernel: 3, board: IDS[1], clock: '1x' });
  });

  test('a space survives JSON and structuredClone, and so does its key', () => {
    const space = designSpace(request({ sampling: { method: 'random', points: 3, seed: 1 } }));
    for (const copy of [structuredClone(space), JSON.parse(JSON.stringify(space)) as DesignSpace]) {
      expect(copy).toEqual(space);
      expect(studyKey(copy, BOARDS)).toBe(studyKey(space, BOARDS));
    }
  });

  test('another axis, seed or constant of a board is another key; a board that is not used is not', () => {
    const space = designSpace(request({ sampling: { method: 'lhs', points: 3, seed: 1 } }));
    const key = studyKey(space, BOARDS);
    const [first, second] = BOARDS as [(typeof BOARDS)[0], (typeof BOARDS)[0]];
    const slower = { ...first, clocks: [] };
    expect(studyKey({ ...space, sampling: { method: 'lhs', points: 3, seed: 2 } }, BOARDS)).not.toBe(key);
    expect(studyKey({ ...space, axes: space.axes.slice(1) }, BOARDS)).not.toBe(key);
    expect(studyKey(space, [slower, second])).not.toBe(key);
    expect(studyKey(space, [...BOARDS, { ...slower, id: 'other' }])).toBe(key);
  });
});

describe('mistakes are one clear line', () => {
  const axis = (name: string, ...values: unknown[]) => ({ name, values });
  const board = axis('board', ...IDS);
  const [filters, kernel] = [axis('filters', 1), axis('kernel', 3)];
  test.each<[string, DesignRequest['axes'], RegExp]>([
    [
      'an unknown axis',
      [board, filters, kernel, axis('side', 1)],
      /^side: unknown axis.*there are filters, kernel/,
    ],
    ['a placeholder without axis', [board, filters], /^model: \{kernel\} has no axis/],
    ['an axis twice', [board, filters, filters, kernel], /^filters: the axis is given twice/],
    ['a value twice', [board, axis('filters', 1, 2, 1), kernel], /^filters: 1 is given twice/],
    ['no values', [board, axis('filters'), kernel], /^filters: has no values/],
    ['no board', [filters, kernel], /^board: the axis is missing/],
    ['an odd value', [board, axis('filters', null), kernel], /^filters: null is neither a number nor a word/],
    ['an unknown dtype', [board, filters, kernel, axis('dtype', 'int4')], /^dtype: "int4" is not known/],
    [
      'a clock that has lost its unit',
      [board, filters, kernel, axis('clock', 'core=400')],
      /^clock: "core=400" would be 400 Hz; write/,
    ],
    ['an odd clock', [board, filters, kernel, axis('clock', 'fast')], /^clock: "fast" is not understood/],
  ])('%s', (_, axes, message) => {
    expect(() => designSpace({ model: PAPER, axes })).toThrow(message);
    expect(() => designSpace({ model: PAPER, axes })).toThrow(/^[^\n]+$/);
  });

  test.each([
    [{ method: 'random', points: 17, seed: 1 }, /^random: 17 points are asked for, and the grid has only 16/],
    [{ method: 'lhs', points: 17, seed: 1 }, /^lhs: 17 points are asked for, and the grid has only 16/],
    [{ method: 'search', points: 0, seed: 1 }, /^search: the number of points must be/],
    [{ method: 'lhs', points: 4, seed: 0.5 }, /^lhs: the seed must be a whole number/],
  ] as const)('sampling %o', (sampling, message) => {
    expect(() => designSpace(request({ sampling }))).toThrow(message);
  });

  test.each(['constructor', 'valueOf'])('an axis named %s, as what every object has', (name) => {
    const model = specTemplate(`paper:{${name}}`);
    expect(() => designSpace({ model, axes: [board, axis(name, 1)] })).toThrow(
      `${name}: is no name for an axis`,
    );
  });

  test('a placeholder that is named as a column of the results, of which each one is known', () => {
    const writer = new ResultWriter({ axes: [], intervals: true }, 1);
    const names = writer.results().columns.map(({ name }) => name);
    expect(names).toContain('latencyMs');
    for (const name of [...names, 'LATENCYMS']) {
      const model = specTemplate(`paper:{${name}}`);
      expect(() => designSpace({ model, axes: [board, axis(name, 3, 4)] })).toThrow(
        `model: {${name}} cannot be a placeholder, it is a column of the results; choose another name`,
      );
    }
  });

  test('a reserved axis as placeholder, a dtype for a file, a text that is no template', () => {
    expect(() => designSpace({ model: specTemplate('paper:{clock}'), axes: [board] })).toThrow(
      /\{clock\} cannot/,
    );
    const file = { kind: 'file', name: 'x.tflite', base64: '' } as const;
    expect(() => designSpace({ model: file, axes: [board, axis('dtype', 'int8')] })).toThrow(/its own type/);
    const typed = specTemplate('paper:8,dtype=int8');
    expect(() => designSpace({ model: typed, axes: [board, axis('dtype', 'int8')] })).toThrow(
      /^dtype: the model says it already/,
    );
    const open = specTemplate('paper:8,dtype={dtype}');
    expect(countPoints(designSpace({ model: open, axes: [board, axis('dtype', 'int8')] }))).toBe(IDS.length);
    expect(() => specTemplate('vgg:{x}')).toThrow(/^model: "vgg:\{x\}" is no template/);
  });
});

describe('a study from a document', () => {
  const YAML = `
model: paper:{filters},k={kernel}
axes:
  filters: 1:3
  kernel: [1, 3]
  board: all
  clock: 0.5x,1x
sampling: {lhs: 6, seed: 4}
constraints: [memory fits, latencyMs < 5 or accuracy > 0.9]
objectives: [latency, max accuracy]
`;

  test('YAML says the same as the request', () => {
    expect(parseStudy(YAML, 'study.yaml', BOARDS)).toEqual(
      designSpace({
        model: PAPER,
        axes: [
          { name: 'filters', values: [1, 2, 3] },
          { name: 'kernel', values: [1, 3] },
          { name: 'board', values: IDS },
          { name: 'clock', values: ['0.5x', '1x'] },
        ],
        sampling: { method: 'lhs', points: 6, seed: 4 },
        constraint: {
          kind: 'all',
          of: [
            { kind: 'fits' },
            {
              kind: 'any',
              of: [
                { kind: 'bound', metric: 'latencyMs', comparison: '<', value: 5 },
                { kind: 'bound', metric: 'accuracy', comparison: '>', value: 0.9 },
              ],
            },
          ],
        },
        objectives: [
          { metric: 'latencyMs', goal: 'min' },
          { metric: 'accuracy', goal: 'max' },
        ],
      }),
    );
  });

  test('JSON is YAML', () => {
    const json = JSON.stringify({ model: 'paper:{f}', axes: { f: '1:3', board: IDS } });
    expect(countPoints(parseStudy(json, 'study.json', BOARDS))).toBe(6);
  });

  test.each([
    ['a: [', /not valid YAML/],
    [
      'model: "paper:{f}"\naxes: {board: all, f: 1:9}\nsampling: {search: 4, population: 0}',
      /the population must be a whole number from 2 on, got 0/,
    ],
    ['model: "paper:{f}"\naxes: &a {board: all, f: *a}', /f: a mapping is neither a number nor a word/],
    ['model: "paper:{f}"\naxes: {board: all, f: !foo 3}', /not valid YAML or JSON: Unresolved tag: !foo/],
    ['[]', /a study is a document/],
    ['modle: x', /unknown key "modle"/],
    ['model: x\n---\nmodel: y', /not valid YAML or JSON: it holds several documents$/],
    ['model: 3', /model: must be a template/],
    ['model: "paper:{f}"', /axes: must be values by name/],
    [YAML.replace('1:3', '3:1'), /filters: the range 3:1 is empty/],
    [YAML.replace('{lhs: 6, seed: 4}', 'sobol'), /sampling: "sobol" is not understood/],
    [YAML.replace('memory fits', 'memory fit'), /constraint: "memory fit"/],
    [YAML.replace('< 5', '< '), /constraint: /],
    [YAML.replace('max accuracy', 'max joy'), /objectives: "max joy" is not known/],
    [YAML.replace('max accuracy', 'max accuracy, min accuracy'), /objectives: accuracy is given twice/],
  ])('%j is one clear line that names the file', (text, message) => {
    expect(() => parseStudy(text, 'study.yaml', BOARDS)).toThrow(message);
    expect(() => parseStudy(text, 'study.yaml', BOARDS)).toThrow(/^study\.yaml: [^\n]+$/);
  });
});
