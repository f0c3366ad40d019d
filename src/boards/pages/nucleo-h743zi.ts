import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { cortexM7Cache, doubtOfRows, estimatedLineFill } from '../board/page-fields.ts';

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
      lineFillNs: estimatedLineFill(35),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(2048 * 1024, 'bytes', 'RM0433: 2 MiB', 'documented'),
      lineFillNs: estimatedLineFill(60),
    },
  ],
  dataCache: cortexM7Cache(16, 'ST data sheet'),
  placement: { weights: 'flash', activations: 'axi-sram', image: 'axi-sram' },
  doubt: doubtOfRows(53),
};
