import { clockModule } from '../hardware/clock-module.ts';
import type { FirmwareKit } from '../kit.ts';
import { gpioModule } from './gpio-module.ts';
import { kpuModule } from './kpu-module.ts';

const COMMON = ['_time', '_gc', '_os'].map((name) => `guest/shims/${name}.py`);
const OWN = ['KPU', 'Maix', 'board', 'fpioa_manager', 'machine'].map((name) => `maixpy/${name}.py`);

const ALIASES = Object.fromEntries([
  ...['time', 'utime'].map((name) => [name, '_time'] as const),
  ...['os', 'uos'].map((name) => [name, '_os'] as const),
  ['gc', '_gc'],
]);

const ABSENT = [
  ...['network', 'socket', 'usocket', 'ussl', '_thread', 'audio', 'video', 'modules', 'touchscreen'],
  ...['ucryptolib', 'nes', 'lvgl', 'nmp', 'ulab', 'speech_recognizer', 'pye_mp'],
];

/** MaixPy: KPU, Maix.GPIO, fpioa_manager, board and what MicroPython of that age called utime and uos. */
export const MAIXPY: FirmwareKit = {
  id: 'maixpy',
  shims: [...COMMON, ...OWN],
  aliases: ALIASES,
  paperLoop: 'maixpy/paper-loop.py',
  home: '/flash',
  readsFlash: true,
  absent: ABSENT,
  modules: (hardware) => [clockModule(hardware), gpioModule(hardware), kpuModule(hardware)],
};
