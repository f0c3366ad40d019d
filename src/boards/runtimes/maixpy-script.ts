import type { Constant, ScriptRuntime } from '../board/board.ts';
import { MAIXPY_FRAMES } from './maixpy-frames.ts';
import { YOLO2_CALLS } from './yolo2-calls.ts';
import { MAIXPY_IMAGE_CALLS, MAIXPY_IMAGE_WAITS } from './image-calls.ts';

const CYCLES = 'core cycles per call';
const PER_BYTE = 'core cycles per byte';

function estimated(value: number, unit: string, source: string): Constant {
  return { value, unit, source, grade: 'estimated' };
}

/** What scripts cost under MaixPy. The forward call itself is a step of the program, not a name here. */
export const MAIXPY_SCRIPT: ScriptRuntime = {
  modules: 'maixpy',
  heapBytes: {
    value: 512 * 1024,
    unit: 'bytes',
    source: 'maixpy.sipeed.com course/others/mem: default size of the MicroPython heap',
    grade: 'documented',
  },
  bytecodeCycles: {
    value: 170,
    unit: 'core cycles per bytecode',
    source: 'loboris/MicroPython_K210_LoBo issue 1: loops timed on the chip at 400 MHz',
    grade: 'measured',
  },
  calls: {
    'pin.value': estimated(400, CYCLES, 'argument check and one write to a GPIO register over the slow bus'),
    'pin.init': estimated(4000, CYCLES, 'several registers of fpioa and GPIO, one object'),
    'fpioa.set': estimated(2000, CYCLES, 'two registers and the dictionaries of the manager'),
    interrupt: estimated(
      1500,
      CYCLES,
      'trap, PLIC claim, FreeRTOS wake and mp_sched_schedule, then the protected call: some 400 instructions',
    ),
    'timer.set': estimated(
      3000,
      CYCLES,
      'argument check, several registers of the timer over the slow bus, PLIC',
    ),
    'pwm.set': estimated(3000, CYCLES, 'argument check, two double divisions, registers of timer and fpioa'),
    sleep: estimated(600, CYCLES, 'entry and exit of the delay loop'),
    'gc.collect': estimated(400_000, CYCLES, 'mark and sweep of a 512 KiB heap, about 1 ms'),
    'gc.byte': estimated(
      2,
      PER_BYTE,
      'a load, two comparisons and a look at the table for each marked word of 8 bytes',
    ),
    ticks: estimated(300, CYCLES, 'read of the cycle counter, one division'),
    'kpu.load': estimated(400_000, CYCLES, 'allocation and checks of a model'),
    'kpu.load.byte': estimated(80, PER_BYTE, 'flash read over SPI at about 5 MB/s'),
    'fmap.item': estimated(400, CYCLES, 'one float object'),
    'file.byte': estimated(400, PER_BYTE, 'SPIFFS in the flash or a card over SPI, about 1 MB/s'),
    'bus.call': estimated(1000, CYCLES, 'arguments checked, one transfer set up, its end looked for'),

    'print.byte': {
      value: 400e6 / (115200 / 10),
      unit: PER_BYTE,
      source:
        'sipeed/MaixPy-v1: the console is a UART of 115200 baud, 10 bits a character, and print waits for it',
      grade: 'documented',
    },
    ...YOLO2_CALLS,
    ...MAIXPY_IMAGE_CALLS,
  },
  waits: {
    'sleep.busy': {
      value: 10,
      unit: 'ms at the end of a delay in which no function for an interrupt runs',
      source: 'MaixPy 0.5 mphalport.c, mp_hal_delay_ms: the last tick of FreeRTOS (100 Hz) is a busy loop',
      grade: 'documented',
    },
    ...MAIXPY_IMAGE_WAITS,
  },
  frames: MAIXPY_FRAMES,
};
