import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';

/** STM32N6570-DK: a Cortex-M55 with Helium at 800 MHz; its NPU is not modelled, rows with it are data only. */
export const STM32N6570_DK: BoardFile = {
  id: 'stm32n6570-dk',
  name: 'STM32N6570-DK',
  soc: 'STMicroelectronics STM32N657',
  summary: 'a Cortex-M55 with Helium at 800 MHz; its NPU is not modelled, rows with it are data only',
  core: 'cortex-m55',
  libraries: ['cmsis-nn', 'cmsis-nn-Os', 'tflm-reference', 'tflm-reference-Os'],
  runtime: 'vendor-call',
  clocks: [{ id: 'core', hz: constant(800e6, 'Hz', 'data sheet STM32N6: 800 MHz', 'documented') }],
  memories: [
    {
      id: 'axi-sram',
      kind: 'ram',
      availableBytes: constant(4300 * 1024, 'bytes', 'data sheet STM32N6: 4.2 MiB', 'documented'),
    },
    {
      id: 'octo-flash',
      kind: 'flash',
      availableBytes: constant(131072 * 1024, 'bytes', 'UM3300: 128 MiB of serial flash', 'documented'),
      accessNs: constant(
        40,
        'ns per access, a word of a sequence on average',
        'serial flash of eight lines; the vendor copies weights first',
        'estimated',
      ),
    },
  ],
  placement: { weights: 'octo-flash', activations: 'axi-sram', image: 'axi-sram' },
  doubt: {
    factor: 1.8,
    grade: 'estimate',
    source: 'published rows are of the NPU; the core alone is estimated',
  },
};
