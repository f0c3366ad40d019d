import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { armDataCache, doubtOfEstimate, estimatedLineFill } from '../board/page-fields.ts';

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
      lineFillNs: estimatedLineFill(30),
    },
    {
      id: 'octo-flash',
      kind: 'flash',
      availableBytes: constant(131072 * 1024, 'bytes', 'UM3300: 128 MiB of serial flash', 'documented'),
      lineFillNs: constant(
        150,
        'ns per 32-byte line',
        'eight lines at 200 MHz on both edges: 80 ns for the bytes, 14 clocks of command and latency before them; the vendor copies weights first',
        'estimated',
      ),
    },
  ],
  dataCache: armDataCache(
    32,
    'data sheet STM32N6 (32 KiB), Arm TRM 101051 of the Cortex-M55 (4 ways, lines of 32 bytes); random replacement is taken over from the Cortex-M7',
  ),
  placement: { weights: 'octo-flash', activations: 'axi-sram', image: 'axi-sram' },
  doubt: doubtOfEstimate('published rows are of the NPU; the core alone is estimated', 1.8),
};
