import { describe, expect, it, test } from 'vitest';
import { reproduceNetworks } from './reproduce-networks.ts';

// Tables 2 and 3 of the paper: accuracy, and kB of the .tflite.
const PRINTED = [
  [1, 0.8969, 8],
  [2, 0.922, 16],
  [3, 0.9479, 24],
  [4, 0.933, 31],
  [5, 0.952, 39],
  [6, 0.9637, 47],
  [7, 0.9623, 54],
  [8, 0.9624, 62],
  [9, 0.9632, 70],
  [10, 0.962, 78],
] as const;
const WITHIN = 0.02;

describe('the ten networks', async () => {
  const { sizes, accuracy, accuracySource } = await reproduceNetworks();

  test.each(PRINTED)(
    '%i filters: accuracy %f or at most 0.02 less, a file of %i kB',
    (filters, share, kib) => {
      expect(accuracy[filters - 1]).toMatchObject({ filters, published: share });
      expect(accuracy[filters - 1].value).toBeGreaterThanOrEqual(share - WITHIN);
      expect(accuracy[filters - 1].difference).toBeCloseTo(accuracy[filters - 1].value - share, 12);
      expect(sizes[filters - 1]).toMatchObject({ filters, kib, publishedKib: kib });
    },
  );

  it('hold 7880 bytes of weights a filter, and less than 1160 of everything else', () => {
    // Convolution 9 F + F, dense 1960 F + 10, 4 bytes each.
    const overheads = sizes.map(({ filters, bytes }) => bytes - 7880 * filters - 40);
    expect(Math.min(...overheads)).toBeGreaterThan(0);
    expect(Math.max(...overheads)).toBeLessThan(1160);
  });

  it('say that their accuracies were recorded', () => {
    expect(accuracySource.kind).toBe('recorded');
  });
});
