import { describe, expect, test, vi } from 'vitest';
import { goldenBytes, goldenJson } from '../../../test/support/goldens.ts';
import { standInRanges } from '../../../test/support/stand-in-ranges.ts';
import { InferscopeError } from '../../errors.ts';
import { readKmodel } from '../../models/formats/kmodel/read.ts';
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

const EXPECTED = goldenJson<Record<string, { readonly refused?: boolean }>>('rc5/expected.json');
const graphOf = (name: string): Graph => readTflite(goldenBytes(`rc5/${name}.tflite`), name);
const convert = (name: string) => convertToKmodel(graphOf(name), []);

const SAME = [
  ...['06_maxpool2x2s1', '10_avgpool3x3s2', '21_mean_dense', '25_pool_first', '33_float_concat'],
  ...['avgpool2s1', 'mean_keep', 'pad_dw_s2_pw', 'reshape_minus1', 'reshape_opts_only'],
];

// The converter takes these and ncc does not: it is stricter about inputs that feed two layers and about options.
const TAKEN_HERE = [
  ...['16_input_used_twice', '36_fc_chain', '43_ex3_unaligned', '44_kpu_freed_early', 'cat_axis-1'],
  ...['conv_nobias', 'fc_bias-1', 'mean_axes21', 'reshape_noop4d', 'reshape_noopts'],
];

describe('with the ranges that ncc 0.1.0-rc5 was given', () => {
  test.each(SAME)('%s becomes its file, byte for byte', (name) => {
    const [ours, theirs] = [convert(name).bytes, goldenBytes(`rc5/${name}.kmodel`)];
    expect(readKmodel(ours)).toEqual(readKmodel(theirs));
    expect(Buffer.from(ours).equals(theirs)).toBe(true);
  });
});

const refused = Object.keys(EXPECTED).filter((name) => EXPECTED[name].refused && !TAKEN_HERE.includes(name));

test.each(refused)('%s is refused, as ncc 0.1.0-rc5 refuses it', (name) => {
  expect(() => convert(name)).toThrow(InferscopeError);
  expect(() => convert(name)).toThrow(/^op \d+ \([A-Z0-9_]+\) on unit "core": [^\n]+$/);
});
