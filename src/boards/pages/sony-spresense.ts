import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate } from '../board/page-fields.ts';

/** Sony Spresense: one of six Cortex-M4 at 156 MHz; code and weights in SRAM. */
export const SONY_SPRESENSE: BoardFile = {
  id: 'sony-spresense',
  name: 'Sony Spresense',
  soc: 'Sony CXD5602',
  summary: 'one of six Cortex-M4 at 156 MHz; code and weights in SRAM',
  core: 'cortex-m4',
  libraries: [
    'cmsis-nn',
    'cmsis-nn-Os',
    'cmsis-nn-O3',
    'tflm-reference',
    'tflm-reference-Os',
    'tflm-reference-O3',
  ],
  runtime: 'vendor-call',
  clocks: [{ id: 'core', hz: constant(156e6, 'Hz', 'developer.sony.com: 156 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(1536 * 1024, 'bytes', 'developer.sony.com: 1.5 MiB', 'documented'),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(8192 * 1024, 'bytes', 'developer.sony.com: 8 MiB', 'documented'),
    },
  ],
  placement: { weights: 'sram', activations: 'sram', image: 'sram' },
  doubt: doubtOfEstimate('two published rows, of schedules of TVM'),
};
