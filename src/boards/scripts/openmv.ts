import type { Constant, ScriptRuntime } from '../board.ts';
import { OPENMV_IMAGE_CALLS, OPENMV_IMAGE_WAITS } from './images.ts';

const CYCLES = 'core cycles per call';

function estimated(value: number, unit: string, source: string): Constant {
  return { value, unit, source, grade: 'estimated' };
}

/** What scripts cost under OpenMV. The classify call itself is a step of the program, not a name here. */
export const OPENMV_SCRIPT: ScriptRuntime = {
  modules: 'openmv',
  heapBytes: {
    value: 244 * 1024,
    unit: 'bytes',
    source: 'OpenMV OPENMV4P omv_boardconfig.h:142,155: MicroPython heap',
    grade: 'documented',
  },
  bytecodeCycles: estimated(
    45,
    'core cycles per bytecode',
    'about 30 instructions a bytecode at the 1.4 to 1.5 cycles an instruction that the interpreter code shows',
  ),
  calls: {
    'pin.value': estimated(60, CYCLES, 'argument check and one write to a GPIO register'),
    'pin.init': estimated(1000, CYCLES, 'GPIO configuration, one object'),
    sleep: estimated(200, CYCLES, 'entry and exit of the delay loop'),
    'gc.collect': estimated(500_000, CYCLES, 'mark and sweep of a 244 KiB heap, about 1 ms'),
    ticks: estimated(100, CYCLES, 'read of a counter'),

    'print.byte': estimated(
      60,
      'core cycles per byte',
      'formatting and a copy to the buffer of the USB console',
    ),
    ...OPENMV_IMAGE_CALLS,
  },
  waits: { ...OPENMV_IMAGE_WAITS },
};
