import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';

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
      lineFillNs: constant(
        40,
        'ns per 32-byte line',
        'no published table; first word through the bus, then the beats of a line',
        'estimated',
      ),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(2048 * 1024, 'bytes', 'DS60001527: 2 MiB', 'documented'),
      lineFillNs: constant(
        90,
        'ns per 32-byte line',
        'no published table; first word through the bus, then the beats of a line',
        'estimated',
      ),
    },
  ],
  dataCache: {
    bytes: 16 * 1024,
    ways: 4,
    lineBytes: 32,
    replacement: 'random',
    writeMissesStall: false,
    source:
      'ST data sheet (16 KiB), Arm TRM DDI 0489F (4 ways, lines of 32 bytes); random replacement is inferred',
  },
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: {
    factor: 1.6,
    grade: 'estimate',
    source: 'one published row, of a network of 288 multiply-accumulates',
  },
};
