import { expect, test } from 'vitest';
import { openmvH7Plus } from './openmv-h7-plus.ts';

test('its core runs at 480 MHz, as its firmware sets it and its summary says', () => {
  const [core] = openmvH7Plus.clocks;
  expect(core).toMatchObject({ id: 'core', hz: { value: 480e6, unit: 'Hz', grade: 'documented' } });
  expect(openmvH7Plus.summary).toContain('480 MHz');
});
