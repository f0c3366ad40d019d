import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfRows, estimatedAccess } from '../board/page-fields.ts';

/** NUCLEO-U385RG-Q: a Cortex-M33 at 96 MHz; weights in flash. */
export const NUCLEO_U385RG_Q: BoardFile = {
  id: 'nucleo-u385rg-q',
  name: 'NUCLEO-U385RG-Q',
  soc: 'STMicroelectronics STM32U385RG',
  summary: 'a Cortex-M33 at 96 MHz; weights in flash',
  core: 'cortex-m33',
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
  clocks: [{ id: 'core', hz: constant(96e6, 'Hz', 'RM0487: 96 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(256 * 1024, 'bytes', 'RM0487: 256 KiB', 'documented'),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(1024 * 1024, 'bytes', 'RM0487: 1 MiB', 'documented'),
      accessNs: estimatedAccess(
        6,
        'wait states at 96 MHz as on its sisters; times scale with the clock within 0.1 %',
      ),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: doubtOfRows(4),
};
