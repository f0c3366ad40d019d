import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { estimatedAccess } from '../board/page-fields.ts';

/** What boards with an STM32U575 or U585 share. */
export const STM32U5: Pick<BoardFile, 'clocks' | 'memories' | 'placement'> = {
  clocks: [{ id: 'core', hz: constant(160e6, 'Hz', 'RM0456: 160 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(
        768 * 1024,
        'bytes',
        'RM0456: 786 KiB, of which 768 in one piece',
        'documented',
      ),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(2048 * 1024, 'bytes', 'RM0456: 2 MiB', 'documented'),
      accessNs: estimatedAccess(
        5,
        'four wait states at 160 MHz for 128 bits; instruction cache of 8 KiB, data by the bus',
      ),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
};
