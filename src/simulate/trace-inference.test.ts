import { expect, test } from 'vitest';
import { BOARDS } from '../boards/index.ts';
import { paperCnn } from '../models/specs/paper-cnn.ts';
import { msFromPs } from '../units.ts';
import { predict } from './predict.ts';
import { traceInference } from './trace-inference.ts';

const cases = BOARDS.map((board) => [board.id, board] as const);

test.each(cases)(
  '%s: the pin is high for as long as the prediction says, at other clocks too',
  (_, board) => {
    const clockHz = { [board.clocks[0].id]: board.clocks[0].hz.value / 2 };
    for (const options of [{}, { clockHz }]) {
      const pins = traceInference(paperCnn({ filters: 5 }), board, options).filter(
        ({ kind }) => kind === 'pin',
      );
      expect(pins.map(({ track, value }) => [track, value])).toEqual([
        ['pin', 1],
        ['pin', 0],
      ]);
      const { value } = predict(paperCnn({ filters: 5 }), board, options).latencyMs;
      expect(msFromPs(pins[1].atPs - pins[0].atPs)).toBe(value);
    }
  },
);

test.each(cases)('%s: each step has a span on its unit, of its length', (_, board) => {
  const spans = traceInference(paperCnn({ filters: 5 }), board).filter(({ kind }) => kind === 'span');
  const { steps } = predict(paperCnn({ filters: 5 }), board);
  const onCore = steps.filter(({ unit }) => board.units.find(({ id }) => id === unit)?.kind === 'core');
  for (const { op, unit, startMs, durationMs } of onCore) {
    const found = spans.filter(
      ({ track, name, atPs }) => track === unit && name === op && msFromPs(atPs) === startMs,
    );
    expect(found.map(({ value }) => msFromPs(value))).toEqual([durationMs]);
  }
  expect(onCore.length).toBeGreaterThan(2);
});
