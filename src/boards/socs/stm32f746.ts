import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { cortexM7Cache, estimatedLineFill } from '../board/page-fields.ts';

/** What boards with an STM32F746 share: caches of 4 KiB, tensors in SRAM. */
export const STM32F746: Pick<
  BoardFile,
  'fpu' | 'clocks' | 'memories' | 'dataCache' | 'codeFetch' | 'placement'
> = {
  fpu: 'single',
  clocks: [{ id: 'core', hz: constant(216e6, 'Hz', 'RM0385: 216 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(
        320 * 1024,
        'bytes',
        'RM0385: 64 KiB of DTCM and 256 KiB of SRAM',
        'documented',
      ),
      lineFillNs: estimatedLineFill(42),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(1024 * 1024, 'bytes', 'RM0385: 1 MiB', 'documented'),
      lineFillNs: estimatedLineFill(60),
    },
  ],
  dataCache: cortexM7Cache(4, 'ST data sheet'),
  codeFetch: {
    missesPerInstruction: constant(
      0.008,
      'misses per instruction',
      'instruction cache of 4 KiB, kernels of 2 to 6 KiB; published times are 7 to 20 % above those of boards with 16 KiB',
      'estimated',
    ),
    missNs: constant(
      60,
      'ns per miss',
      'a line of the flash: seven wait states at 216 MHz, then the bus',
      'estimated',
    ),
  },
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
};
