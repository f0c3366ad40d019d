import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';

/** NUCLEO-H7A3ZI-Q: a Cortex-M7 at 280 MHz with 16 KiB of data cache; tensors in AXI SRAM. */
export const NUCLEO_H7A3ZI_Q: BoardFile = {
  id: 'nucleo-h7a3zi-q',
  name: 'NUCLEO-H7A3ZI-Q',
  soc: 'STMicroelectronics STM32H7A3ZI',
  summary: 'a Cortex-M7 at 280 MHz with 16 KiB of data cache; tensors in AXI SRAM',
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
  runtime: 'vendor-call',
  otherRuntimes: ['tflm-invoke'],
  clocks: [{ id: 'core', hz: constant(280e6, 'Hz', 'RM0455: 280 MHz', 'documented') }],
  memories: [
    {
      id: 'axi-sram',
      kind: 'ram',
      availableBytes: constant(1024 * 1024, 'bytes', 'RM0455: AXI SRAM of 1 MiB', 'documented'),
      lineFillNs: constant(
        40,
        'ns per 32-byte line',
        'no published table; first word through the bus, then the beats of a line',
        'estimated',
      ),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(2048 * 1024, 'bytes', 'RM0455: 2 MiB', 'documented'),
      lineFillNs: constant(
        65,
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
    source: '40 published rows of data/measured.csv; the spread of boards of one core is 10 to 25 %',
  },
};
