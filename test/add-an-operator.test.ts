import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OPS } from '../src/kernels/index.ts';
import { readSources } from './architecture/source-tree.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGE = readFileSync(new URL('../docs/add-an-operator.md', import.meta.url), 'utf8');
const TYPE = 'CUSTOM:NegativePart';
const COPIED = ['src', 'scripts', 'test/support', 'test/golden/ops/golden.json'];
const CONFIG = ['package.json', 'tsconfig.json', 'vitest.config.ts'];

/** Blocks of code of the page: whole files, and lines to add to one. */
const blocks = [...PAGE.matchAll(/<!-- (file|line) (\S+) -->\n```ts\n([\s\S]*?)```/g)].map(
  ([, kind, path, code]) => ({ kind: kind!, path: path!, code: code! }),
);

describe('the page on adding an operator, followed in a copy of the sources', () => {
  const copy = mkdtempSync(join(tmpdir(), 'inferscope-operator-'));
  const node = (script: string, ...args: string[]): string =>
    execFileSync(process.execPath, [join(ROOT, 'node_modules', script), ...args], {
      cwd: copy,
      encoding: 'utf8',
    });

  beforeAll(() => {
    for (const path of [...COPIED, ...CONFIG])
      cpSync(join(ROOT, path), join(copy, path), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
    for (const { kind, path, code } of blocks)
      (kind === 'file' ? writeFileSync : appendFileSync)(join(copy, path), code);
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  test('it is one definition, one line and one test', () => {
    const lines = blocks.map(({ kind, path, code }) => [kind, path, code.split('\n').length - 1]);
    expect(lines.filter(([kind]) => kind === 'line')).toEqual([['line', 'src/kernels/ops.ts', 1]]);
    expect(lines.filter(([kind]) => kind === 'file')).toHaveLength(2);
    expect(Object.keys(OPS)).not.toContain(TYPE);
  });

  test('its types hold', { timeout: 120_000 }, () => {
    const include = [...blocks.map(({ path }) => path), 'src/kernels/index.ts'];
    writeFileSync(join(copy, 'tsconfig.walk.json'), JSON.stringify({ extends: './tsconfig.json', include }));
    expect(node('typescript/bin/tsc', '-p', 'tsconfig.walk.json')).toBe('');
  });

  test('its test passes, and the one that asks for a test of each operator', { timeout: 120_000 }, () => {
    const tests = [
      ...blocks.map(({ path }) => path).filter((path) => path.endsWith('.test.ts')),
      'src/kernels/ops.test.ts',
    ];
    const args = ['run', '--reporter=json', '--maxWorkers=1', ...tests];
    const { numFailedTests, numPassedTests } = JSON.parse(node('vitest/vitest.mjs', ...args));
    expect([numFailedTests, numPassedTests > Object.keys(OPS).length]).toEqual([0, true]);
  });

  test('files, shapes, work, arithmetic, int8, boards and the table know it', { timeout: 120_000 }, () => {
    expect(JSON.parse(node('tsx/dist/cli.mjs', 'test/support/walk-operator.ts', TYPE))).toEqual({
      nodes: [{ op: TYPE, attributes: {}, inputs: [0], outputs: [1] }],
      runtime: '2.4.0',
      shapes: [
        [1, 3],
        [1, 3],
      ],
      elements: [3],
      floats: [2, 0, 0],
      int8: ['int8', 'int8'],
      reference: expect.arrayContaining([TYPE]),
      firmware: expect.stringContaining(`op 0 (${TYPE}) on unit "core": openmv-libtf-2020-11 has no kernel`),
      converter: expect.stringContaining('use RELU behind a convolution with negated weights'),
      support: `| ${TYPE} | - | float32 (estimated), int8 (estimated) | - |`,
    });
  });
});

// Places that name operators for what is said of that one operator alone, and list none that a new one must join.
const NAMED_IN = [
  // Layer words, and how a layer of each word is trained.
  'models/specs/',
  'training/',
  // What one converter makes of an operator, and the kernels that were counted.
  'deploy/ncc/',
  'deploy/model-facts.ts',
  'deploy/tflm/call.ts',
  'deploy/tflm/index.ts',
  'boards/',
  'calibrate/',
  'cli/train/',
  // Names of activations, and of all operators that the format has.
  'models/graph/attributes.ts',
  'models/formats/tflite/codecs.ts',
  'models/formats/tflite/schema/',
];

test('outside of kernels no file lists operators one by one', () => {
  const name = new RegExp(`'(${Object.keys(OPS).join('|')})'|\\b(${Object.keys(OPS).join('|')}): `, 'g');
  const found = readSources('src')
    .filter(({ path }) => !path.endsWith('.test.ts') && !path.startsWith('kernels/'))
    .filter(({ path }) => !NAMED_IN.some((home) => path.startsWith(home)))
    .flatMap(({ path, text }) => [...text.matchAll(name)].map(([match]) => `${path}: ${match}`));
  expect(found).toEqual([]);
});
