import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate, estimatedAccess } from '../board/page-fields.ts';

/** STM32L476G-DISCO: a Cortex-M4 at 80 MHz; weights in flash behind its accelerator. */
export const STM32L476G_DISCO: BoardFile = {
  id: 'stm32l476g-disco',
  name: 'STM32L476G-DISCO',
  soc: 'STMicroelectronics STM32L476VG',
  summary: 'a Cortex-M4 at 80 MHz; weights in flash behind its accelerator',
  core: 'cortex-m4',
  libraries: [
    'cmsis-nn',
    'cmsis-nn-Os',
    'cmsis-nn-O3',
    'tflm-reference',
    'tflm-reference-Os',
    'tflm-reference-O3',
  ],
  runtime: 'vendor-call',
  clocks: [
    {
      id: 'core',
      hz: constant(80e6, 'Hz', 'RM0351: 80 MHz; the published rows are overclocked to 150', 'documented'),
    },
  ],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(96 * 1024, 'bytes', 'RM0351: SRAM1 of 96 KiB', 'documented'),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(1024 * 1024, 'bytes', 'RM0351: 1 MiB', 'documented'),
      accessNs: estimatedAccess(8, 'four wait states at 80 MHz; the accelerator hides part'),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: doubtOfEstimate('seven published layers, of fixed-point kernels of 2018'),
};
