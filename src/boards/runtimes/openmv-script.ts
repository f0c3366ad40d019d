import type { Constant, ScriptRuntime } from '../board/board.ts';
import { OPENMV_FRAMES } from './openmv-frames.ts';
import { OPENMV_IMAGE_CALLS, OPENMV_IMAGE_WAITS } from './image-calls.ts';

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
  bytecodeCycles: {
    value: 82,
    unit: 'core cycles per bytecode',
    source:
      'micropython/micropython pull request 4858: bm_fannkuch(6) takes 74,982 us on another Cortex-M7 (STM32F722) at 120 MHz; ' +
      'its 109,067 bytecodes are counted here, the work of the lists that they call included',
    grade: 'measured',
  },
  calls: {
    'pin.value': estimated(60, CYCLES, 'argument check and one write to a GPIO register'),
    'pin.init': estimated(1000, CYCLES, 'GPIO configuration, one object'),
    'ulab.element': estimated(
      12,
      'core cycles per element',
      'a typed load, an operation and a store of ulab',
    ),
    'timer.set': estimated(1500, CYCLES, 'registers of a timer through the HAL, its interrupt switched on'),
    'pwm.set': estimated(1500, CYCLES, 'registers of a channel through the HAL'),
    interrupt: estimated(300, CYCLES, 'exception entry, the handler of the port, the protected call'),
    sleep: estimated(200, CYCLES, 'entry and exit of the delay loop'),
    'gc.collect': estimated(500_000, CYCLES, 'mark and sweep of a 244 KiB heap, about 1 ms'),
    'gc.byte': estimated(
      2.5,
      'core cycles per byte',
      'a load, two comparisons and a look at the table for each marked word of 4 bytes',
    ),
    ticks: estimated(100, CYCLES, 'read of a counter'),

    'file.byte': estimated(
      60,
      'core cycles per byte',
      'a FAT file in internal flash or on an SD card, about 8 MB/s',
    ),
    'bus.call': estimated(300, CYCLES, 'arguments checked, one transfer set up, its end looked for'),

    'print.byte': estimated(
      60,
      'core cycles per byte',
      'formatting and a copy to the buffer of the USB console',
    ),
    ...OPENMV_IMAGE_CALLS,
  },
  waits: {
    'sleep.busy': {
      value: 0,
      unit: 'ms at the end of a delay in which no function for an interrupt runs',
      source: 'MicroPython ports/stm32/systick.c: mp_hal_delay_ms polls until its end',
      grade: 'documented',
    },
    ...OPENMV_IMAGE_WAITS,
  },
  frames: OPENMV_FRAMES,
};
