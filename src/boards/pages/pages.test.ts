import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import '../../kernels/index.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { predict } from '../../simulate/predict.ts';
import { anyBoardById, BOARD_FILES, BOARD_IDS } from '../all-boards.ts';
import { findBoardProblems } from '../json/parse-board.ts';
import { MEASURED_ROWS } from '../rows-behind.ts';
import { PAGES } from './index.ts';

const FOLDER = new URL('.', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => !['index.ts', 'pages.test.ts'].includes(name));
const linesOf = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8').split('\n').length;
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

it('there are 22 boards or more, each with an id of its own and a page that the index names', () => {
  expect(BOARD_IDS.length).toBeGreaterThanOrEqual(22);
  expect(new Set(BOARD_IDS).size).toBe(BOARD_IDS.length);
  expect(FILES).toHaveLength(PAGES.length);
});

it('a page has 120 lines at most, 60 in the median', () => {
  const lines = FILES.map(linesOf);
  expect(Math.max(...lines)).toBeLessThanOrEqual(120);
  expect(median(lines)).toBeLessThanOrEqual(60);
});

describe.each(PAGES.map((page) => [page.id, page] as const))('%s', (id, page) => {
  it('is the same as JSON, and sound', () => {
    const json = JSON.parse(JSON.stringify(page)) as unknown;
    expect(json).toEqual(page);
    expect(findBoardProblems(json)).toEqual([]);
  });

  it('says how far off it may be; an estimate by a factor of 1.6 or more, in every prediction', () => {
    const { doubt } = page;
    expect(doubt!.factor).toBeGreaterThanOrEqual(doubt!.grade === 'estimate' ? 1.6 : 1.1);
    const { value, low, high, why } = predict(paperCnn({ filters: 4 }), anyBoardById(id)).latencyMs;
    expect(low).toBeLessThanOrEqual(value / doubt!.factor);
    expect(high).toBeGreaterThanOrEqual(value * doubt!.factor);
    expect(why).toContain(doubt!.source);
    expect(why).toMatch(/^estimate, x/);
    expect(why!.includes('not fitted to this board')).toBe(doubt!.grade !== 'estimate');
  });

  it('of a board without a published row is an estimate', () => {
    if (MEASURED_ROWS[id] === undefined) expect(page.doubt!.grade).toBe('estimate');
  });
});

/** Rows of data/measured-ids.csv, of which no field before `board_id` is empty. */
function mappedRows(): Map<string, number> {
  const [head, ...lines] = readFileSync(new URL('../../../data/measured-ids.csv', FOLDER), 'utf8')
    .trimEnd()
    .split('\n');
  const rows = new Map<string, number>();
  expect(head).toBe('board,framework,kernels,rows,board_id,engine,version,library,runtime,note');
  for (const line of lines) {
    const [, count, board] = /,(\d+),([a-z0-9-]*),/.exec(line)!;
    if (board !== '') rows.set(board!, (rows.get(board!) ?? 0) + Number(count));
    else expect(line.split(',').at(-1)).not.toBe('');
  }
  return rows;
}

test('each board that published rows are mapped to exists, and says how many they are', () => {
  const rows = mappedRows();
  expect([...rows.keys()].filter((id) => !BOARD_IDS.includes(id))).toEqual([]);
  expect(Object.fromEntries(rows)).toEqual(MEASURED_ROWS);
});

test('an unknown id is answered with all that there are', () => {
  expect(() => anyBoardById('nonsense')).toThrow(
    `unknown board "nonsense"; choose from ${BOARD_FILES.map(({ id }) => id).join(', ')}`,
  );
});
