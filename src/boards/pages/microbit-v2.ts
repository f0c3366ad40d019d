import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate, estimatedAccess } from '../board/page-fields.ts';

/** BBC micro:bit V2: a Cortex-M4 at 64 MHz; nobody published a time of a network on it. */
export const MICROBIT_V2: BoardFile = {
  id: 'microbit-v2',
  name: 'BBC micro:bit V2',
  soc: 'Nordic nRF52833',
  summary: 'a Cortex-M4 at 64 MHz; nobody published a time of a network on it',
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
  clocks: [{ id: 'core', hz: constant(64e6, 'Hz', 'product specification: 64 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(128 * 1024, 'bytes', 'product specification: 128 KiB', 'documented'),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(512 * 1024, 'bytes', 'product specification: 512 KiB', 'documented'),
      accessNs: estimatedAccess(8),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: doubtOfEstimate(),
};
