import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';

/** NUCLEO-H743ZI: a Cortex-M7 at 400 MHz with 16 KiB of data cache, bare; tensors in AXI SRAM. */
export const NUCLEO_H743ZI: BoardFile = {
  id: 'nucleo-h743zi',
  name: 'NUCLEO-H743ZI',
  soc: 'STMicroelectronics STM32H743ZI',
  summary: 'a Cortex-M7 at 400 MHz with 16 KiB of data cache, bare; tensors in AXI SRAM',
  core: 'cortex-m7',
  fpu: 'double',
  libraries: [
    'cmsis-nn',
    'cmsis-nn-Os',
    'cmsis-nn-O3',
    'tflm-reference',
    'tflm-reference-Os',
    'tflm-reference-O3',
  ],
  runtime: 'tflm-invoke',
  otherRuntimes: ['vendor-call'],
  clocks: [
    {
      id: 'core',
      hz: constant(
        400e6,
        'Hz',
        'EEESlab/mobilenet_v1_stm32_cmsis_nn states 400 MHz; revision V takes 480',
        'documented',
      ),
    },
  ],
  memories: [
    {
      id: 'axi-sram',
      kind: 'ram',
      availableBytes: constant(512 * 1024, 'bytes', 'RM0433: AXI SRAM of 512 KiB', 'documented'),
      lineFillNs: constant(
        35,
        'ns per 32-byte line',
        'no published table; first word through the bus, then the beats of a line',
        'estimated',
      ),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(2048 * 1024, 'bytes', 'RM0433: 2 MiB', 'documented'),
      lineFillNs: constant(
        60,
        'ns per 32-byte line',
        'no published table; first word through the bus, then the beats of a line',
        'estimated',
      ),
    },
  ],
  dataCache: {
    bytes: 16 * 1024,
    ways: 4,
    lineBytes: 32,
    replacement: 'random',
    writeMissesStall: false,
    source:
      'ST data sheet (16 KiB), Arm TRM DDI 0489F (4 ways, lines of 32 bytes); random replacement is inferred',
  },
  placement: { weights: 'flash', activations: 'axi-sram', image: 'axi-sram' },
  doubt: {
    factor: 1.35,
    grade: 'measured',
    source: '53 published rows of data/measured.csv; the spread of boards of one core is 10 to 25 %',
  },
};
