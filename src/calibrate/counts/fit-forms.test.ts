import { expect, test } from 'vitest';
import { fitForm } from './fit-forms.ts';

const rows = [
  [10, 3],
  [20, 1],
  [40, 7],
  [80, 2],
].map(([macs, outputs]) => ({
  ...{ op: 'CONV_2D', dtype: 'int8', counts: { macs: macs!, outputs: outputs! } },
  // Less than a thousandth of an instruction on any row, as rounding leaves it.
  instructions: 5 * macs! + 100 + 1e-7 * outputs!,
}));

test('a term that no row needs is nothing, not what the descent left of it', () => {
  const [macs, outputs, constant] = fitForm(['macs', 'outputs', '1'], rows) as [number, number, number];
  expect(macs).toBeCloseTo(5, 2);
  expect(constant).toBeCloseTo(100, 0);
  expect(outputs).toBe(0);
});
