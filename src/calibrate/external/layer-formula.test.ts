import { expect, test } from 'vitest';
import type { MeasuredRow } from '../population/measured-rows.ts';
import { LayerFormulas } from './layer-formula.ts';

/** 0.5 ms, 2 ns a multiply-accumulate, 10 ns a value written, 5 ns a value read. */
const timeMs = (macs: number, out: number, from: number) => 0.5 + 2e-6 * macs + 1e-5 * out + 5e-6 * from;

const row = (model: string, side: number, channels: number, depth: number): MeasuredRow => {
  const [out, from] = [side * side * channels, side * side * depth];
  const macs = out * depth;
  return {
    ...{ accelerator: 'npu', op: 'conv', model, macs, latencyMs: timeMs(macs, out, from) },
    ...{ in_shape: `${side}x${side}x${depth}`, out_shape: `${side}x${side}x${channels}` },
  } as unknown as MeasuredRow;
};

const seen = [
  row('a', 8, 16, 8),
  row('a', 16, 8, 16),
  row('b', 32, 4, 64),
  row('b', 24, 32, 12),
  row('c', 10, 10, 40),
];

test('a layer whose time is a sum of its parts is predicted by the layers of other networks', () => {
  const asked = row('z', 20, 24, 32);
  expect(new LayerFormulas([...seen, asked], 'npu').msOf(asked)! / asked.latencyMs).toBeCloseTo(1, 6);
});

test('nothing is said of an operator with too few rows, or of another accelerator', () => {
  expect(new LayerFormulas(seen.slice(0, 2), 'npu').msOf(row('z', 20, 24, 32))).toBeUndefined();
  expect(new LayerFormulas(seen, 'other').msOf(row('z', 20, 24, 32))).toBeUndefined();
});
