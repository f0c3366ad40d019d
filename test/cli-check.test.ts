import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { formatMarkdown } from '../src/cli/check/check-markdown.ts';
import type { CheckReport } from '../src/cli/check/check-results.ts';
import { runCommand, runJson } from './support/run-command.ts';
import { tempFolder } from './support/temp-folder.ts';

const MODEL = new URL('../examples/models/digits.tflite', import.meta.url).pathname;
const fileBytes = readFileSync(MODEL).length;

/** Writes budgets into a folder of their own, beside a copy of a model. */
function budgetFile(...budgets: object[]) {
  const folder = tempFolder();
  const models = ['a.tflite', 'b.tflite'].map((name) => folder.write(name, readFileSync(MODEL)));
  return { folder, models, path: folder.write('budgets.json', JSON.stringify({ budgets })) };
}

const ON_M7 = { model: '*.tflite', board: 'openmv-h7-plus' };

test('a budget that everything keeps ends with 0; a glob of models is one row each', async () => {
  const { path } = budgetFile({ ...ON_M7, flashBytes: fileBytes, latencyMs: 1000, fits: true });
  const { code, out } = await runCommand('check', path);
  expect(code).toBe(0);
  expect(out).toMatch(/a\.tflite on openmv-h7-plus[\s\S]*b\.tflite on openmv-h7-plus/);
  expect(out).toContain('2 of 2 within budget');
});

test('a file that is one byte over its budget ends with 1 and is named', async () => {
  const { path } = budgetFile({ ...ON_M7, model: 'a.tflite', flashBytes: fileBytes - 1 });
  const { code, out } = await runCommand('check', path);
  expect(code).toBe(1);
  expect(out).toMatch(/a\.tflite on openmv-h7-plus +flash .*OVER/);
});

test('the upper end of the interval is judged where it is asked for, and not the value', async () => {
  const { predictions } = await runJson<{ predictions: { latencyMs: { value: number; high: number } }[] }>(
    ...['predict', 'paper:8', '-b', 'openmv-h7-plus'],
  );
  const { value, high } = predictions[0]!.latencyMs;
  const between = (value + high) / 2;
  const budget = { model: 'paper:8', board: 'openmv-h7-plus' };
  const { path } = budgetFile({ ...budget, latencyMs: between }, { ...budget, latencyHighMs: between });
  const { code, out } = await runCommand('check', path);
  expect(code).toBe(1);
  expect(out.match(/(holds|OVER)$/gm)).toEqual(['holds', 'OVER']);
});

test('a layer that falls to the core is over its budget, with the rule that put it there', async () => {
  const { path } = budgetFile({ model: 'paper:6', board: 'maixduino', noLayerOnCore: true });
  const { code, out } = await runCommand('check', path);
  expect(code).toBe(1);
  expect(out).toContain('FULLY_CONNECTED (op 2) by the rule ncc/dense-over-1024');
  const five = budgetFile({ model: 'paper:5', board: 'maixduino', noLayerOnCore: true });
  expect((await runCommand('check', five.path)).code).toBe(0);
});

