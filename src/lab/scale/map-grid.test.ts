import { describe, expect, test } from 'vitest';
import { mapGrid, mapOrigin, placeAt } from './map-grid.ts';

describe('maps beside one another', () => {
  test('take the largest cells that fit, and every cell is found again where it is drawn', () => {
    const grid = mapGrid({ h: 14, w: 14, c: 5 }, 260);
    expect(grid.width).toBeLessThanOrEqual(260);
    expect(grid.height).toBeLessThanOrEqual(220);
    for (const [y, x, channel] of [
      [0, 0, 0],
      [13, 13, 4],
      [7, 2, 3],
    ] as const) {
      const [left, top] = mapOrigin(channel, grid);
      expect(placeAt(left + (x + 0.5) * grid.cell, top + (y + 0.5) * grid.cell, grid)).toEqual({
        y,
        x,
        channel,
      });
    }
  });

  test('a gap and the place behind the last map are nothing', () => {
    const grid = mapGrid({ h: 14, w: 14, c: 5 }, 260);
    expect(placeAt(14 * grid.cell + 1, 5, grid)).toBeUndefined();
    expect(placeAt(grid.width + 10, 5, grid)).toBeUndefined();
    expect(placeAt(-1, 5, grid)).toBeUndefined();
  });

  test('ten scores are one row, a long row is wrapped, and of many maps the first are drawn', () => {
    expect(mapGrid({ h: 1, w: 10, c: 1 }, 260)).toMatchObject({ mapWidth: 10, mapHeight: 1 });
    const { mapWidth, mapHeight } = mapGrid({ h: 1, w: 1568, c: 1 }, 260);
    expect(mapWidth * mapHeight).toBeGreaterThanOrEqual(1568);
    expect(mapWidth).toBeLessThan(100);
    expect(mapGrid({ h: 7, w: 7, c: 1024 }, 260).maps).toBe(64);
  });
});
