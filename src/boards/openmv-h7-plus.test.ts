import { expect, test } from 'vitest';
import { CORTEX_M7_PARTS } from './cortex-m7-parts.ts';
import { resolveBoard } from './board/resolve-board.ts';
import { OPENMV_H7_PLUS, openmvH7Plus } from './openmv-h7-plus.ts';

test('its core runs at 480 MHz, as its firmware sets it and its summary says', () => {
  const [core] = openmvH7Plus.clocks;
  expect(core).toMatchObject({ id: 'core', hz: { value: 480e6, unit: 'Hz', grade: 'documented' } });
  expect(openmvH7Plus.summary).toContain('480 MHz');
});

test('put together when it is asked, it is the board of its file, field by field, and can be copied', () => {
  const whole = resolveBoard(OPENMV_H7_PLUS, CORTEX_M7_PARTS);
  expect(JSON.stringify(openmvH7Plus)).toBe(JSON.stringify(whole));
  expect(JSON.stringify(structuredClone(openmvH7Plus))).toBe(JSON.stringify(whole));
  expect(openmvH7Plus.units).toBe(openmvH7Plus.units);
});
