import { expect, test } from 'vitest';
import { openmvH7Plus } from '../../boards/openmv-h7-plus.ts';
import { withSettings } from '../../boards/settings/all-settings.ts';
import { VirtualHardware } from './virtual-hardware.ts';

const SECOND_PS = 1e12;
/** Its camera fills three buffers behind the script. */
const board = withSettings(openmvH7Plus, { 'openmv.firmware': '4.6' });
const GREY = { width: 160, height: 120, isColour: false };

/** A board whose camera sends frames. */
function filming(limitPs: number): VirtualHardware {
  const hardware = new VirtualHardware({ board, limitPs });
  hardware.wait({ kind: 'start', shape: GREY, data: { lines: 120, lineBytes: 160 } }, 'sensor.start');
  return hardware;
}

test('the camera goes on while the core works, and stands still behind the end of the run, however far a call goes', () => {
  const hardware = filming(SECOND_PS);
  const { system } = hardware.frames!.player;
  hardware.charge('a call', hardware.coreHz / 2);
  expect(system.nowPs).toBeGreaterThanOrEqual(SECOND_PS / 2);
  hardware.spendLoop('image.math.pixel', 1e11, 1e11);
  hardware.wait({ kind: 'capture', isSkipped: false }, 'camera (wait)');
  expect(hardware.nowPs).toBeGreaterThan(100 * SECOND_PS);
  expect(system.nowPs).toBeGreaterThanOrEqual(SECOND_PS);
  expect(system.nowPs).toBeLessThan(1.1 * SECOND_PS);
  expect(hardware.frames!.player.frames).toHaveLength(0);
});

test('a call that ends with the run takes what it takes without an end', () => {
  const [ended, endless] = [filming(SECOND_PS), filming(Infinity)];
  for (const hardware of [ended, endless]) hardware.charge('a call', 0.9 * hardware.coreHz);
  expect(ended.nowPs).toBe(endless.nowPs);
});
