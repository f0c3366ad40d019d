import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate, estimatedAccess } from '../board/page-fields.ts';

/** Waveshare RP2350-Plus: a Cortex-M33 at 150 MHz; weights in quad flash. */
export const WAVESHARE_RP2350_PLUS: BoardFile = {
  id: 'waveshare-rp2350-plus',
  name: 'Waveshare RP2350-Plus',
  soc: 'Raspberry Pi RP2350',
  summary: 'a Cortex-M33 at 150 MHz; weights in quad flash',
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
  clocks: [{ id: 'core', hz: constant(150e6, 'Hz', 'RP2350 data sheet: 150 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(520 * 1024, 'bytes', 'RP2350 data sheet: 520 KiB', 'documented'),
    },
    {
      id: 'qspi-flash',
      kind: 'flash',
      availableBytes: constant(4096 * 1024, 'bytes', 'waveshare.com: 4 MiB', 'documented'),
      accessNs: estimatedAccess(
        60,
        'quad flash behind 16 KiB of cache, which weights do not fit; published rows disagree among themselves',
      ),
    },
  ],
  placement: { weights: 'qspi-flash', activations: 'sram', image: 'sram' },
  doubt: doubtOfEstimate(
    'published rows disagree: 3 cycles a multiply-accumulate in one, above 20 in others',
    2.5,
  ),
};
