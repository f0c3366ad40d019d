import type { CallRuntime } from '../board/board-parts.ts';
import { constant, uncertain } from '../board/constant.ts';
import { OPENMV_CALL_COSTS } from './openmv-call.ts';
import { scriptOf } from './scripts.ts';

/** OpenMV's `tf` module: `net.classify` builds the interpreter of TensorFlow Lite Micro anew at each call. */
export const OPENMV: CallRuntime = {
  id: 'openmv',
  core: 'cortex-m7',
  toolchain: 'tflm',
  firmware: 'OpenMV 3.8 to 4.0 (libtf of November 2020)',
  constants: {
    cpiFirmware: constant(
      0.75,
      'core cycles per instruction',
      'issue rules of ARMScheduleM7.td applied to traces of the real binaries, no misses: ' +
        '0.60 to 0.75 for almost every kernel; branchy code at the upper end',
      'estimated',
    ),
    callCycles: uncertain(
      constant(
        30_000,
        'core cycles per call',
        '672 line fills of the instruction cache (counted on the emulated binary) at 20 to 40 cycles from flash, and ' +
          '5,000 to 15,000 cycles for the MicroPython call, its message buffer and two pin writes',
        'estimated',
      ),
      15_000,
    ),
  },
  costs: OPENMV_CALL_COSTS,
  get script() {
    return scriptOf('openmv');
  },
};
