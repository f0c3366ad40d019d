import { expect, test } from 'vitest';
import type { Board, DmaUnit } from '../boards/board/board.ts';
import type { Step } from '../deploy/program.ts';
import { priceDmaStep } from './dma.ts';

const cyclesPerByte = { value: 0.25, unit: 'cycles per byte', source: 'a test', grade: 'estimated' };
const unit = {
  id: 'dma0',
  kind: 'dma',
  constants: { CopyCyclesPerByte: cyclesPerByte },
} as unknown as DmaUnit;
const board = { id: 'toy' } as Board;
const copyOf = (op: string, node: number | null) =>
  ({ op, node, work: { loadBytes: 640, storeBytes: 320 } }) as unknown as Step;

test('a copy takes its bytes times what a byte takes', () => {
  expect(priceDmaStep(unit, copyOf('Copy', 3), board)).toEqual({
    parts: [{ name: 'dma copy', coreCycles: 160 }],
    totalCoreCycles: 160,
  });
});

test('a copy that has no price is refused by name, with the constant that would give it one', () => {
  const price = () => priceDmaStep(unit, copyOf('Move', 3), board);
  expect(price).toThrow(/Move.*op 3|op 3.*Move/);
  expect(price).toThrow('give the unit the constant "MoveCyclesPerByte"');
});
