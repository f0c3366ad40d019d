import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { readRanges } from './ranges-file.ts';

const names = ['input', 'conv', 'twice', 'twice', 'a, b'];
const graph = { name: 'net', tensors: names.map((name) => ({ name })) } as unknown as Graph;
const folder = tempFolder();
const read = (text: string) => readRanges(folder.write('ranges', text), graph);

test.each([
  ['JSON', '{"conv": [-1, 2.5], "0": [0, 6]}'],
  ['CSV', 'tensor,min,max\nconv,-1,2.5\n0,0,6\n'],
])('%s gives ranges by name, or by number where none has that name', async (_, text) => {
  expect(await read(text)).toEqual(
    new Map([
      [0, { low: 0, high: 6 }],
      [1, { low: -1, high: 2.5 }],
    ]),
  );
});

test('a name may hold a comma', async () => {
  expect([...(await read('tensor,min,max\n"a, b",0,1'))]).toEqual([[4, { low: 0, high: 1 }]]);
});

test.each([
  ['{"conv": [0, "x"]}', 'conv: write [min, max], got [0,"x"]'],
  ['{"conv": [0]}', 'conv: write [min, max], got [0]'],
  ['{"conv": 3}', 'conv: write [min, max], got 3'],
  ['{"conv": [2, 1]}', 'conv: a range is a least and a largest number, got 2 and 1'],
  ['{"conv": [0, 1], "1": [0, 1]}', 'conv is given twice'],
  ['{"twice": [0, 1]}', '2 tensors of net are named twice; give their numbers, 2, 3'],
  ['{"none": [0, 1]}', 'net has no tensor "none"; inspect lists them'],
  ['{"5": [0, 1]}', 'net has no tensor "5"; inspect lists them'],
  ['a,b\n', 'is neither a JSON object nor a CSV headed "tensor,min,max"'],
  ['tensor,min,max\nconv,,1', 'line 2: write tensor,min,max, got "conv,,1"'],
])('%s is refused in one line', async (text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});
