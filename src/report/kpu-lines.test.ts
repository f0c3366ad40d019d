import { expect, test } from 'vitest';
import type { MemoryBlock } from '../deploy/program.ts';
import { formatKpuLines } from './kpu-lines.ts';

function block(firstLine: number, lines: number, firstStep: number, lastStep: number): MemoryBlock {
  const plannedBytes = 64 * lines;
  const place = { offset: 64 * firstLine, plannedBytes, bytes: plannedBytes, firstStep, lastStep };
  return { name: 'map', kind: 'tensor', memory: 'kpu', ...place };
}

test('a column a step, a row from edge to edge of the maps, free stretches left out', () => {
  const blocks = [block(32754, 14, 0, 1), block(0, 14, 1, 2), block(7, 7, 3, 12)];
  const [, , ...lines] = formatKpuLines(blocks, 13).split('\n');
  expect(lines).toEqual([
    '      0 to     6  .00..........',
    '      7 to    13  .002222222222',
    '  32754 to 32767  **...........',
    '                  0    5    10',
  ]);
});

test('many edges are thinned out to a picture that fits', () => {
  const blocks = Array.from({ length: 400 }, (_, at) => block(2 * at, 1, at, at));
  const rows = formatKpuLines(blocks, 400).split('\n');
  expect(rows.length).toBeLessThan(60);
  expect(rows.at(-2)).toMatch(/[0-9a-z]$/);
});

test('nothing is drawn where the KPU is not used', () => {
  expect(formatKpuLines([], 3)).toBe('');
});
