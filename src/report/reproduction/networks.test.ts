import { expect, it } from 'vitest';
import { REPRODUCTION } from '../../../test/fixtures/reproduction.ts';
import type { ReproducedNetworks } from '../../calibrate/reproduce-networks.ts';
import { formatConfusion } from '../training/confusion.ts';
import { formatHtmlReport } from './html.ts';
import { formatNetworks, networkRows } from './networks.ts';
import { formatReproduction } from './reproduction-text.ts';
import { formatTraining, formatTrainings } from '../training/training-text.ts';

const NETWORKS: ReproducedNetworks = {
  sizes: [
    { filters: 1, bytes: 9024, kib: 8, publishedKib: 8 },
    { filters: 2, bytes: 17_500, kib: 17, publishedKib: 16 },
  ],
  accuracy: [
    { filters: 1, value: 0.9, published: 0.8969, difference: 0.0031 },
    { filters: 2, value: 0.9, published: 0.922, difference: -0.022 },
  ],
  accuracySource: { kind: 'recorded', sentence: 'Recorded <then>.' },
};

it('accuracies and files stand beside the printed ones', () => {
  expect(networkRows(NETWORKS)).toEqual([
    ['1', '0.8969', '0.9000', '+0.0031', '8', '8', '9024'],
    ['2', '0.9220', '0.9000', '-0.0220', '16', '17', '17500'],
  ]);
  expect(formatNetworks(NETWORKS)).toContain(
    '1 of 2 files have the printed size; accuracies from 0.0220 below to 0.0031 above the printed ones',
  );
});

it('the text and the page show them where they are given', () => {
  expect(formatReproduction(REPRODUCTION)).not.toContain('The ten networks');
  expect(formatReproduction(REPRODUCTION, NETWORKS)).toContain('The ten networks');
  expect(formatHtmlReport(REPRODUCTION, { breakdowns: [] })).not.toContain('The ten networks');
  const page = formatHtmlReport(REPRODUCTION, { breakdowns: [], networks: NETWORKS });
  expect(page).toContain('<td>17500</td>');
  expect(page).toContain('Recorded &lt;then&gt;.');
});

it('a confusion matrix has a row a label, with the share that is right', () => {
  const confusion = [
    [3, 1],
    [0, 4],
  ];
  const text = formatConfusion({ preparation: 'As they are', images: 8, accuracy: 7 / 8, confusion });
  expect(text).toContain('accuracy 0.8750 (7 of 8 images)\n  As they are');
  expect(text).toMatch(/ 0 {2}3 {2}1 +75\.0\n +1 {2}\. {2}4 +100\.0$/);
});

it('a training says what it wrote, how good it is and how long it took', () => {
  const written = [{ path: 'm.tflite', bytes: 9024 }];
  const result = { written, accuracy: 0.91234, images: 12_000, epochs: [{ loss: 1 }], seconds: 3.4 };
  expect(formatTraining({ ...result, stoppedEarly: true })).toBe(
    'm.tflite: 9024 bytes\naccuracy 0.9123 on 12000 test images after 1 epoch in 3 s, stopped early',
  );
  const networks = [{ filters: 1, bytes: 9024, accuracy: 0.9, epochs: 12, stoppedEarly: false }];
  expect(formatTrainings({ networks, written, workers: 2, seconds: 61 })).toMatch(
    /1 +0\.9000 +12 +9024 +m\.tflite\n\n {2}trained in 61 s on 2 threads$/,
  );
});
