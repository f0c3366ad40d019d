import { describe, expect, test } from 'vitest';
import { seededIntegers } from '../../seeded-random.ts';
import { findBlobs, type BlobFirmware, type BlobOptions } from './find-blobs.ts';

const WHITE = [200, 255, -128, 127, -128, 127] as const;
const OPTIONS: BlobOptions = {
  ...{ thresholds: [WHITE], inverts: false, strideX: 1, strideY: 1, leastArea: 0, leastPixels: 0 },
  ...{ merges: false, margin: 0 },
};

/** A picture of rows of text, "#" white. */
function pictureOf(...rows: string[]) {
  const pixels = Uint8Array.from(rows.join(''), (letter) => (letter === '#' ? 255 : 0));
  return { width: rows[0].length, height: rows.length, format: 'grayscale' as const, pixels };
}

function blobsOf(
  rows: readonly string[],
  options: Partial<BlobOptions> = {},
  firmware: BlobFirmware = 'openmv',
) {
  const picture = pictureOf(...rows);
  const whole = { x: 0, y: 0, width: picture.width, height: picture.height };
  return findBlobs(picture, whole, { ...OPTIONS, ...options }, firmware).blobs;
}

const TWO = ['......', '.##...', '.##..#', '.....#', '......'];

describe('what is connected through sides is a blob', () => {
  test('its rectangle, pixels and centre, in order of the first pixel', () => {
    expect(blobsOf(TWO)).toMatchObject([
      { x: 1, y: 1, width: 2, height: 2, pixels: 4, centreX: 1.5, centreY: 1.5, code: 1, count: 1 },
      { x: 5, y: 2, width: 1, height: 2, pixels: 2, centreX: 5, centreY: 2.5 },
    ]);
  });

  test('MaixPy leaves the last pixel out of its sides and cuts the centre', () => {
    expect(blobsOf(TWO, {}, 'maixpy')).toMatchObject([
      { x: 1, y: 1, width: 1, height: 1, pixels: 4, centreX: 1, centreY: 1 },
      { x: 5, y: 2, width: 0, height: 1, pixels: 2, centreX: 5, centreY: 2 },
    ]);
  });

  test('corners touch and do not connect; small ones are left out', () => {
    expect(blobsOf(['#.', '.#'])).toHaveLength(2);
    expect(blobsOf(TWO, { leastPixels: 3 })).toHaveLength(1);
    expect(blobsOf(TWO, { leastArea: 5 })).toEqual([]);
  });

  test('a stride misses what lies between its columns, which begin one further in odd rows', () => {
    expect(blobsOf(['.#', '..'], { strideX: 2 })).toEqual([]);
    expect(blobsOf(['..', '.#'], { strideX: 2 })).toHaveLength(1);
  });

  test('thresholds have a bit each, an earlier one takes a pixel from a later', () => {
    const any = [0, 255, -128, 127, -128, 127] as const;
    expect(blobsOf(['##.'], { thresholds: [WHITE, any] }).map(({ pixels, code }) => [pixels, code])).toEqual([
      [2, 1],
      [1, 2],
    ]);
  });

  // Moments about the centre, rounded to (4, 1), of the long slope: 50, 16 and 8.
  test.each([
    ['a row', ['#####'], 0],
    ['a long slope', ['####....', '..####..', '....####'], Math.atan2(32, 42) / 2],
    ['a slope of one in one, whose moments are equal,', ['#....', '##...', '.##..', '..##.', '...##'], 0],
  ])('%s lies at its angle and is not round', (_, rows, angle) => {
    const [blob] = blobsOf(rows);
    expect(blob.rotation).toBeCloseTo(angle, 6);
    expect(blob.roundness).toBeLessThan(0.4);
  });
});

describe('blobs whose rectangles overlap are merged on request', () => {
  const APART = ['##...', '.....', '...##'];

  test('within the margin, with counts and centres by their pixels', () => {
    expect(blobsOf(APART, { merges: true, margin: 1 })).toHaveLength(2);
    expect(blobsOf(APART, { merges: true, margin: 2 })).toMatchObject([
      { x: 0, y: 0, width: 5, height: 3, pixels: 4, count: 2, centreX: 2, centreY: 1 },
    ]);
  });
});

test('sums of any picture are those of a plain search for what is connected', () => {
  const draw = seededIntegers(7);
  const rows = Array.from({ length: 24 }, () =>
    Array.from({ length: 40 }, () => (draw() % 100 < 55 ? '#' : '.')).join(''),
  );
  const found = blobsOf(rows).map(({ pixels, x, y, width, height }) =>
    [pixels, x, y, width, height].join(' '),
  );
  expect(found.sort()).toEqual(searchConnected(rows).sort());
});

function searchConnected(rows: readonly string[]): string[] {
  const seen = new Set<string>();
  const results: string[] = [];
  rows.forEach((row, y0) =>
    [...row].forEach((_, x0) => {
      const todo = [[x0, y0]];
      const members: number[][] = [];
      for (let next = todo.pop(); next; next = todo.pop()) {
        const [x, y] = next;
        if (rows[y]?.[x] !== '#' || seen.has(`${x} ${y}`)) continue;
        seen.add(`${x} ${y}`);
        members.push(next);
        todo.push([x + 1, y], [x - 1, y], [x, y + 1], [x, y - 1]);
      }
      if (members.length === 0) return;
      const [xs, ys] = [members.map(([x]) => x), members.map(([, y]) => y)];
      const [x, y] = [Math.min(...xs), Math.min(...ys)];
      results.push([members.length, x, y, Math.max(...xs) - x + 1, Math.max(...ys) - y + 1].join(' '));
    }),
  );
  return results;
}
