import { expect, test } from 'vitest';
import { maixduino } from '../maixduino.ts';
import { openmvH7Plus } from '../openmv-h7-plus.ts';
import { boardVariants } from './board-variants.ts';

const idsOf = (list: string, boards = [openmvH7Plus, maixduino]) =>
  boardVariants(boards, list).map(({ id }) => id);

test('each value of a key makes a variant of each board that has it, and others stand once', () => {
  expect(idsOf('flag=-Os|-O2')).toEqual(['openmv-h7-plus+flag=-Os', 'openmv-h7-plus+flag=-O2', 'maixduino']);
  expect(idsOf('core.dataCache=off|8KiB,kpu=absent', [maixduino])).toEqual([
    'maixduino+core.dataCache=off',
    'maixduino+core.dataCache=8KiB',
  ]);
});

test('one value leaves the ids alone', () => {
  expect(idsOf('core.dataCache=off')).toEqual(['openmv-h7-plus', 'maixduino']);
});

test.each(['core.dataCache=off|5KiB', 'flag=|-Os', 'nonsense=1|2'])('%s is refused', (list) => {
  expect(() => idsOf(list)).toThrow('write KEY=VALUE');
});
