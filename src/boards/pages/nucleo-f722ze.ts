import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { armDataCache, doubtOfEstimate, estimatedLineFill } from '../board/page-fields.ts';

/** NUCLEO-F722ZE: a Cortex-M7 at 216 MHz with caches of 8 KiB; nobody published a time of a network on it. */
export const NUCLEO_F722ZE: BoardFile = {
  id: 'nucleo-f722ze',
  name: 'NUCLEO-F722ZE',
  soc: 'STMicroelectronics STM32F722ZE',
  summary: 'a Cortex-M7 at 216 MHz with caches of 8 KiB; nobody published a time of a network on it',
  core: 'cortex-m7',
  fpu: 'single',
  libraries: [
    'cmsis-nn',
    'cmsis-nn-Os',
    'cmsis-nn-O3',
    'tflm-reference',
    'tflm-reference-Os',
    'tflm-reference-O3',
  ],
  runtime: 'tflm-invoke',
  clocks: [{ id: 'core', hz: constant(216e6, 'Hz', 'RM0431: 216 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(
        256 * 1024,
        'bytes',
        'RM0431: 64 KiB of DTCM and 192 KiB of SRAM',
        'documented',
      ),
      lineFillNs: estimatedLineFill(42),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(512 * 1024, 'bytes', 'RM0431: 512 KiB', 'documented'),
      lineFillNs: estimatedLineFill(60),
    },
  ],
  dataCache: armDataCache(8, 'ST data sheet (8 KiB), Arm TRM DDI 0489F'),
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: doubtOfEstimate(),
};
