import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { armDataCache, doubtOfRows, estimatedLineFill } from '../board/page-fields.ts';

/** Teensy 4.0: a Cortex-M7 at 600 MHz; code, constants and tensors in tightly coupled memory. */
export const TEENSY_40: BoardFile = {
  id: 'teensy-40',
  name: 'Teensy 4.0',
  soc: 'NXP i.MX RT1062',
  summary: 'a Cortex-M7 at 600 MHz; code, constants and tensors in tightly coupled memory',
  core: 'cortex-m7',
  fpu: 'double',
  libraries: [
    'tflm-reference',
    'tflm-reference-Os',
    'tflm-reference-O3',
    'cmsis-nn',
    'cmsis-nn-Os',
    'cmsis-nn-O3',
  ],
  runtime: 'tflm-invoke',
  clocks: [{ id: 'core', hz: constant(600e6, 'Hz', 'pjrc.com/store/teensy40: 600 MHz', 'documented') }],
  memories: [
    {
      id: 'dtcm',
      kind: 'ram',
      availableBytes: constant(
        512 * 1024,
        'bytes',
        'IMXRT1060RM: FlexRAM of 512 KiB, as Teensyduino shares it; no cache between',
        'documented',
      ),
    },
    {
      id: 'qspi-flash',
      kind: 'flash',
      availableBytes: constant(1984 * 1024, 'bytes', 'pjrc.com/store/teensy40: 1984 KiB', 'documented'),
      lineFillNs: estimatedLineFill(480),
    },
  ],
  dataCache: armDataCache(32, 'IMXRT1060RM (32 KiB), Arm TRM DDI 0489F'),
  placement: { weights: 'dtcm', activations: 'dtcm', image: 'dtcm' },
  doubt: doubtOfRows(8),
};
