import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTflite } from '../src/files/tflite.ts';
import { goldenBytes } from './support/goldens.ts';
import { runCommand } from './support/run-command.ts';
import { standInRanges } from './support/stand-in-ranges.ts';
import { tempFolder } from './support/temp-folder.ts';

const folder = tempFolder();
const at = (name: string) => join(folder.path, name);
const model = (name: string) => `test/golden/rc5/${name}.tflite`;
const RANGED = [
  '01_residual',
  '04_concat_used_twice',
  '05_maxpool3x3s2',
  '12_add_gap_dense_softmax',
  '40_yolo3_mobile',
];

/** The ranges that the real converter was given for the model, by name or by number. */
function rangesOf(name: string): { tensor: string; index: number; ends: readonly [number, number] }[] {
  const graph = readTflite(goldenBytes(`rc5/${name}.tflite`), name);
  // The converter loses the activation of a sum before it measures.
  const nodes = graph.nodes.map((node) => (node.op === 'ADD' ? { ...node, attributes: {} } : node));
  return [...standInRanges({ ...graph, nodes })].map(([index, ends]) => ({
    tensor: graph.tensors[index].name,
    index,
    ends,
  }));
}

const convert = (name: string, ranges: string, ...more: string[]) =>
  runCommand(
    'convert',
    model(name),
    '--to',
    'kmodel',
    '--out',
    at(`${name}.kmodel`),
    '--ranges',
    ranges,
    ...more,
  );

const fileWith = (name: string, text: string) => folder.write(name, text);

test.each(RANGED)(
  '%s with the ranges of the real converter is its file, byte for byte, from JSON and CSV',
  async (name) => {
    const ranges = rangesOf(name);
    const json = JSON.stringify(Object.fromEntries(ranges.map(({ tensor, ends }) => [tensor, ends])));
    const csv = ['tensor,min,max', ...ranges.map(({ index, ends }) => `${index},${ends.join()}`)].join('\n');
    for (const file of [fileWith('r.json', json), fileWith('r.csv', csv)]) {
      expect(await convert(name, file)).toMatchObject({
        code: 0,
        err: expect.not.stringContaining('no --dataset') as string,
      });
      expect(readFileSync(at(`${name}.kmodel`)).equals(goldenBytes(`rc5/${name}.kmodel`))).toBe(true);
    }
  },
);

test.each([
  ['[1, 2]', 'is neither a JSON object nor a CSV headed "tensor,min,max"'],
  ['{"t1": [1]}', 't1: write [min, max], got [1]'],
  ['{"t1": [2, 1]}', 't1: a range is a least and a largest number, got 2 and 1'],
  ['{"t1": ', 'is not JSON'],
  ['{"nobody": [0, 1]}', '01_residual.tflite has no tensor "nobody"'],
  ['tensor,min,max\n3,0', 'line 2: write tensor,min,max, got "3,0"'],
  ['tensor,min,max\n3,0,1\n3,0,2', '3 is given twice'],
  ['tensor,min,max\n3,0,zwei', '3: a range is a least and a largest number, got 0 and NaN'],
])('%s is one line that says what is wrong, and exit code 2', async (text, message) => {
  const { code, err } = await convert('01_residual', fileWith('bad', text));
  expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  expect(err).toMatch(/^inferscope: [^\n]+\n$/);
});

test('a tensor without a range is named, and images give what the file leaves out', async () => {
  const [input, first] = rangesOf('01_residual');
  const some = fileWith('some.json', JSON.stringify({ [input.tensor]: [0, 1], [first.tensor]: first.ends }));
  expect((await convert('01_residual', some)).err).toMatch(
    /no range for tensor \d+ "[^"]+" and \d+ more; add it, or give images/,
  );
  mkdirSync(at('photos'));
  writeFileSync(at('photos/a.ppm'), `P6 16 16 255\n${'abc'.repeat(256)}`);
  expect((await convert('01_residual', some, '--dataset', at('photos'))).code).toBe(0);
});

test('--ranges is for kmodels, and gives one range a tensor', async () => {
  const file = fileWith('r.json', '{}');
  expect((await convert('01_residual', file, '--channelwise-output')).err).toContain(
    'leave out --channelwise-output',
  );
  const int8 = await runCommand('convert', 'paper:1', '--to', 'int8', '--out', at('q'), '--ranges', file);
  expect([int8.code, int8.err]).toEqual([2, expect.stringContaining('--ranges goes with --to kmodel')]);
});
