import type { BoardFile } from '../board/board-file.ts';
import type { Constant } from '../board/board.ts';
import { constant } from '../board/constant.ts';
import { estimatedAccess } from '../board/page-fields.ts';
import { EFR32MG24_MVP } from '../socs/efr32mg24.ts';

const rate = (value: number, of: string): Constant =>
  constant(
    value,
    'core cycles per instruction',
    `cycles in SiliconLabs/mltk logs over counted instructions: ${of}`,
    'fitted',
  );

/** xG24-DK2601B: a Cortex-M33 at 78 MHz that writes programs for its accelerator MVP. */
export const XG24_DK2601B: BoardFile = {
  id: 'xg24-dk2601b',
  name: 'xG24-DK2601B',
  soc: 'Silicon Labs EFR32MG24',
  summary: 'a Cortex-M33 at 78 MHz that writes programs for its accelerator MVP',
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
  constants: {
    cpiInt8Reference: rate(1.7, 'quantize, softmax and logistic layers'),
    cpiCmsisNn: rate(1.45, 'mltk-image-example1-cpu'),
  },
  accelerators: [EFR32MG24_MVP],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: {
    factor: 1.42,
    grade: 'measured',
    source:
      'ten whole networks in data/measured.csv by rates without their network: Student’s t of 4 degrees, scale 0.164; older software takes up to twice as long',
  },
};
