import type { Answer } from 'inferscope/experiments';
import { describe, expect, test } from 'vitest';
import { acceleratorWindow, eventInstants, wholeWindow } from './time-window.ts';

const STEPS = [
  { unit: 'core', startMs: 0, durationMs: 0.4 },
  { unit: 'kpu', startMs: 0.4, durationMs: 0.2 },
];
const span = (startMs: number, durationMs: number) => ({ name: 'x', startMs, durationMs });
const BOARD = {
  prediction: { latencyMs: { value: 0.6 }, steps: STEPS },
  lanes: [
    { unit: 'core', kind: 'core', spans: [span(0, 0.25)] },
    { unit: 'kpu', kind: 'kpu', spans: [span(0.25, 0.25), span(0.5, 0.125)] },
  ],
};
const answer = (...boards: object[]) => ({ boards }) as unknown as Answer;

describe('the window of time', () => {
  test('holds the longest call with 3 % of air', () => {
    expect(wholeWindow(answer(BOARD, { lanes: [] })).toMs).toBeCloseTo(1.03 * 0.6, 12);
  });

  test('is a microsecond where nothing takes time', () => {
    expect(wholeWindow(answer({ lanes: [] }))).toEqual({ fromMs: 0, toMs: 1.03e-3 });
  });

  test('of the accelerator is its first layer with 15 % of air on both sides; none where there is no accelerator', () => {
    const { fromMs, toMs } = acceleratorWindow(answer({ lanes: [] }, BOARD))!;
    expect([fromMs, toMs].map((ms) => Number(ms.toFixed(9)))).toEqual([0.37, 0.63]);
    expect(acceleratorWindow(answer({ lanes: [] }))).toBeUndefined();
  });
});

test('instants are those at which anything begins or ends, each once, in order', () => {
  expect(eventInstants(answer(BOARD))).toEqual([0, 0.25, 0.5, 0.625]);
});
