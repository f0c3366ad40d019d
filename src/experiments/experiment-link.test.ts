import { expect, test } from 'vitest';
import { runJson } from '../../test/support/run-command.ts';
import { answerExperiment } from './answer.ts';
import { experimentFragment, readFragment, traceHashesOf } from './experiment-link.ts';
import { FIRST_EXPERIMENT } from './parse-experiment.ts';

const experiment = { ...FIRST_EXPERIMENT, model: 'paper:6' };

test('a link carries its experiment, with the hashes of predict', async () => {
  const boards = experiment.boards.join(',');
  const { predictions } = (await runJson('predict', 'paper:6', '--board', boards)) as {
    predictions: { traceHash: string }[];
  };
  const fragment = experimentFragment(experiment, traceHashesOf(answerExperiment(experiment)));
  expect(fragment).toMatch(/^#s=[\w-]+$/);
  expect(readFragment(fragment)).toEqual({
    experiment,
    hashes: predictions.map(({ traceHash }) => traceHash.slice(0, 16)),
  });
});

test.each([
  ['#s=abcdef', 'damaged'],
  [`#s=${'A'.repeat(9000)}`, 'longer than 8000 characters'],
])('%.12s is refused in one line', (fragment, says) => {
  expect(() => readFragment(fragment)).toThrow(says);
});

test('another fragment carries nothing', () => {
  expect(readFragment('#top')).toBeUndefined();
});
