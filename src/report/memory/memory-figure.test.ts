import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import type { MemoryBlock } from '../../deploy/program.ts';
import { drawMemoryFigure } from './memory-figure.ts';
import { byteScale } from './memory-scale.ts';
import { formatLifetimes } from './memory-text.ts';

const block = (name: string, offset: number, plannedBytes: number, steps: [number, number]): MemoryBlock => ({
  name,
  kind: name.startsWith('scratch') ? 'scratch' : 'tensor',
  memory: 'ram',
  bytes: plannedBytes,
  plannedBytes,
  offset,
  firstStep: steps[0],
  lastStep: steps[1],
});
const BLOCKS = [
  block('a/input', 0, 1600, [0, 0]),
  block('x;maps', 1600, 3200, [0, 1]),
  block('scratch of op 1', 0, 400, [1, 1]),
];
const FIGURE = {
  title: 'A <plan>',
  key: 'key',
  steps: ['CONV_2D', 'DENSE'],
  rows: [{ title: 'ram', blocks: BLOCKS, plannedBytes: 4800 }],
};

test('each block is a box with its name, bytes and steps, each step a tick with its operator', () => {
  const { document } = parseHTML(drawMemoryFigure(FIGURE));
  const texts = [...document.querySelectorAll('text')].map((text) => text.textContent);
  expect(texts).toEqual(expect.arrayContaining(['A <plan>', 'maps', '0 CONV_2D', '1 DENSE']));
  const titles = [...document.querySelectorAll('title')].map((title) => title.textContent);
  expect(titles).toContain('x;maps: 3,200 bytes at 1,600, steps 0 to 1');
  expect(titles).toHaveLength(BLOCKS.length);
});

test('the picture is well-formed and the same each time', () => {
  const svg = drawMemoryFigure(FIGURE);
  expect(svg).toBe(drawMemoryFigure(FIGURE));
  expect(svg).toMatch(
    /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*aria-label="A &lt;plan&gt;"[^>]*>\n/,
  );
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
});

test('a long free stretch between blocks is drawn short, all else to scale', () => {
  const { place, highest, ticks } = byteScale(
    [
      { offset: 0, plannedBytes: 100 },
      { offset: 900, plannedBytes: 100 },
    ],
    1000,
  );
  expect([0, 50, 100, 900, 1000].map(place)).toEqual([0, 50, 100, 116, 216]);
  expect({ highest, ticks }).toEqual({ highest: 216, ticks: [0, 100, 900, 1000] });
});

test('without one, bytes are drawn as they are', () => {
  const { place, ticks } = byteScale(BLOCKS, 4800);
  expect([place(0), place(1234), ticks]).toEqual([0, 1234, undefined]);
});

test('the terminal shows a sign for each step', () => {
  expect(formatLifetimes('ram', BLOCKS, { steps: 2, all: false }).split('\n').slice(-3)).toEqual([
    '  1,600      0  #.                    a/input',
    '  3,200  1,600  ##                    maps',
    '    400      0  .+                    scratch of op 1',
  ]);
});

test('a scale ends at the plan or at the end of the last block, whichever is further', () => {
  const blocks = [block('a', 0, 100, [0, 0]), block('b', 100, 60, [0, 0])];
  expect(byteScale(blocks, 120).highest).toBe(160);
  expect(byteScale(blocks, 200).highest).toBe(200);
  expect(byteScale([], 0).highest).toBe(1);
});
