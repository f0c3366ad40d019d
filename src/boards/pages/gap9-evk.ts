import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate, estimatedAccess } from '../board/page-fields.ts';

/** GAP9 EVK: a cluster of nine RISC-V cores and a convolution engine at 370 MHz, as one unit. */
export const GAP9_EVK: BoardFile = {
  id: 'gap9-evk',
  name: 'GAP9 EVK',
  soc: 'GreenWaves GAP9',
  summary: 'a cluster of nine RISC-V cores and a convolution engine at 370 MHz, as one unit',
  core: 'gap9-cluster',
  libraries: ['gap-sdk', 'tflm-reference'],
  runtime: 'vendor-call',
  clocks: [
    {
      id: 'core',
      hz: constant(370e6, 'Hz', 'MLPerf Tiny 1.0: 370 MHz at 0.80 V, 240 at 0.65', 'documented'),
    },
  ],
  memories: [
    {
      id: 'l2',
      kind: 'ram',
      availableBytes: constant(1536 * 1024, 'bytes', 'GAP9 product brief: 1.5 MiB', 'documented'),
    },
    {
      id: 'l3',
      kind: 'ram',
      availableBytes: constant(
        8192 * 1024,
        'bytes',
        'GAP9 product brief: 8 MiB of external memory',
        'documented',
      ),
      accessNs: estimatedAccess(10, 'serial memory, moved beforehand by DMA'),
    },
  ],
  placement: { weights: 'l2', activations: 'l2', image: 'l2' },
  doubt: doubtOfEstimate('six published rows of four networks; engine and cores are not told apart', 2),
};
