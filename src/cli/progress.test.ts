import { expect, test } from 'vitest';
import { createProgress, formatSeconds } from './progress.ts';

test.each([
  [8, '8s'],
  [59.4, '59s'],
  [60, '1m00s'],
  [312, '5m12s'],
  [3599, '59m59s'],
  [3600, '1h00m'],
  [345_599, '95h59m'],
  [345_600, '4 days'],
  [91_200, '25h20m'],
  [1_389_600, '16 days'],
  ['INF', 'over 115 days'],
  ['NULL', '?'],
])('%s seconds are %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

test('away from a terminal milestones are lines, and nothing else is drawn', async () => {
  let err = '';
  const io = {
    out: () => undefined,
    err: (text: string) => void (err += text),
    columns: 80,
    seconds: () => 0,
  };
  const progress = await createProgress(io);
  progress.update(1, 2, 'half');
  progress.milestone('epoch 1');
  progress.milestone('epoch 2');
  progress.stop();
  expect(err).toBe('epoch 1\nepoch 2\n');
});
