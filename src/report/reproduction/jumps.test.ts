import { expect, test } from 'vitest';
import { boardById } from '../../boards/index.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { predictWithFacts } from '../../simulate/predict-with-facts.ts';
import { findJumps } from './jumps.ts';

const jumpsOn = (id: string, from: number, to: number) =>
  findJumps(
    Array.from({ length: to - from + 1 }, (_, at) =>
      predictWithFacts(paperCnn({ filters: from + at }), boardById(id)),
    ),
    from,
  );

// The heap of the OpenMV H7 Plus that holds a model's file has 249,856 bytes; 32 filters take 32 x 196 x 10 x 4 and more.
test('the jump of the pulse on a board whose weights no longer fit is told with the memory that they move to', () => {
  const jumps = jumpsOn('openmv-h7-plus', 28, 33);
  expect(jumps.map(({ filters }) => filters)).toEqual([32]);
  expect(jumps[0]!.sentence).toMatch(/weights lie in sdram instead of sram1: the model file .* does not fit/);
});

// 5 x 196 inputs are 980, 6 x 196 are 1176: more than the 1024 that the converter puts on the accelerator.
test('a board whose converter places a layer elsewhere jumps where the limit lies, and nowhere else', () => {
  const jumps = jumpsOn('maixduino', 1, 10);
  expect(jumps.map(({ filters }) => filters)).toEqual([6]);
  expect(jumps[0]!.sentence).toContain('1024 inputs');
});
