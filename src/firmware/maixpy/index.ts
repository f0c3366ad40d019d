import { busModule } from '../buses/bus-module.ts';
import { clockModule } from '../hardware/clock-module.ts';
import { BUS_SHIM, GUEST_ALIASES, GUEST_SHIMS, type FirmwareKit } from '../kit.ts';
import { MAIXPY_INTERPRETER } from '../interpreter.ts';
import { VISION_SHIMS, visionModules } from '../vision/index.ts';
import { Fpioa } from './fpioa.ts';
import { gpioModule } from './gpio-module.ts';
import { kpuModule } from './kpu-module.ts';
import { timerModule } from './timer-module.ts';

const OWN = [
  'image',
  'lcd',
  'KPU',
  'Maix',
  'board',
  'fpioa_manager',
  'machine',
  '_timers',
  '_ports',
  '_fpioa',
  '_thread',
].map((name) => `maixpy/${name}.py`);

const ABSENT = [
  ...['network', 'socket', 'usocket', 'ussl', 'audio', 'video', 'modules', 'touchscreen'],
  ...['ucryptolib', 'nes', 'lvgl', 'nmp', 'ulab', 'cpufreq', 'speech_recognizer', 'pye_mp'],
];

/** What port/builtin_py/_boot.py of sipeed/MaixPy-v1 imports and does not delete again. */
const BOOT_NAMES = {
  ...Object.fromEntries(['os', 'sys', 'time', 'gc', 'machine'].map((name) => [name, name])),
  ...{ board_info: 'board.board_info', fm: 'fpioa_manager.fm', FPIOA: 'Maix.FPIOA', GPIO: 'Maix.GPIO' },
};

/** MaixPy: KPU, image, sensor, lcd, Maix.GPIO, fpioa_manager, board and what MicroPython of that age called utime and uos. */
export const MAIXPY: FirmwareKit = {
  id: 'maixpy',
  shims: [...GUEST_SHIMS, ...VISION_SHIMS, BUS_SHIM, ...OWN],
  aliases: GUEST_ALIASES,
  paperLoop: 'maixpy/paper-loop.py',
  home: '/flash',
  card: '/sd',
  interpreter: MAIXPY_INTERPRETER,
  bootNames: BOOT_NAMES,
  readsFlash: true,
  absent: ABSENT,
  // The images come first, so that the other modules find them.
  modules: (hardware) => {
    const fpioa = new Fpioa();
    return [
      ...visionModules(hardware, 'maixpy'),
      clockModule(hardware),
      busModule(hardware),
      gpioModule(hardware, fpioa),
      timerModule(hardware, fpioa),
      kpuModule(hardware),
    ];
  },
};
