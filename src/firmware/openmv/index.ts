import { clockModule } from '../hardware/clock-module.ts';
import type { FirmwareKit } from '../kit.ts';
import { pinModule } from './pin-module.ts';
import { tfModule } from './tf-module.ts';

const COMMON = ['_time', '_gc', '_os'].map((name) => `guest/shims/${name}.py`);
const OWN = ['_pin', 'pyb', 'machine', 'tf'].map((name) => `openmv/${name}.py`);
const ALIASES = Object.fromEntries([
  ...['time', 'utime'].map((name) => [name, '_time'] as const),
  ...['os', 'uos'].map((name) => [name, '_os'] as const),
  ['gc', '_gc'],
]);

/** OpenMV: tf, pyb, machine, and the board's time, gc and os. */
export const OPENMV: FirmwareKit = {
  id: 'openmv',
  shims: [...COMMON, ...OWN],
  aliases: ALIASES,
  paperLoop: 'openmv/paper-loop.py',
  modules: (hardware) => [clockModule(hardware), pinModule(hardware), tfModule(hardware)],
};
