import type { Board } from './board/board.ts';
import type { BoardFile } from './board/board-file.ts';
import { constant, uncertain } from './board/constant.ts';
import { resolveBoard } from './board/resolve-board.ts';
import { whenAsked } from './board/when-asked.ts';
import { CORTEX_M7_PARTS } from './cortex-m7-parts.ts';
import { POSTERIOR } from './posteriors/openmv-h7-plus-posterior.ts';
import { STM32H743_DATA_CACHE, STM32H743_LINE_FILLS } from './socs/stm32h743.ts';

const BOARD_CONFIG = 'OpenMV OPENMV4P omv_boardconfig.h';
const CORE_HZ = 480e6;
const FIRMWARE_STEPS = ['micropython-call', 'resolver', 'allocate', 'image-conversion', 'output-list'];
const OPERATORS = ['CONV_2D', 'RESHAPE', 'FULLY_CONNECTED'];

/** OpenMV Cam H7 Plus, fitted to the ten models of the paper. */
export const OPENMV_H7_PLUS: BoardFile = {
  id: 'openmv-h7-plus',
  name: 'OpenMV Cam H7 Plus',
  soc: 'STMicroelectronics STM32H743II',
  summary:
    'a Cortex-M7 at 480 MHz with 16 KiB of data cache; MicroPython, TensorFlow Lite Micro; tensors in SDRAM',
  core: 'cortex-m7',
  libraries: [
    'openmv-libtf-2020-11',
    ...['tflm-reference', 'tflm-reference-O3', 'tflm-reference-Os', 'tflm-reference-Ofast'],
    ...['cmsis-nn', 'cmsis-nn-O3', 'cmsis-nn-Os'],
  ],
  runtime: 'openmv',
  clocks: [
    {
      id: 'core',
      hz: constant(CORE_HZ, 'Hz', `${BOARD_CONFIG}:93-95: 12 MHz / 3 x 240 / 2`, 'documented'),
    },
  ],
  memories: [
    {
      id: 'sram1',
      kind: 'ram',
      availableBytes: {
        value: 244 * 1024,
        unit: 'bytes',
        source: `${BOARD_CONFIG}:142,155: MicroPython heap, which the script shares`,
        grade: 'documented',
      },
      lineFillCycles: STM32H743_LINE_FILLS.sram1,
    },
    {
      id: 'sdram',
      kind: 'ram',
      availableBytes: {
        value: 27 * 1024 * 1024,
        unit: 'bytes',
        source:
          '32 MiB; frame buffer and its stack take 16 + 11 MiB (OPENMV4P omv_boardconfig.h), less the image itself',
        grade: 'documented',
      },
      lineFillAtHz: CORE_HZ,
      lineFillCycles: uncertain(
        constant(
          48,
          'core cycles per 32-byte line',
          'open row: CAS 2 and 8 beats at 100 MHz are 48 core cycles at 480 MHz; a row change adds 19, controller and bus ' +
            'are not included, and the critical word comes first',
          'documented',
        ),
        6,
      ),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: {
        value: 128 * 1024,
        unit: 'bytes',
        source: 'internal file system of OPENMV4P (OMV_FLASH_FFS_LENGTH); an SD card holds more',
        grade: 'documented',
      },
      lineFillAtHz: CORE_HZ,
      lineFillCycles: STM32H743_LINE_FILLS.flash,
    },
  ],
  dataCache: STM32H743_DATA_CACHE,
  placement: { weights: 'sram1', weightsOverflow: 'sdram', activations: 'sdram', image: 'sdram' },
  calibration: {
    measurements: 'Dokic, Mikolcevic, Radisic 2021, table 3',
    domain: {
      ops: OPERATORS,
      dtypes: ['float32'],
      rows: [
        ...FIRMWARE_STEPS.map((op) => `openmv-firmware ${op} any`),
        ...OPERATORS.map((op) => `openmv-libtf-2020-11 ${op} float32`),
      ],
      maxMacs: 37240,
      kernelSizes: [3],
      setup: {
        clocksHz: { core: CORE_HZ },
        dataCacheBytes: 16 * 1024,
        placement: { weights: 'sram1', activations: 'sdram' },
        kernels: 'openmv-libtf-2020-11',
      },
    },
    ...POSTERIOR,
  },
};

/** OpenMV Cam H7 Plus: an STM32H743, OpenMV's TensorFlow Lite Micro. */
export const openmvH7Plus: Board = /* @__PURE__ */ whenAsked(() =>
  resolveBoard(OPENMV_H7_PLUS, CORTEX_M7_PARTS),
);
