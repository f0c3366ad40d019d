import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { cortexM7Cache, doubtOfEstimate, estimatedLineFill } from '../board/page-fields.ts';

/** SAM V71 Xplained: a Cortex-M7 at 300 MHz with 16 KiB of data cache; tensors in SRAM. */
export const SAM_V71_XPLAINED: BoardFile = {
  id: 'sam-v71-xplained',
  name: 'SAM V71 Xplained',
  soc: 'Microchip ATSAMV71',
  summary: 'a Cortex-M7 at 300 MHz with 16 KiB of data cache; tensors in SRAM',
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
  clocks: [{ id: 'core', hz: constant(300e6, 'Hz', 'data sheet DS60001527: 300 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(384 * 1024, 'bytes', 'DS60001527: 384 KiB', 'documented'),
      lineFillNs: estimatedLineFill(40),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(2048 * 1024, 'bytes', 'DS60001527: 2 MiB', 'documented'),
      lineFillNs: estimatedLineFill(90),
    },
  ],
  dataCache: cortexM7Cache(16, 'ST data sheet'),
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: doubtOfEstimate('one published row, of a network of 288 multiply-accumulates'),
};
