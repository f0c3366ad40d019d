import { expect, test } from 'vitest';
import { SpecError } from '../../errors.ts';
import { maixduino } from '../maixduino.ts';
import { openmvH7Plus } from '../openmv-h7-plus.ts';
import { FIRMWARE } from './maixpy-settings.ts';
import { configureBoards, parseSettings, SETTINGS, withSettings } from './all-settings.ts';
import { settingOf } from './setting.ts';

const coreHz = (board: typeof maixduino) => board.clocks.find(({ id }) => id === 'core')!.hz;

test('every setting stands under its own key, its standard is one of its values, and each value has a source', () => {
  expect(new Set(SETTINGS.map(({ key }) => key)).size).toBe(SETTINGS.length);
  for (const { key, standard, values, why } of SETTINGS) {
    expect([key, Object.keys(values)]).toEqual([key, expect.arrayContaining([standard])]);
    expect(why).not.toBe('');
    for (const { source, grade } of Object.values(values))
      expect([source !== '', grade]).toEqual([true, grade]);
  }
});

test('texts become choices, several with commas', () => {
  const text = ' maixpy.firmware = 0.5.0,maixpy.firmware=0.6';
  expect(parseSettings(text)).toEqual({ 'maixpy.firmware': '0.6' });
});

test.each([
  'maixpy.firmware',
  'maixpy.firmware=7',
  'nonsense=1',
  '',
  '=',
  '__proto__=x',
  'maixpy.firmware=toString',
])('"%s" is refused in one line that lists every key', (text) => {
  expect(() => parseSettings(text)).toThrow(SpecError);
  for (const { key } of SETTINGS) expect(() => parseSettings(text)).toThrow(`${key}=`);
  expect(() => parseSettings(text)).toThrow(/^[^\n]+$/);
});

test('a release of the firmware has its clock, with the source of that', () => {
  const board = withSettings(maixduino, { 'maixpy.firmware': '0.5.0' });
  expect(coreHz(board)).toMatchObject({
    value: 416e6,
    grade: 'documented',
    source: expect.stringContaining('v0.5.0'),
  });
  expect(settingOf(board, FIRMWARE)).toBe('0.5.0');
  expect([coreHz(maixduino).value, settingOf(maixduino, FIRMWARE)]).toEqual([400e6, 'as-fitted']);
});

test('a board without the choice stays as it is, and none with it is a mistake', () => {
  const choices = { 'maixpy.firmware': '0.6' };
  const [, other] = configureBoards([maixduino, openmvH7Plus], choices);
  expect(other).toBe(openmvH7Plus);
  expect(() => configureBoards([openmvH7Plus], choices)).toThrow('no such choice on board "openmv-h7-plus"');
});
