import { expect, test } from 'vitest';
import { effectsOf, SPREADS, type Effect } from './effects.ts';
import { OP_CLASSES } from './op-classes.ts';
import { PopulationFit } from './population-fit.ts';

const softmaxOfItsOwn = (core: string, family: string, dtype: 'int8' | 'float32'): string[] => {
  const identity = { board: 'a', family, core, engine: 'tflm-float', version: 'v', variant: '', dtype };
  const run = { identity, network: 'net', instructions: OP_CLASSES.map(() => 1) };
  return effectsOf(run, SPREADS, (_, version) => [version])
    .filter(({ of, spread }) => OP_CLASSES[of ?? 0] === 'softmax' && spread >= 1)
    .map(({ name }) => name);
};

test.each([
  ['an M4, whose unit is single', 'cortex-m4', 'nrf52'],
  ['an M7 whose unit is single', 'cortex-m7', 'stm32f7'],
  ['a core without a unit', 'cortex-m0plus', 'rp20'],
])("each board's softmax in float32 is as fast as its own expf on %s", (_, core, family) => {
  expect(softmaxOfItsOwn(core, family, 'float32')).toEqual(['board.exponential a']);
});

test.each([
  ['where a unit computes in double, so that either expf is fast', 'cortex-m7', 'stm32h7', 'float32'],
  ['in int8, which needs no expf', 'cortex-m4', 'nrf52', 'int8'],
] as const)('boards share the softmax of their core %s', (_, core, family, dtype) => {
  expect(softmaxOfItsOwn(core, family, dtype)).toEqual([]);
});

test('memory outside of the chip is taken to slow before any row tells, by what it may slow on average', () => {
  const identity = { board: 'a', family: 'f', core: 'c', engine: 'e', version: 'v', variant: '' } as const;
  const run = { identity: { ...identity, dtype: 'int8' as const }, network: 'n', instructions: [1] };
  const external = effectsOf({ ...run, isExternal: true }, SPREADS, (_, version) => [version]).find(
    ({ name }) => name === 'external',
  )!;
  // The half of a normal distribution above 0: mean and standard deviation of its magnitude (Leone et al. 1961).
  expect(external.mean! / SPREADS.external).toBeCloseTo(0.7979, 4);
  expect(external.spread / SPREADS.external).toBeCloseTo(0.6028, 4);
  const bare = new PopulationFit([], SPREADS.row);
  const slowed = (effects: readonly Effect[]) => bare.predict({ effects, instructions: [100] }).mean;
  expect(slowed([external]) - slowed([])).toBeCloseTo(external.mean!, 9);
});
