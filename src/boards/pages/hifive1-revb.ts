import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate, estimatedAccess } from '../board/page-fields.ts';

/** HiFive1 Rev B: an RV32IMAC at 320 MHz without floating point; nobody published a time of a network on it. */
export const HIFIVE1_REVB: BoardFile = {
  id: 'hifive1-revb',
  name: 'HiFive1 Rev B',
  soc: 'SiFive FE310-G002',
  summary: 'an RV32IMAC at 320 MHz without floating point; nobody published a time of a network on it',
  core: 'rv32imac',
  libraries: ['tflm-reference', 'tflm-reference-Os'],
  runtime: 'tflm-invoke',
  clocks: [{ id: 'core', hz: constant(320e6, 'Hz', 'SiFive FE310-G002 manual: 320 MHz', 'documented') }],
  memories: [
    {
      id: 'dtim',
      kind: 'ram',
      availableBytes: constant(16 * 1024, 'bytes', 'SiFive FE310-G002 manual: 16 KiB', 'documented'),
    },
    {
      id: 'qspi-flash',
      kind: 'flash',
      availableBytes: constant(4096 * 1024, 'bytes', 'HiFive1 Rev B guide: 4 MiB', 'documented'),
      accessNs: estimatedAccess(
        150,
        'quad flash; the data of a core without a data cache come from it one by one',
      ),
    },
  ],
  placement: { weights: 'qspi-flash', activations: 'dtim', image: 'dtim' },
  doubt: doubtOfEstimate('no published row; core and data sheet; weights in serial flash', 2),
};
