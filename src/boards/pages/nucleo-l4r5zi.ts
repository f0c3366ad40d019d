import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfRows, estimatedAccess } from '../board/page-fields.ts';

/** NUCLEO-L4R5ZI: a Cortex-M4 at 120 MHz; weights in flash behind its accelerator. */
export const NUCLEO_L4R5ZI: BoardFile = {
  id: 'nucleo-l4r5zi',
  name: 'NUCLEO-L4R5ZI',
  soc: 'STMicroelectronics STM32L4R5ZI',
  summary: 'a Cortex-M4 at 120 MHz; weights in flash behind its accelerator',
  core: 'cortex-m4',
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
  clocks: [{ id: 'core', hz: constant(120e6, 'Hz', 'RM0432: 120 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(640 * 1024, 'bytes', 'RM0432: 640 KiB', 'documented'),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(2048 * 1024, 'bytes', 'RM0432: 2 MiB', 'documented'),
      accessNs: estimatedAccess(
        6,
        'five wait states at 120 MHz for 128 bits or more; the accelerator hides part',
      ),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: doubtOfRows(75),
};
