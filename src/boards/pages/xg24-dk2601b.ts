import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { estimatedAccess } from '../board/page-fields.ts';

/** xG24-DK2601B: a Cortex-M33 at 78 MHz; its accelerator MVP is not part of a prediction yet, rows without it are. */
export const XG24_DK2601B: BoardFile = {
  id: 'xg24-dk2601b',
  name: 'xG24-DK2601B',
  soc: 'Silicon Labs EFR32MG24',
  summary: 'a Cortex-M33 at 78 MHz; its accelerator MVP is not part of a prediction yet, rows without it are',
  core: 'cortex-m33',
  libraries: [
    'cmsis-nn',
    'cmsis-nn-Os',
    'cmsis-nn-O3',
    'tflm-reference',
    'tflm-reference-Os',
    'tflm-reference-O3',
  ],
  runtime: 'tflm-invoke',
  clocks: [{ id: 'core', hz: constant(78e6, 'Hz', 'SiliconLabs/mltk logs state 78 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(256 * 1024, 'bytes', 'data sheet EFR32MG24: 256 KiB', 'documented'),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(1536 * 1024, 'bytes', 'data sheet EFR32MG24: 1536 KiB', 'documented'),
      accessNs: estimatedAccess(8, 'two wait states at 78 MHz, no cache of data'),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: {
    factor: 1.35,
    grade: 'measured',
    source:
      '9 published rows of data/measured.csv, the ones without MVP; the spread of boards of one core is 10 to 25 %',
  },
};
