import { expect, test } from 'vitest';
import { VsyncOutput } from './vsync-output.ts';

const TIMING = { framePs: 100, activePs: 90 };

function following(startPs: number, nowPs: number, edges: number) {
  const seen: [ps: number, level: number][] = [];
  let atPs = 0;
  const output = new VsyncOutput((level) => seen.push([atPs, level]));
  output.follow(TIMING, startPs, nowPs);
  for (let edge = 0; edge < edges; edge++) {
    atPs = output.nextPs;
    output.happen();
  }
  return { output, seen };
}

test('the pin is high while lines come and low between frames', () => {
  expect(following(7, 7, 4).seen).toEqual([
    [7, 1],
    [97, 0],
    [107, 1],
    [197, 0],
  ]);
});

test('what has passed before is not made up for', () => {
  expect(following(0, 250, 2).seen).toEqual([
    [290, 0],
    [300, 1],
  ]);
  expect(following(0, 295, 1).seen).toEqual([[300, 1]]);
});

test('a camera that stops moves nothing', () => {
  const { output } = following(0, 0, 1);
  output.stop();
  expect(output.nextPs).toBe(Infinity);
});
