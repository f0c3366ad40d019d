import { readFileSync } from 'node:fs';
import { expect, it, test } from 'vitest';
import { PUBLISHED_FRAMES } from '../measurements/published-frames.ts';
import { validateFrames } from './validate-frames.ts';

const lines = readFileSync(new URL('../../../data/frames.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n');
/** Fields of a line of CSV; what stands in quotes may hold commas. */
const table = lines
  .slice(1)
  .map((line) => [...line.matchAll(/("[^"]*"|[^,]*)(?:,|$)/g)].map(([, field]) => field));

test('the rows are those of data/frames.csv, with a rate or the reciprocal of a time', () => {
  expect(PUBLISHED_FRAMES.map(({ id }) => id)).toEqual(table.map(([id]) => id));
  const [fps, ms, grade] = ['fps', 'ms', 'grade'].map((name) => lines[0].split(',').indexOf(name));
  PUBLISHED_FRAMES.forEach((row, at) => {
    const fields = table[at];
    if (typeof row.replay === 'string') return;
    expect([row.id, fields[grade]]).toEqual([row.id, 'measured']);
    expect([row.id, row.fps]).toEqual([
      row.id,
      fields[fps] === '' ? 1000 / Number(fields[ms]) : Number(fields[fps]),
    ]);
  });
});

it('meets seven of ten of the rows that say enough, and says of each other why it is not replayed', () => {
  const { rows, gates } = validateFrames();
  expect(gates.every(({ holds }) => holds)).toBe(true);
  for (const { isMet, why } of rows) expect(isMet === null).toBe(why !== '');
});

// By hand: HTS 1716 (VGA), 2820 (HD), 2860 (SXGA) clocks, VTS 1000 and 1976 lines, 80 MHz.
it.each([
  ['omv-fb-vga-jpeg', 80e6 / (1716 * 1000)],
  ['omv-fb-hd-jpeg', 80e6 / (2820 * 1000)],
  ['omv-fb-sxga-jpeg', 80e6 / (2860 * 1976)],
  ['omv-ide-qvga-rgb565', 80e6 / (1716 * 1000) / 2],
])('%s is the rate of the registers', (id, fps) => {
  expect(validateFrames().rows.find((row) => row.id === id)!.predicted).toBeCloseTo(fps, 3);
});

it('replays a row that states the rate of its sensor with that sensor: a whole part of its rate', () => {
  const stated = PUBLISHED_FRAMES.flatMap(({ id, replay }) =>
    typeof replay !== 'string' && replay.sensorFps !== undefined ? [[id, replay.sensorFps] as const] : [],
  );
  expect(stated.length).toBeGreaterThan(0);
  for (const [id, sensorFps] of stated) {
    const frames = sensorFps / validateFrames().rows.find((row) => row.id === id)!.predicted!;
    expect([id, frames]).toEqual([id, expect.closeTo(Math.max(1, Math.round(frames)), 2)]);
  }
});
