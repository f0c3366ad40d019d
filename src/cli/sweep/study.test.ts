import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BOARDS } from '../../boards/index.ts';
import { countPoints } from '../../sweep/study/space.ts';
import type { ParsedArgs } from './axes.ts';
import { readStudy } from './study.ts';

const IDS = BOARDS.map(({ id }) => id);
const study = (args: ParsedArgs) => readStudy({ _: ['sweep'], ...args });
const axesOf = async (args: ParsedArgs) =>
  Object.fromEntries((await study(args)).space.axes.map(({ name, values }) => [name, values]));

describe('the axes of a study', () => {
  test("are those of the paper's network and all boards where nothing is said", async () => {
    expect(await axesOf({})).toEqual({
      filters: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      kernel: [3],
      side: [14],
      board: IDS,
    });
  });

  test('are what the model names, and the board', async () => {
    expect(await axesOf({ model: 'paper:{n}', n: '2,4', board: IDS[0] })).toEqual({
      n: [2, 4],
      board: [IDS[0]],
    });
  });

  test("of the paper's network are whole numbers; those of another model are its own matter", async () => {
    await expect(study({ filters: '1.5' })).rejects.toThrow('--filters: "1.5" is no whole number above 0');
    expect(await axesOf({ model: 'paper:{filters}', filters: '1.5' })).toMatchObject({ filters: [1.5] });
  });

  test('the side may be called size', async () => {
    expect(Object.keys(await axesOf({ ['size']: '8,10' })).sort()).toEqual([
      'board',
      'filters',
      'kernel',
      'size',
    ]);
  });
});

describe('90 % intervals', () => {
  const asked = async (args: ParsedArgs) => (await study(args)).space.intervals;

  test('are there up to 1000 points, unless they are asked for or refused', async () => {
    // 500 filter counts on two boards, and 501.
    const board = IDS.slice(0, 2).join(',');
    expect(await asked({ filters: '1:500', board })).toBe(true);
    expect(await asked({ filters: '1:501', board })).toBeUndefined();
    expect(await asked({ filters: '1:501', board, intervals: true })).toBe(true);
    expect(await asked({ filters: '1:2', intervals: false })).toBeUndefined();
  });
});

describe('--where', () => {
  const where = async (text: unknown) => (await study({ where: text })).space.constraint;

  test('is absent, one condition, or all of several', async () => {
    const one = await where('latencyMs < 1');
    expect(await where(undefined)).toBeUndefined();
    expect(one).toBeDefined();
    expect(await where(['latencyMs < 1'])).toEqual(one);
    expect(await where(['latencyMs < 1', 'flashBytes < 9'])).toEqual({
      kind: 'all',
      of: [one, await where('flashBytes < 9')],
    });
  });
});

describe('a sample', () => {
  test('has its points and the seed 1, or another', async () => {
    expect((await study({ sample: 'random:7' })).space.sampling).toEqual({
      method: 'random',
      points: 7,
      seed: 1,
    });
    expect((await study({ sample: 'lhs:7', seed: 4 })).space.sampling).toEqual({
      method: 'lhs',
      points: 7,
      seed: 4,
    });
    expect((await study({})).space.sampling).toEqual({ method: 'grid' });
  });

  test.each([
    [{ seed: 2 }, '--seed belongs to --sample'],
    [{ sample: 'random:7', seed: 1.5 }, '--seed must be a whole number, got 1.5'],
    [
      { sample: 'some:7' },
      '--sample: "some:7" is not understood; write random:1000, lhs:1000 or search:5000',
    ],
  ])('%o is refused', async (args, message) => {
    await expect(study(args)).rejects.toThrow(message);
  });
});

describe('objectives', () => {
  test('are latency and flash, to be least, where nothing is said', async () => {
    expect((await study({})).space.objectives).toEqual([
      { metric: 'latencyMs', goal: 'min' },
      { metric: 'flashBytes', goal: 'min' },
    ]);
    expect((await study({ objectives: 'latency,max accuracy' })).space.objectives).toEqual([
      { metric: 'latencyMs', goal: 'min' },
      { metric: 'accuracy', goal: 'max' },
    ]);
  });

  test('come once each', async () => {
    await expect(study({ objectives: 'latencyMs,latency' })).rejects.toThrow(
      '--objectives: latencyMs is given twice',
    );
  });
});

describe('a study in a file', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'inferscope-')), 'study.yaml');
  writeFileSync(path, `model: "paper:{f}"\naxes:\n  f: [1, 2, 3]\n  board: [${IDS[0]}]\n`);

  test('says what is studied', async () => {
    const { space, boards } = await study({ space: path });
    expect([countPoints(space), boards.map(({ id }) => id)]).toEqual([3, [IDS[0]]]);
    expect(space.intervals).toBe(true);
    expect((await study({ space: path, intervals: false })).space.intervals).toBeUndefined();
  });

  test.each([
    [{ filters: '1' }, 'filters'],
    [{ sample: 'random:7' }, 'sample'],
    [{ where: 'latencyMs < 1' }, 'where'],
    [{ strange: '1' }, 'strange'],
  ])('takes no %o beside it', async (args, option) => {
    await expect(study({ space: path, ...args })).rejects.toThrow(
      `--space says what is studied; leave out --${option}, or write it into ${path}`,
    );
  });
});

test.each([
  [{ board: ['a', 'b'] }, '--board is given twice'],
  [{ model: 'paper:{n}', n: ['1', '2'] }, '--n is given twice; write all its values with commas'],
  [{ filters: '' }, '--filters needs values: write 8, a list 1,3,5 or a range 1:64'],
  [{ depth: '1' }, '--depth: no such option, and no {depth} in the model; its axes are '],
  [{ _: ['sweep', '3'] }, '"3" stands alone; write the values of an axis with commas and no spaces'],
])('%o is one clear line', async (args, message) => {
  await expect(study(args)).rejects.toThrow(message);
});
