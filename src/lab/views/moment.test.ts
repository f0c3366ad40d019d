import type { Answer } from 'inferscope/experiments';
import { expect, test } from 'vitest';
import { momentText } from './moment.ts';

const BOARD = {
  name: 'Some Board',
  prediction: {
    latencyMs: { value: 2 },
    steps: [
      { startMs: 0, durationMs: 1 },
      { startMs: 1, durationMs: 1 },
    ],
  },
  lanes: [{ unit: 'core', spans: [{ name: 'CONV_2D', startMs: 0, durationMs: 1 }] }],
  memory: {
    blocks: [
      { memory: 'sram', firstStep: 0, lastStep: 0, bytes: 100 },
      { memory: 'sram', firstStep: 0, lastStep: 1, bytes: 1000 },
      { memory: 'flash', firstStep: 1, lastStep: 1, bytes: 7 },
    ],
  },
};
const answer = (...boards: object[]) => ({ boards }) as unknown as Answer;

test('a moment says pin, who works, the step and what is held', () => {
  expect(momentText(answer(BOARD), 0.5)).toBe(
    'At 0.5000 ms. Some Board: pin high, core: CONV_2D, step 1 of 2; 1,100 bytes in sram.',
  );
  expect(momentText(answer(BOARD), 1.5)).toBe(
    'At 1.5000 ms. Some Board: pin high, nobody works, step 2 of 2; 1,000 bytes in sram, 7 bytes in flash.',
  );
});

test('behind the call the pin is low; a board that refused says nothing; no moment is said to be none', () => {
  expect(momentText(answer(BOARD, { name: 'Other' }), 2)).toBe('At 2.0000 ms. Some Board: pin low, done.');
  expect(momentText(answer({ ...BOARD, memory: undefined }), 0.5)).toMatch(/step 1 of 2\.$/);
  expect(momentText(answer(BOARD), undefined)).toBe('No moment is chosen.');
});
