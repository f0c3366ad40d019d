import type { Board } from './board/board.ts';
import { calibrated, type CalibrationScope } from './board/calibrated.ts';
import { POSTERIOR } from './posteriors/openmv-h7-plus-posterior.ts';
import { OPENMV_SCRIPT } from './runtimes/openmv-script.ts';
import { STM32H743_CLOCKS, STM32H743_CORE, STM32H743_LINE_FILLS } from './socs/stm32h743.ts';
import { STM32H743_PRIORS } from './socs/stm32h743-priors.ts';

/** The board before its own measurements were seen: every constant in doubt at the mean of its prior. */
export const OPENMV_H7_PLUS_PRIOR: Board = {
  id: 'openmv-h7-plus',
  name: 'OpenMV Cam H7 Plus',
  soc: 'STMicroelectronics STM32H743II',
  summary:
    'a Cortex-M7 at 480 MHz with 16 KiB of data cache; MicroPython, TensorFlow Lite Micro; tensors in SDRAM',
  clocks: STM32H743_CLOCKS,
  memories: [
    {
      id: 'sram1',
      kind: 'ram',
      availableBytes: {
        value: 244 * 1024,
        unit: 'bytes',
        source: 'OpenMV OPENMV4P omv_boardconfig.h:142,155: MicroPython heap, which the script shares',
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
      lineFillCycles: STM32H743_LINE_FILLS.sdram,
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
      lineFillCycles: STM32H743_LINE_FILLS.flash,
    },
  ],
  units: [STM32H743_CORE],
  runtime: {
    toolchain: 'tflm',
    firmware: 'OpenMV 3.8 to 4.0 (libtf of November 2020)',
    kernels: [
      'openmv-libtf-2020-11',
      ...['tflm-reference', 'tflm-reference-O3', 'tflm-reference-Os', 'tflm-reference-Ofast'],
      ...['cmsis-nn', 'cmsis-nn-O3', 'cmsis-nn-Os'],
    ],
    placement: { weights: 'sram1', weightsOverflow: 'sdram', activations: 'sdram', image: 'sdram' },
    script: OPENMV_SCRIPT,
  },
};

const FIRMWARE_STEPS = ['micropython-call', 'resolver', 'allocate', 'image-conversion', 'output-list'];

const SCOPE: CalibrationScope = {
  measurements: 'Dokic, Mikolcevic, Radisic 2021, table 3',
  parameters: STM32H743_PRIORS,
  domain: {
    ops: ['CONV_2D', 'RESHAPE', 'FULLY_CONNECTED'],
    dtypes: ['float32'],
    rows: [
      ...FIRMWARE_STEPS.map((op) => `openmv-firmware ${op} any`),
      ...['CONV_2D', 'RESHAPE', 'FULLY_CONNECTED'].map((op) => `openmv-libtf-2020-11 ${op} float32`),
    ],
    maxMacs: 37240,
    kernelSizes: [3],
  },
};

/** OpenMV Cam H7 Plus, fitted to the ten models of the paper. */
export const OPENMV_H7_PLUS: Board = calibrated(OPENMV_H7_PLUS_PRIOR, SCOPE, POSTERIOR);
