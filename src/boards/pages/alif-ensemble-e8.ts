import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate } from '../board/page-fields.ts';

/** Alif Ensemble E8 DevKit: a Cortex-M55 with Helium at 400 MHz. */
export const ALIF_ENSEMBLE_E8: BoardFile = {
  id: 'alif-ensemble-e8',
  name: 'Alif Ensemble E8 DevKit',
  soc: 'Alif Ensemble E8',
  summary: 'a Cortex-M55 with Helium at 400 MHz',
  core: 'cortex-m55',
  libraries: ['cmsis-nn', 'cmsis-nn-Os', 'tflm-reference', 'tflm-reference-Os'],
  runtime: 'vendor-call',
  clocks: [
    {
      id: 'core',
      hz: constant(400e6, 'Hz', 'pytorch/executorch issue 17651; the clock is the nominal one', 'documented'),
    },
  ],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(
        4096 * 1024,
        'bytes',
        'alifsemi.com: SRAM0 of 4 MiB; where the tensors lay is not said',
        'documented',
      ),
    },
    {
      id: 'mram',
      kind: 'flash',
      availableBytes: constant(5632 * 1024, 'bytes', 'alifsemi.com: 5.5 MiB', 'documented'),
    },
  ],
  placement: { weights: 'mram', activations: 'sram', image: 'sram' },
  doubt: doubtOfEstimate('seven published layers of one network; clock nominal, placement not stated', 1.8),
};
