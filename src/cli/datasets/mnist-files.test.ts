import { describe, expect, it } from 'vitest';
import { parseIdx } from '../../datasets/idx.ts';
import { prepareMnist, splitAsPaper } from '../../datasets/mnist.ts';
import { firstImages, loadMnistFiles } from './mnist-files.ts';

/** An IDX file of bytes: two zeros, type 8, the rank, big-endian dimensions, the data. */
function idx(shape: readonly number[], data: readonly number[]): Uint8Array {
  const header = [0, 0, 8, shape.length, ...shape.flatMap((dimension) => [0, 0, 0, dimension])];
  return Uint8Array.from([...header, ...data]);
}

it('cuts MNIST to its first images', () => {
  const files = { images: idx([3, 1, 2], [1, 2, 3, 4, 5, 6]), labels: idx([3], [7, 8, 9]) };
  const cut = firstImages(files, 2);
  expect(parseIdx(cut.images, 'images')).toEqual({ shape: [2, 1, 2], data: Uint8Array.of(1, 2, 3, 4) });
  expect(parseIdx(cut.labels, 'labels')).toEqual({ shape: [2], data: Uint8Array.of(7, 8) });
});

describe('MNIST', () => {
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
