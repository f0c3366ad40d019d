import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { estimatedAccess } from '../board/page-fields.ts';

/** What boards with an nRF52840 share. */
export const NRF52840: Pick<BoardFile, 'clocks' | 'memories' | 'placement'> = {
  clocks: [{ id: 'core', hz: constant(64e6, 'Hz', 'product specification: 64 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(256 * 1024, 'bytes', 'product specification: 256 KiB', 'documented'),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(1024 * 1024, 'bytes', 'product specification: 1 MiB', 'documented'),
      accessNs: estimatedAccess(8, 'two wait states at 64 MHz; an instruction cache of 2 KiB, none of data'),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
};
