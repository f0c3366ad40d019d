import { describe, expect, it } from 'vitest';
import { predict } from '../simulate/predict.ts';
import { boardOf, modelOf } from './answer.ts';
import { differenceRows } from './difference-rows.ts';
import { FIRST_EXPERIMENT } from './parse-experiment.ts';

const [accelerated, plain] = FIRST_EXPERIMENT.boards as [string, string];
const asking = (model: string, board: string) => ({ experiment: { ...FIRST_EXPERIMENT, model }, board });
const timeOf = (model: string, board: string) =>
  predict(modelOf({ ...FIRST_EXPERIMENT, model }), boardOf(board, FIRST_EXPERIMENT)).latencyMs.value;

describe.each([
  ['one filter more', 'paper:5', accelerated, 'paper:6', accelerated],
  ['another kernel', 'paper:8', plain, 'paper:8,k=5', plain],
  ['another board', 'paper:8', accelerated, 'paper:8', plain],
])('%s', (_, model, board, otherModel, otherBoard) => {
  const rows = differenceRows(asking(model, board), asking(otherModel, otherBoard));

  it('begins and ends with what predict says, and its rows lead from one to the other', () => {
    expect(rows[0]).toMatchObject({ kind: 'total', toMs: timeOf(model, board) });
    expect(rows.at(-1)).toMatchObject({ kind: 'total', toMs: timeOf(otherModel, otherBoard) });
    const steps = rows.slice(1, -1);
    expect(steps.length).toBeGreaterThan(1);
    const sum = steps.reduce((total, { fromMs, toMs }) => total + toMs - fromMs, 0);
    expect(sum).toBeCloseTo(timeOf(otherModel, otherBoard) - timeOf(model, board), 8);
    for (const [at, { fromMs }] of steps.entries()) {
      expect(fromMs).toBe(at === 0 ? rows[0]!.toMs : steps[at - 1]!.toMs);
    }
  });
});

it('the largest row of one filter more is the dense layer, with its reason and without the name of a rule', () => {
  const rows = differenceRows(asking('paper:5', accelerated), asking('paper:6', accelerated));
  expect(rows[1]!.label).toContain('FULLY_CONNECTED');
  expect(rows[1]!.why).toContain('1176 inputs');
  expect(rows.map(({ why }) => why).join()).not.toMatch(/ncc\//);
});
