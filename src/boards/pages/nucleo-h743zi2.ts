import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { cortexM7Cache, doubtOfRows, estimatedLineFill } from '../board/page-fields.ts';

/** NUCLEO-H743ZI2: a Cortex-M7 at 480 MHz with 16 KiB of data cache, bare; tensors in AXI SRAM. */
export const NUCLEO_H743ZI2: BoardFile = {
  id: 'nucleo-h743zi2',
  name: 'NUCLEO-H743ZI2',
  soc: 'STMicroelectronics STM32H743ZI',
  summary: 'a Cortex-M7 at 480 MHz with 16 KiB of data cache, bare; tensors in AXI SRAM',
  core: 'cortex-m7',
  fpu: 'double',
  libraries: [
    'tflm-reference',
    'tflm-reference-Os',
    'tflm-reference-O3',
    'cmsis-nn',
    'cmsis-nn-Os',
    'cmsis-nn-O3',
  ],
  runtime: 'tflm-invoke',
  clocks: [{ id: 'core', hz: constant(480e6, 'Hz', 'RM0433: 480 MHz from revision V on', 'documented') }],
  memories: [
    {
      id: 'axi-sram',
      kind: 'ram',
      availableBytes: constant(512 * 1024, 'bytes', 'RM0433: AXI SRAM of 512 KiB', 'documented'),
      lineFillNs: estimatedLineFill(29),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(2048 * 1024, 'bytes', 'RM0433: 2 MiB', 'documented'),
      lineFillNs: estimatedLineFill(50),
    },
  ],
  dataCache: cortexM7Cache(16, 'ST data sheet'),
  placement: { weights: 'flash', activations: 'axi-sram', image: 'axi-sram' },
  doubt: doubtOfRows(9),
};
