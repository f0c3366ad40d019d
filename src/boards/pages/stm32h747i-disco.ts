import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';

/** STM32H747I-DISCO: a Cortex-M7 at 400 MHz with 16 KiB of data cache; tensors in AXI SRAM. */
export const STM32H747I_DISCO: BoardFile = {
  id: 'stm32h747i-disco',
  name: 'STM32H747I-DISCO',
  soc: 'STMicroelectronics STM32H747XI',
  summary: 'a Cortex-M7 at 400 MHz with 16 KiB of data cache; tensors in AXI SRAM',
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
  clocks: [
    {
      id: 'core',
      hz: constant(400e6, 'Hz', 'STMicroelectronics/stm32ai-modelzoo states 400 MHz', 'documented'),
    },
  ],
  memories: [
    {
      id: 'axi-sram',
      kind: 'ram',
      availableBytes: constant(512 * 1024, 'bytes', 'RM0399: AXI SRAM of 512 KiB', 'documented'),
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
      availableBytes: constant(2048 * 1024, 'bytes', 'RM0399: 2 MiB', 'documented'),
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
    source: '30 published rows of data/measured.csv; the spread of boards of one core is 10 to 25 %',
  },
};
