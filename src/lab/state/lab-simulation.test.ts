import { beforeEach, expect, test, vi } from 'vitest';
import type { Experiment } from 'inferscope/experiments';
import { experiment } from './lab-store.ts';
import { ask, undo } from './lab-simulation.ts';

const answered = vi.hoisted(() => [] as unknown[]);
vi.mock('../worker/connect.ts', () => ({
  connectPredict: () => {
    const lab = {
      ask: (asked: unknown) => (answered.push(asked), Promise.resolve({ answer: { experiment: asked } })),
    };
    return Promise.resolve({ lab, died: new Promise(() => undefined), end: () => undefined });
  },
}));

const named = (name: string) => ({ name }) as unknown as Experiment;

beforeEach(() => {
  answered.length = 0;
  experiment.value = named('first');
});

test('undo goes back move by move, and at the first experiment stays there', async () => {
  ask(named('second'));
  ask(named('third'));
  undo();
  expect(experiment.value).toEqual(named('second'));
  undo();
  expect(experiment.value).toEqual(named('first'));
  undo();
  expect(experiment.value).toEqual(named('first'));
  await vi.waitFor(() => expect(answered.at(-1)).toEqual(named('first')));
});

test('of experiments asked in one breath only the first and the newest are answered', async () => {
  for (const name of ['a', 'b', 'c', 'd']) ask(named(name));
  await vi.waitFor(() => expect(answered.at(-1)).toEqual(named('d')));
  expect(answered).toEqual([named('a'), named('d')]);
});
