import { expect, test } from 'vitest';
import { FIRST_EXPERIMENT } from '../../experiments/parse-experiment.ts';
import { readFragment } from '../../lab/state/page-link.ts';
import { runJson } from '../../../test/support/run-command.ts';
import { labFragment } from './lab-link.ts';

test('the page reads of a link what it was made for, with the hashes of predict', async () => {
  const experiment = { ...FIRST_EXPERIMENT, model: 'paper:6' };
  const boards = experiment.boards.join(',');
  const { predictions } = (await runJson('predict', 'paper:6', '--board', boards)) as {
    predictions: { traceHash: string }[];
  };
  expect(readFragment(labFragment(experiment))).toEqual({
    experiment,
    hashes: predictions.map(({ traceHash }) => traceHash.slice(0, 16)),
  });
});
