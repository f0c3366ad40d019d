import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate, estimatedAccess } from '../board/page-fields.ts';

/** SAMD21 Xplained Pro: a Cortex-M0+ at 48 MHz; weights in flash. */
export const SAMD21_XPLAINED_PRO: BoardFile = {
  id: 'samd21-xplained-pro',
  name: 'SAMD21 Xplained Pro',
  soc: 'Microchip ATSAMD21',
  summary: 'a Cortex-M0+ at 48 MHz; weights in flash',
  core: 'cortex-m0plus',
  libraries: ['tflm-reference', 'tflm-reference-Os', 'cmsis-nn', 'cmsis-nn-Os'],
  runtime: 'tflm-invoke',
  clocks: [{ id: 'core', hz: constant(48e6, 'Hz', 'DS40001882: 48 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(32 * 1024, 'bytes', 'DS40001882: 32 KiB', 'documented'),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(256 * 1024, 'bytes', 'DS40001882: 256 KiB', 'documented'),
      accessNs: estimatedAccess(10, 'one wait state at 48 MHz'),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: doubtOfEstimate('one published row, of a network of 288 multiply-accumulates'),
};
