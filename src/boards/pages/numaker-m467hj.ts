import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfRows, estimatedAccess } from '../board/page-fields.ts';

/** NuMaker-M467HJ: a Cortex-M4 at 200 MHz; weights in flash behind a cache. */
export const NUMAKER_M467HJ: BoardFile = {
  id: 'numaker-m467hj',
  name: 'NuMaker-M467HJ',
  soc: 'Nuvoton M467HJHAN',
  summary: 'a Cortex-M4 at 200 MHz; weights in flash behind a cache',
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
  clocks: [{ id: 'core', hz: constant(200e6, 'Hz', 'data sheet M467: 200 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(512 * 1024, 'bytes', 'data sheet M467: 512 KiB', 'documented'),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(1024 * 1024, 'bytes', 'data sheet M467: 1 MiB', 'documented'),
      accessNs: estimatedAccess(6, 'cache of 32 KiB before the flash'),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: doubtOfRows(3),
};
