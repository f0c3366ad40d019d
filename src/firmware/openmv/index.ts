import { busModule } from '../buses/bus-module.ts';
import { clockModule } from '../hardware/clock-module.ts';
import { BUS_SHIM, GUEST_ALIASES, GUEST_SHIMS, type FirmwareKit } from '../kit.ts';
import { OPENMV_INTERPRETER } from '../interpreter.ts';
import { VISION_SHIMS, visionModules } from '../vision/index.ts';
import { pinModule } from './pin-module.ts';
import { tfModule } from './tf-module.ts';
import { timerModule } from './pyb-timers.ts';

const PARTS = ['_pin', '_bus', '_rtc', '_timer', '_analog'];
const OWN = ['image', 'lcd', ...PARTS, 'pyb', 'machine', 'omv', 'tf'].map((name) => `openmv/${name}.py`);

/** Modules of OpenMV's firmwares, of 3.9 and later ones, that are not modelled. */
const ABSENT = [
  ...['csi', 'ml', 'ulab', '_thread', 'network', 'socket', 'usocket', 'ssl', 'ussl', 'audio', 'micro_speech'],
  ...[
    'gif',
    'mjpeg',
    'fir',
    'tof',
    'tv',
    'display',
    'buzzer',
    'cpufreq',
    'imu',
    'rpc',
    'rtsp',
    'mqtt',
    'bluetooth',
  ],
  ...['nn', 'wifi', 'winc', 'mutex', 'pid', 'bno055', 'lsm6dsox', 'modbus', 'stm', 'vl53l1x'],
];

/** OpenMV: tf, image, sensor, lcd, pyb, machine, and the board's time, gc and os. */
export const OPENMV: FirmwareKit = {
  id: 'openmv',
  shims: [...GUEST_SHIMS, ...VISION_SHIMS, BUS_SHIM, ...OWN],
  aliases: GUEST_ALIASES,
  paperLoop: 'openmv/paper-loop.py',
  absent: ABSENT,
  interpreter: OPENMV_INTERPRETER,
  // The images come first, so that the other modules find them.
  modules: (hardware) => [
    ...visionModules(hardware, 'openmv'),
    clockModule(hardware),
    busModule(hardware),
    pinModule(hardware),
    timerModule(hardware),
    tfModule(hardware),
  ],
};
