import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { cortexM7Cache, doubtOfRows, estimatedLineFill } from '../board/page-fields.ts';

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
      lineFillNs: estimatedLineFill(40),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(2048 * 1024, 'bytes', 'RM0455: 2 MiB', 'documented'),
      lineFillNs: estimatedLineFill(65),
    },
  ],
  dataCache: cortexM7Cache(16, 'ST data sheet'),
  placement: { weights: 'flash', activations: 'axi-sram', image: 'axi-sram' },
  doubt: doubtOfRows(40),
};
