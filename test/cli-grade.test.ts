import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand, runJson } from './support/run-command.ts';

const ANSWERS = 'test/fixtures/lesson-answers.json';

// By hand: six filters give the dense layer 14 x 14 x 6 = 1176 inputs, which its core computes; the other board is the
// faster one with eight filters (the paper's table 3 prints 0.97 ms, table 2 more for any number of filters).
test('grade counts a point for each right answer, and none for a wrong one and none at all', async () => {
  const { scores } = await runJson<{ scores: object[] }>('grade', ANSWERS);
  expect(scores).toMatchObject([
    {
      ...{ name: 'Ada', points: 2, of: 4 },
      lessons: [
        { lesson: 3, right: [true, false] },
        { lesson: 8, right: [false, true] },
      ],
    },
  ]);
});

test('grade prints the points of each file and lesson', async () => {
  const { code, out } = await runCommand('grade', ANSWERS);
  expect(code).toBe(0);
  expect(out).toContain('(Ada): 2 of 4 points');
  expect(out).toMatch(/3 {2}One filter more +1 of 2/);
});

test.each([
  ['{"format": "other"}', 'format must be "inferscope-answers"'],
  ['[]', 'format must be'],
  ['nothing', 'JSON'],
])('a file with %s is refused in one line with exit code 2', async (text, message) => {
  const path = join(mkdtempSync(join(tmpdir(), 'inferscope-')), 'a.json');
  writeFileSync(path, text);
  const { code, err } = await runCommand('grade', path);
  expect([code, err.trim().split('\n').length]).toEqual([2, 1]);
  expect(err).toContain(message);
});
