import { expect, test } from 'vitest';
import { BOARDS } from '../boards/index.ts';
import type { Board } from '../boards/board/board.ts';
import type { MemoryPlan } from '../deploy/program.ts';
import { fitMemory, memoryFits } from './memory-fit.ts';

const memory = (id: string, availableBytes: number) => ({ id, availableBytes: { value: availableBytes } });
const BOARD = { ...BOARDS[0], memories: [memory('ram', 100), memory('far', 50)] } as unknown as Board;

const planOf = (...parts: readonly [name: string, memory: string, bytes: number][]): MemoryPlan => ({
  ...{ flashBytes: 7, ramBytes: 8 },
  parts: parts.map(([name, home, bytes]) => ({ name, memory: home, bytes })),
});

test.each([
  [
    'parts of one memory fit together to the last byte',
    planOf(['a', 'ram', 60], ['b', 'ram', 40]),
    [true, true],
  ],
  [
    'of two that fit alone and not together neither fits',
    planOf(['a', 'ram', 60], ['b', 'ram', 41]),
    [false, false],
  ],
  ['another memory is not asked', planOf(['a', 'ram', 60], ['b', 'far', 50]), [true, true]],
  [
    'a memory that is full does not fill the other',
    planOf(['a', 'ram', 60], ['b', 'far', 51]),
    [true, false],
  ],
  ['a memory that the board has not is full', planOf(['a', 'nowhere', 1]), [false]],
])('%s', (_, plan, fits) => {
  const fit = fitMemory(plan, BOARD);
  expect(fit.parts.map((part) => part.fits)).toEqual(fits);
  expect(fit.fits).toBe(fits.every(Boolean));
  expect(memoryFits(plan, BOARD)).toBe(fit.fits);
  expect([fit.flashBytes, fit.ramBytes]).toEqual([7, 8]);
});

test('each part is told with what its memory has', () => {
  expect(fitMemory(planOf(['a', 'far', 3]), BOARD).parts).toEqual([
    { name: 'a', memory: 'far', bytes: 3, availableBytes: 50, fits: true },
  ]);
});
