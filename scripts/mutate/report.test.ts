import { expect, test } from 'vitest';
import type { Mutant } from './mutant.ts';
import { readOptions } from './options.ts';
import { killedShare, summarize, type Tried } from './report.ts';

const mutant: Mutant = {
  file: 'src/engine/link.ts',
  line: 12,
  kind: 'boundary',
  start: 0,
  end: 1,
  from: '<',
  to: '<=',
  lineText: 'if (left < right) {',
};

const TRIED: Tried[] = [
  { mutant, outcome: { kind: 'failed', file: 'src/engine/link.test.ts', test: 'ends' } },
  { mutant, outcome: { kind: 'timeout', file: 'src/engine/link.test.ts' } },
  { mutant, outcome: { kind: 'passed' } },
  { mutant: { ...mutant, file: 'src/units.ts' }, outcome: { kind: 'failed', file: 'a', test: 'b' } },
];

test('the table counts rooms, and the survivors are named', () => {
  expect(summarize(TRIED).split('\n')).toEqual([
    'room                               mutants    killed   timeout  survived',
    'src                                      1         1         0         0',
    'src/engine                               3         1         1         1',
    'all                                      4         2         1         1',
    '',
    'survivors:',
    '  src/engine/link.ts:12 boundary: < -> <=    | if (left < right) {',
    '',
    '75.0 % of 4 killed, 95 % wanted: MISSED',
  ]);
});

test('what hangs is killed, what passes is not', () => {
  expect(killedShare(TRIED)).toBe(0.75);
});

test('what a broken test judged is not killed', () => {
  const broken: Tried = { mutant, outcome: { kind: 'broken', file: 'src/engine/link.test.ts' } };
  expect(killedShare([TRIED[0], broken])).toBe(0.5);
  expect(summarize([broken])).toContain(
    'all                                      1         0         0         1',
  );
});

test('143 of 150 are enough, 142 are not', () => {
  const of150 = (killed: number) =>
    Array.from({ length: 150 }, (_, index) => (index < killed ? TRIED[0] : TRIED[2]));
  expect([142, 143].map((killed) => summarize(of150(killed)).split('wanted: ')[1])).toEqual([
    'MISSED',
    'holds',
  ]);
});

test('150 mutants of the whole of src/ unless told otherwise', () => {
  expect(readOptions([])).toMatchObject({ count: 150, only: 'src/', list: false });
  expect(readOptions(['--count', 'all', '--only', 'src/engine'])).toMatchObject({ count: Infinity });
  expect(() => readOptions(['--count', '0'])).toThrow('--count needs a whole number, got 0');
});
