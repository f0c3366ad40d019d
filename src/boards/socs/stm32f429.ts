import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { estimatedAccess } from '../board/page-fields.ts';

/** What boards with an STM32F429 share; its clock is the board's. */
export const STM32F429: Pick<BoardFile, 'memories' | 'placement'> = {
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
      accessNs: estimatedAccess(5, 'five wait states at 180 MHz for 128 bits; the accelerator hides part'),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
};
