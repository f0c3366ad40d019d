import { expect, test } from 'vitest';
import { validateK210Layers } from './validate-k210-layers.ts';

const { rows, gates, worst } = validateK210Layers();

test('every published layer is compared: 10 of Sipeed, 23 of the face detector, 6 of nncase issues, and the network', () => {
  expect(rows).toHaveLength(40);
});

test.each(gates.map((gate) => [gate.name, gate.bar, gate] as const))('%s within %i', (_name, bar, gate) => {
  expect(gate.figure).toBeLessThanOrEqual(bar);
  expect(gate.holds).toBe(true);
});

test('the worst row is a short depthwise layer', () => {
  expect(worst.id).toBe('k210-face-l11');
});
