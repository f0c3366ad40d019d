import { describe, expect, test, vi } from 'vitest';
import { goldenBytes, goldenJson } from '../../../test/support/goldens.ts';
import { standInRanges } from '../../../test/support/stand-in-ranges.ts';
import { InferscopeError } from '../../errors.ts';
import { readKmodel } from '../../models/formats/kmodel/read.ts';
import { layOutKmodel } from '../../models/formats/kmodel/write.ts';
import { readTflite } from '../../files/tflite.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { convertToKmodel } from './convert-to-kmodel.ts';

// The real converter was given these ranges instead of ones measured on images.
vi.mock('./calibrate-ranges.ts', async (original) => ({
  ...(await original<typeof import('./calibrate-ranges.ts')>()),
  calibrate: (graph: Graph, tensors: ReadonlySet<number>) => {
    const ranges = standInRanges(graph);
    const entry = (tensor: number) => {
      const [low, high] = ranges.get(tensor)!;
      return [tensor, [{ low, high }]] as const;
    };
    return new Map([...tensors].map(entry));
  },
}));

const EXPECTED =
  goldenJson<Record<string, { readonly refused?: boolean; readonly text?: string }>>('rc5/expected.json');
const graphOf = (name: string): Graph => readTflite(goldenBytes(`rc5/${name}.tflite`), name);
const convert = (name: string) => convertToKmodel(graphOf(name), []);

const taken = Object.keys(EXPECTED).filter((name) => !EXPECTED[name].refused);
const refused = Object.keys(EXPECTED).filter((name) => EXPECTED[name].refused);

test('the converter took 44 of the 73 graphs', () => {
  expect([taken.length, refused.length]).toEqual([44, 29]);
});

describe('with the ranges that ncc 0.1.0-rc5 was given', () => {
  test.each(taken)('%s becomes its file, byte for byte', (name) => {
    const [ours, theirs] = [convert(name).bytes, goldenBytes(`rc5/${name}.kmodel`)];
    expect(readKmodel(ours)).toEqual(readKmodel(theirs));
    expect(Buffer.from(ours).equals(theirs)).toBe(true);
  });

  test.each(taken)('%s is written as it was read', (name) => {
    const theirs = goldenBytes(`rc5/${name}.kmodel`);
    expect(Buffer.from(layOutKmodel(readKmodel(theirs)).bytes).equals(theirs)).toBe(true);
  });
});

/** Where its words are not in the list: the first is its exception's text, the second reads whatever lies there. */
const SAID: Readonly<Record<string, string>> = { relu_n1: 'activation', 'fc_bias-1': '' };

test.each(refused)('%s is refused in the words of ncc 0.1.0-rc5, with a way out', (name) => {
  const said = SAID[name] ?? EXPECTED[name].text!;
  expect(() => convert(name)).toThrow(InferscopeError);
  expect(() => convert(name)).toThrow(/^op \d+ \([A-Z0-9_]+\) on unit "core": [^\n]+"; [^\n]+$/);
  expect(() => convert(name)).toThrow(
    said === '' ? 'refuses the model' : `refuses the model with "${said}"; `,
  );
});