describe('a baseline', () => {
  test('tells which operator moved, by which rule, and that the moves are all of the difference', async () => {
    const { folder, path } = budgetFile({ model: 'paper:5', board: 'maixduino', latencyGrowthPercent: 10 });
    const base = `${folder.path}/base.json`;
    expect((await runCommand('check', path, '--write-baseline', base)).code).toBe(0);
    folder.write('base.json', readFileSync(base, 'utf8').replaceAll('"paper:5"', '"paper:6"'));
    const later = folder.write('later.json', readFileSync(path, 'utf8').replace('paper:5', 'paper:6'));
    const { code, out } = await runCommand('check', later, '--baseline', base, '--json');
    interface Report {
      readonly checked: {
        movement: {
          latencyMs: Record<'before' | 'after', number>;
          moves: { what: string; deltaMs: number }[];
        };
      }[];
    }
    const { latencyMs, moves } = (JSON.parse(out) as Report).checked[0]!.movement;
    expect(code).toBe(1);
    expect(moves[0]).toMatchObject({
      what: 'FULLY_CONNECTED (op 2)',
      causes: [{ rule: 'ncc/dense-over-1024' }],
    });
    const sum = moves.reduce((total, { deltaMs }) => total + deltaMs, 0);
    expect(sum).toBeCloseTo(latencyMs.after - latencyMs.before, 9);
  });

  test('that did not move says nothing and holds; one that lacks the model says so', async () => {
    const { folder, path } = budgetFile({ ...ON_M7, model: 'a.tflite', latencyGrowthPercent: 0 });
    const base = `${folder.path}/base.json`;
    await runCommand('check', path, '--write-baseline', base);
    const same = await runCommand('check', path, '--baseline', base);
    expect([same.code, same.out.includes('instead of')]).toEqual([0, false]);
    const other = folder.write('other.json', readFileSync(path, 'utf8').replace('a.tflite', 'b.tflite'));
    const { out } = await runCommand('check', other, '--baseline', base);
    expect(out).toContain('b.tflite on openmv-h7-plus: not in the baseline');
    expect(out).toContain('a.tflite on openmv-h7-plus: in the baseline, and no budget asks for it any more');
  });

  test('with several readings, all of which are asked for, has none too many', async () => {
    const { folder, path } = budgetFile({ ...ON_M7, latencyGrowthPercent: 0 });
    const base = `${folder.path}/base.json`;
    await runCommand('check', path, '--write-baseline', base);
    const { code, out } = await runCommand('check', path, '--baseline', base);
    expect([code, out.includes('no budget asks for it')]).toEqual([0, false]);
  });

  test('of another version is refused in one line', async () => {
    const { folder, path } = budgetFile({ ...ON_M7, latencyMs: 5 });
    const base = folder.write(
      'base.json',
      '{"format":"inferscope-baseline","inferscope":"0.0.1","readings":[]}',
    );
    const { code, err, out } = await runCommand('check', path, '--baseline', base);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/base\.json: was written by inferscope 0\.0\.1 and this is /);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

test.each([
  ['a model that is not there', { model: 'absent.tflite', board: 'maixduino', latencyMs: 1 }, 'no such file'],
  ['a glob without a match', { model: '*.onnx', board: 'maixduino', latencyMs: 1 }, 'no file matches'],
  ['a board that is not there', { model: 'paper:8', board: 'maixdiuno', latencyMs: 1 }, 'maixdiuno'],
  ['a limit that is misspelt', { ...ON_M7, latencyMS: 1 }, 'did you mean "latencyMs"'],
  ['no limit at all', ON_M7, 'has no limit'],
  ['a limit that is no number', { ...ON_M7, flashBytes: '64k' }, 'flashBytes must be a number'],
  ['growth without a baseline', { ...ON_M7, latencyGrowthPercent: 1 }, 'needs --baseline'],
  ['a switch that is off', { ...ON_M7, fits: false }, 'fits can only be true'],
])('%s is a mistake: one line, and no report is written', async (_, budget, said) => {
  const { folder, path } = budgetFile(budget);
  const junit = `${folder.path}/report.xml`;
  const { code, out, err } = await runCommand('check', path, '--junit', junit);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(said);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(() => readFileSync(junit)).toThrow('ENOENT');
});

test('a board that refuses the model ends with 2, and its reason stands in the report; no baseline is kept', async () => {
  const { folder, path } = budgetFile({
    model: new URL('../examples/models/digits.kmodel', import.meta.url).pathname,
    ...{ board: 'openmv-h7-plus,maixduino', latencyMs: 10 },
  });
  const base = `${folder.path}/base.json`;
  const { code, out } = await runCommand('check', path, '--write-baseline', base);
  expect(code).toBe(2);
  expect(out).toContain('runs only beside a KPU');
  expect(out).toContain('1 of 2 within budget, 1 refused');
  expect(() => readFileSync(base)).toThrow('ENOENT');
});

it('writes JUnit that a reader of XML takes: a suite a model, a failure a limit, an error a refusal', async () => {
  const { folder, path } = budgetFile(
    { ...ON_M7, flashBytes: 1, fits: true },
    { model: 'a.tflite', board: 'nucleo-l432kc', energyUj: 1 },
  );
  const junit = `${folder.path}/report.xml`;
  await runCommand('check', path, '--junit', junit);
  const reader = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' });
  const { testsuites } = reader.parse(readFileSync(junit, 'utf8')) as {
    testsuites: Record<string, string> & { testsuite: { name: string; testcase: unknown }[] };
  };
  const { tests, failures, errors } = testsuites;
  expect({ tests, failures, errors }).toEqual({ tests: '5', failures: '2', errors: '1' });
  expect(testsuites.testsuite.map(({ name }) => name)).toEqual([
    'a.tflite on openmv-h7-plus',
    'b.tflite on openmv-h7-plus',
    'a.tflite on nucleo-l432kc',
  ]);
  expect(testsuites.testsuite[0]!.testcase).toEqual([
    expect.objectContaining({
      name: 'flash',
      failure: { message: expect.stringContaining('allowed 1 bytes') },
    }),
    { classname: 'a.tflite on openmv-h7-plus', name: 'fits' },
  ]);
});

const REPORT: CheckReport = {
  holds: false,
  checked: [
    {
      model: 'a|b.tflite',
      board: 'toy',
      verdicts: [
        { limit: 'latencyMs', allowed: 5, value: 6.5, holds: false },
        { limit: 'noLayerOnCore', allowed: true, value: 0, holds: true },
      ],
      movement: {
        latencyMs: { before: 5, after: 6.5 },
        flashBytes: { before: 1, after: 1 },
        ramBytes: { before: 1, after: 1 },
        moves: [
          {
            ...{ what: 'CONV_2D (op 3)', op: 'CONV_2D', fromNode: 3, toNode: 3, beforeMs: 1, afterMs: 2.5 },
            ...{ deltaMs: 1.5, deltaPs: 1.5e9, beforeBytes: 10, afterBytes: 20, deltaBytes: 10 },
            causes: [{ rule: 'growth', text: '40 MACs instead of 20' }],
          },
        ],
      },
    },
    { model: 'c.tflite', board: 'toy', verdicts: [], refused: 'no price' },
  ],
  gone: [],
};

test('the Markdown is what a pull request shows', () => {
  expect(formatMarkdown(REPORT)).toBe(
    [
      '### ❌ inferscope: 0 of 2 within budget, 1 over, 1 refused',
      '',
      '| | model | board | budget | allowed | predicted |',
      '|---|---|---|---|---:|---:|',
      '| ❌ | a\\|b.tflite | toy | latency | 5.000 ms | 6.500 ms |',
      '| ✅ | a\\|b.tflite | toy | no layer on the core | yes | yes |',
      '| ⛔ | c.tflite | toy | refused | | |',
      '',
      '- **c.tflite on toy**: no price',
      '',
      '#### What moved since the baseline',
      '',
      '- **a\\|b.tflite on toy**: 5.000 ms → 6.500 ms (+1.5000 ms)',
      '  - CONV_2D (op 3) +1.5000 ms, +10 bytes: 40 MACs instead of 20 (growth)',
      '',
    ].join('\n'),
  );
});

test("the example's workflow runs as it stands: a baseline of the branch before, then the judgement", async () => {
  const example = new URL('../examples/ci/', import.meta.url);
  const workflow = parse(readFileSync(new URL('.github/workflows/budgets.yml', example), 'utf8')) as {
    jobs: { budgets: { steps: { run?: string }[] } };
  };
  const lines = workflow.jobs.budgets.steps
    .flatMap(({ run }) => run ?? [])
    .filter((run) => run.startsWith('npx'));
  const folder = tempFolder();
  const files: Readonly<Record<string, string>> = {
    'budgets.json': new URL('budgets.json', example).pathname,
    'base/budgets.json': new URL('budgets.json', example).pathname,
    'baseline.json': `${folder.path}/baseline.json`,
    'budgets.xml': `${folder.path}/budgets.xml`,
    '"$GITHUB_STEP_SUMMARY"': folder.write('summary.md', ''),
  };
  const codes = [];
  for (const line of lines) {
    const words = line
      .replace(/ \|\| .*/, '')
      .split(' ')
      .slice(2);
    codes.push((await runCommand(...words.map((word) => files[word] ?? word))).code);
  }
  expect(codes).toEqual([0, 0]);
  expect(readFileSync(`${folder.path}/summary.md`, 'utf8')).toContain(
    '### ✅ inferscope: 3 of 3 within budget',
  );
});
