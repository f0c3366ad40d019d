import { describe, expect, test } from 'vitest';
import { drawCircle, drawCross, drawImage, drawLine, drawRectangle } from './draw.ts';
import { drawString } from './font.ts';
import { makeImage, type GuestImage } from './guest-image.ts';

const at = (x: number, y: number) => ({ x, y });
const pen = (thickness = 1) => ({ colour: 1, thickness });

/** Rows of the image with "#" where something was drawn. */
function drawn(width: number, height: number, draw: (image: GuestImage) => void): string[] {
  const image = makeImage(width, height, 'grayscale');
  draw(image);
  return Array.from({ length: height }, (_, y) =>
    [...image.pixels.subarray(y * width, (y + 1) * width)].map((pixel) => (pixel ? '#' : '.')).join(''),
  );
}

// Expected pictures are drawn by hand from draw.c of imlib.
describe('drawing', () => {
  test('a line steps as Bresenham does, and what lies outside is left out', () => {
    // The error goes 2, 0, 2, 0, 2: y steps where it was 0.
    expect(drawn(5, 3, (image) => drawLine(image, at(0, 0), at(4, 2), pen()))).toEqual([
      '##...',
      '..##.',
      '....#',
    ]);
    expect(drawn(3, 1, (image) => drawLine(image, at(-5, 0), at(1, 0), pen()))).toEqual(['##.']);
  });

  test('a line of two pixels reaches one up and one to the left', () => {
    expect(drawn(4, 3, (image) => drawLine(image, at(1, 1), at(2, 1), pen(2)))).toEqual([
      '.##.',
      '###.',
      '....',
    ]);
  });

  test('a rectangle: border, thick border, filled', () => {
    const bordered = (thickness: number, isFilled = false) =>
      drawn(5, 4, (image) =>
        drawRectangle(image, { ...at(1, 1), width: 3, height: 3 }, pen(thickness), isFilled),
      );
    expect(bordered(1)).toEqual(['.....', '.###.', '.#.#.', '.###.']);
    expect(bordered(1, true)).toEqual(['.....', '.###.', '.###.', '.###.']);
    expect(bordered(2)).toEqual(['####.', '####.', '####.', '####.']);
  });

  test('a circle of radius 2: ring and disc', () => {
    const circle = (isFilled: boolean) =>
      drawn(5, 5, (image) => drawCircle(image, { middle: at(2, 2), radius: 2 }, pen(), isFilled));
    expect(circle(false)).toEqual(['.###.', '#...#', '#...#', '#...#', '.###.']);
    expect(circle(true)).toEqual(['..#..', '.###.', '#####', '.###.', '..#..']);
  });

  test('a cross reaches as far as it says to each side', () => {
    expect(drawn(3, 3, (image) => drawCross(image, at(1, 1), 1, pen()))).toEqual(['.#.', '###', '.#.']);
  });

  test('letters stand in cells of 8 x 10, lines below each other, scaled by repetition', () => {
    const text = (value: string, style: object) =>
      drawn(20, 20, (image) =>
        drawString(image, at(0, 0), value, {
          ...{ colour: 1, scale: 1, spacingX: 0, spacingY: 0, isMonospaced: true },
          ...style,
        }),
      );
    // "|" is one column of seven dots, the fourth of its cell.
    const bars = text('||', {});
    expect(bars[0]).toBe('.'.repeat(20));
    expect(bars.slice(1, 8)).toEqual(Array(7).fill('...#.......#........'));
    expect(bars[8]).toBe('.'.repeat(20));
    expect(text('|', { scale: 2 }).slice(2, 16)).toEqual(Array(14).fill('......##............'));
    expect(text('\n|', {}).slice(11, 18)).toEqual(Array(7).fill('...#................'));
    expect(text('||', { isMonospaced: false })[1]).toBe('#.#.................');
    expect(text('||', { spacingX: 3 })[1]).toBe('...#..........#.....');
  });
});

describe('an image into an image', () => {
  const other = makeImage(2, 1, 'grayscale');
  other.pixels.set([10, 20]);
  const placed = (firmware: 'maixpy' | 'openmv', scaleX: number) => {
    const image = makeImage(4, 1, 'grayscale');
    drawImage(image, other, { x: 0, y: 0, scaleX, scaleY: 1 }, firmware);
    return [...image.pixels];
  };

  test('OpenMV takes the pixel towards the origin', () => {
    expect(placed('openmv', 2)).toEqual([10, 10, 20, 20]);
  });

  test('MaixPy rounds, and draws white where that is past the last pixel', () => {
    expect(placed('maixpy', 1)).toEqual([10, 20, 0, 0]);
    expect(placed('maixpy', 2)).toEqual([10, 20, 20, 255]);
  });

  test('OpenMV converts the format, MaixPy copies the number', () => {
    const colour = (firmware: 'maixpy' | 'openmv') => {
      const image = makeImage(2, 1, 'rgb565');
      drawImage(image, other, { x: 0, y: 0, scaleX: 1, scaleY: 1 }, firmware);
      return [...image.pixels];
    };
    expect(colour('openmv')).toEqual([(1 << 11) | (2 << 5) | 1, (2 << 11) | (5 << 5) | 2]);
    expect(colour('maixpy')).toEqual([10, 20]);
  });
});
