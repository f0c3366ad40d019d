import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfRows, estimatedAccess } from '../board/page-fields.ts';

/** Feather M4 Express: a Cortex-M4 overclocked to 200 MHz; weights in flash. */
export const FEATHER_M4_EXPRESS: BoardFile = {
  id: 'feather-m4-express',
  name: 'Feather M4 Express',
  soc: 'Microchip SAMD51',
  summary: 'a Cortex-M4 overclocked to 200 MHz; weights in flash',
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
  clocks: [
    {
      id: 'core',
      hz: constant(
        200e6,
        'Hz',
        'bharathsudharsan/TinyML-Benchmark-NNs-on-MCUs states 200 MHz; the data sheet ends at 120',
        'documented',
      ),
    },
  ],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(192 * 1024, 'bytes', 'DS60001507: 192 KiB', 'documented'),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(512 * 1024, 'bytes', 'DS60001507: 512 KiB', 'documented'),
      accessNs: estimatedAccess(10, 'wait states grow with the clock; cache of 4 KiB for code and data'),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: doubtOfRows(9),
};
