import { readFileSync } from 'node:fs';
import { expect, it, test } from 'vitest';
import { tempFolder } from '../../test/support/temp-folder.ts';
import { validate } from './validations.ts';

const NO_OPS = { board: undefined, kernels: undefined, only: undefined };
const NOTHING = { loo: false, measured: undefined, golden: undefined, model: undefined, ...NO_OPS };
const folder = tempFolder();

/** The counted instructions, each so many times as many. */
function countsTimes(factor: number): string {
  const [head, ...lines] = readFileSync('data/instruction-counts.csv', 'utf8').trimEnd().split('\n');
  const column = head.split(',').indexOf('instructions');
  const changed = lines.map((line) => {
    const cells = line.split(',');
    return cells.with(column, `${factor * Number(cells[column])}`).join(',');
  });
  return folder.write(`counts-${factor}.csv`, [head, ...changed].join('\n'));
}

test.each(['paper', 'k210-layers', 'm7-counts', 'frames'])('%s misses no bar', async (what) => {
  expect((await validate(what, NOTHING)).misses).toEqual([]);
});

it('names the bars that are missed, and by how much', async () => {
  const same = await validate('m7-counts', { ...NOTHING, measured: countsTimes(1) });
  const other = await validate('m7-counts', { ...NOTHING, measured: countsTimes(4) });
  expect(same.misses).toEqual([]);
  expect(other.misses.length).toBeGreaterThan(0);
  other.misses.forEach((miss) => expect(miss).toMatch(/ \(\d+\.\d\d, bar \d+/));
});
