import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { cortexM7Cache, doubtOfRows, estimatedLineFill } from '../board/page-fields.ts';

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
      lineFillNs: estimatedLineFill(35),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(2048 * 1024, 'bytes', 'RM0399: 2 MiB', 'documented'),
      lineFillNs: estimatedLineFill(60),
    },
  ],
  dataCache: cortexM7Cache(16, 'ST data sheet'),
  placement: { weights: 'flash', activations: 'axi-sram', image: 'axi-sram' },
  doubt: doubtOfRows(30),
};
