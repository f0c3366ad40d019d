import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';

/** NUCLEO-F429ZI: a Cortex-M4 at 180 MHz; weights in flash behind its accelerator. */
export const NUCLEO_F429ZI: BoardFile = {
  id: 'nucleo-f429zi',
  name: 'NUCLEO-F429ZI',
  soc: 'STMicroelectronics STM32F429ZI',
  summary: 'a Cortex-M4 at 180 MHz; weights in flash behind its accelerator',
  core: 'cortex-m4',
  libraries: [
    'tflm-reference',
    'tflm-reference-Os',
    'tflm-reference-O3',
    'cmsis-nn',
    'cmsis-nn-Os',
    'cmsis-nn-O3',
  ],
  runtime: 'tflm-invoke',
  clocks: [{ id: 'core', hz: constant(180e6, 'Hz', 'RM0090: 180 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(192 * 1024, 'bytes', 'RM0090: 192 KiB beside 64 of CCM', 'documented'),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(2048 * 1024, 'bytes', 'RM0090: 2 MiB', 'documented'),
      accessNs: constant(
        5,
        'ns per access, a word of a sequence on average',
        'five wait states at 180 MHz for 128 bits; the accelerator hides part',
        'estimated',
      ),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: {
    factor: 1.6,
    grade: 'estimate',
    source: 'one published row, of a network of 288 multiply-accumulates',
  },
};
