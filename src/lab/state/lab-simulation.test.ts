import { beforeEach, expect, test, vi } from 'vitest';
import type { Experiment } from 'inferscope/experiments';
import { experiment } from './lab-store.ts';
import { ask, callLab, undo, warmUp } from './lab-simulation.ts';

const answered = vi.hoisted(() => [] as unknown[]);
/** Ends the first answer of the worker that does all. */
const whole = vi.hoisted(() => ({ answer: (): void => undefined }));
vi.mock('../worker/connect.ts', () => {
  const connected = (lab: object) =>
    Promise.resolve({ lab, died: new Promise(() => undefined), end: () => undefined });
  return {
    connectPredict: () =>
      connected({
        hello: () => Promise.resolve('predicts'),
        ask: (asked: unknown) => (answered.push(asked), Promise.resolve({ answer: { experiment: asked } })),
      }),
    connectLab: () =>
      connected({
        hello: () => Promise.resolve('does all'),
        ask: () => new Promise<void>((resolve) => (whole.answer = resolve)),
      }),
  };
});

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

test('the worker that does all predicts once it has answered, or has been asked for more', async () => {
  const predicting = () => callLab((lab) => lab.hello('') as Promise<string>);
  await warmUp();
  expect(await predicting()).toBe('predicts');
  whole.answer();
  await vi.waitFor(async () => expect(await predicting()).toBe('does all'));
  vi.resetModules();
  const fresh = await import('./lab-simulation.ts');
  const hello = (lab: object) => (lab as { hello(): Promise<string> }).hello();
  expect(await fresh.callWhole(hello)).toBe('does all');
  expect(await fresh.callLab(hello)).toBe('does all');
});
