import { busModule } from '../buses/bus-module.ts';
import { clockModule } from '../hardware/clock-module.ts';
import { BUS_SHIM, GUEST_ALIASES, GUEST_SHIMS, type FirmwareKit } from '../kit.ts';
import { OPENMV_INTERPRETER, OPENMV_ML_INTERPRETER } from '../interpreter.ts';
import { VISION_SHIMS, visionModules } from '../vision/index.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { HostModule } from '../host-module.ts';
import { mlModule } from './ml-module.ts';
import { pinModule } from './pin-module.ts';
import { tfModule } from './tf-module.ts';
import { timerModule } from './pyb-timers.ts';

const PARTS = ['_filters', '_jpegs', '_lines', '_pin', '_bus', '_rtc', '_timer', '_analog'];
const pathsOf = (names: readonly string[]) => names.map((name) => `openmv/${name}.py`);
const COMMON = [
  ...GUEST_SHIMS,
  ...VISION_SHIMS,
  BUS_SHIM,
  ...pathsOf(['image', 'lcd', ...PARTS, 'pyb', 'machine', 'omv']),
];

/** Modules of both generations that are not modelled. */
const ABSENT = [
  ...['_thread', 'network', 'socket', 'usocket', 'ssl', 'ussl', 'audio', 'micro_speech', 'gif', 'mjpeg'],
  ...['fir', 'tof', 'tv', 'buzzer', 'cpufreq', 'imu', 'rpc', 'rtsp', 'mqtt', 'bluetooth', 'ubluetooth'],
  ...['nn', 'nn_st', 'wifi', 'winc', 'mutex', 'pid', 'bno055', 'lsm6dsox', 'modbus', 'stm', 'vl53l1x'],
  ...['pca9685', 'servo', 'ssd1306', 'apds9960'],
];

// The images come first, so that the other modules find them.
const commonModules = (hardware: VirtualHardware, version: string): readonly HostModule[] => [
  ...visionModules(hardware, 'openmv'),
  clockModule(hardware),
  busModule(hardware),
  pinModule(hardware),
  timerModule(hardware),
  { omv_version: () => version },
];

/** OpenMV 3.9: tf, image, sensor, lcd, pyb, machine, and the board's time, gc and os. */
export const OPENMV: FirmwareKit = {
  id: 'openmv',
  shims: [...COMMON, ...pathsOf(['tf'])],
  aliases: GUEST_ALIASES,
  paperLoop: 'openmv/paper-loop.py',
  absent: [...ABSENT, 'ulab'],
  interpreter: OPENMV_INTERPRETER,
  modules: (hardware) => [...commonModules(hardware, '3.9.2'), tfModule(hardware)],
};

/** What the frozen part of ml holds besides. */
const POSTPROCESSING = ['', '.edgeimpulse', '.darknet', '.mediapipe', '.ultralytics', '.st', '.tensorflow'];

/** OpenMV 4.6: ml in place of tf. */
export const OPENMV_ML: FirmwareKit = {
  id: 'openmv-ml',
  shims: [...COMMON, ...pathsOf(['_numpy', 'ulab', 'ml', '_ml_preprocessing'])],
  aliases: { ...GUEST_ALIASES, 'ml.preprocessing': '_ml_preprocessing' },
  absent: [
    ...ABSENT,
    ...POSTPROCESSING.map((name) => `ml.postprocessing${name}`),
    ...['ml.utils', 'ml.apps', 'csi', 'display'],
  ],
  interpreter: OPENMV_ML_INTERPRETER,
  modules: (hardware) => [...commonModules(hardware, '4.6.0'), mlModule(hardware)],
};
