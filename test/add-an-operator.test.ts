import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OPS } from '../src/kernels/index.ts';
import { readSources } from './architecture/source-tree.ts';
import { WalkedCopy, walkBlocks } from './support/walk.ts';

const PAGE = readFileSync(new URL('../docs/add-an-operator.md', import.meta.url), 'utf8');
const TYPE = 'CUSTOM:NegativePart';
const COPIED = ['src', 'scripts', 'test/support', 'test/golden/ops/golden.json'];

const blocks = walkBlocks(PAGE);

describe('the page on adding an operator, followed in a copy of the sources', () => {
  const copy = new WalkedCopy(COPIED);
  beforeAll(() => copy.follow(blocks));
  afterAll(() => copy.remove());

  test('it is one definition, one line and one test', () => {
    const lines = blocks.map(({ kind, path, code }) => [kind, path, code.split('\n').length - 1]);
    expect(lines.filter(([kind]) => kind === 'line')).toEqual([['line', 'src/kernels/ops.ts', 1]]);
    expect(lines.filter(([kind]) => kind === 'file')).toHaveLength(2);
    expect(Object.keys(OPS)).not.toContain(TYPE);
  });

  test('its types hold', () => {
    expect(copy.typeErrors([...blocks.map(({ path }) => path), 'src/kernels/index.ts'])).toBe('');
  });

  test('its test passes, and the one that asks for a test of each operator', () => {
    const tests = [
      ...blocks.map(({ path }) => path).filter((path) => path.endsWith('.test.ts')),
      'src/kernels/ops.test.ts',
    ];
    const { passed, failed } = copy.test(...tests);
    expect([failed, passed > Object.keys(OPS).length]).toEqual([0, true]);
  });

  test('files, shapes, work, arithmetic, int8, boards and the table know it', () => {
    expect(JSON.parse(copy.node('tsx/dist/cli.mjs', 'test/support/walk-operator.ts', TYPE))).toEqual({
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
  // What another format's operator becomes.
  'files/onnx/',
  'models/formats/onnx/',
  // Edits, each of one operator.
  'suggest/',
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
