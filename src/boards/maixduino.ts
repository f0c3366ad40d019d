import type { Board } from './board/board.ts';
import type { BoardFile } from './board/board-file.ts';
import { constant, uncertain } from './board/constant.ts';
import type { BoardParts } from './board/board-parts.ts';
import { resolveBoard } from './board/resolve-board.ts';
import { whenAsked } from './board/when-asked.ts';
import { MAIXPY_0_5 } from './libraries/maixpy/maixpy-kernels.ts';
import { TFLM_REFERENCE_RV64_O2 } from './libraries/tflm-reference/tflm-reference-rv64.ts';
import { RV64GC } from './cores/rv64gc.ts';
import { MAIXPY } from './runtimes/maixpy.ts';
import { POSTERIOR } from './posteriors/maixduino-posterior.ts';
import {
  K210_AI_SRAM,
  K210_CLOCKS,
  K210_DATA_CACHE,
  K210_DMA,
  K210_KPU,
  K210_LINE_FILL_CYCLES,
} from './socs/k210.ts';

/** Steps of the ten models, as the domain names them: kernels, op, type. */
const MEASURED_STEPS = [
  ...['kpu.forward', 'K210Upload', 'K210CopyOut', 'Dequantize', 'TensorflowFlatten', 'Quantize'],
  ...['K210AddPadding', 'K210RemovePadding', 'FullyConnected'],
];

/** Sipeed Maixduino, fitted to the ten models of the paper. */
export const MAIXDUINO: BoardFile = {
  id: 'maixduino',
  name: 'Sipeed Maixduino',
  soc: 'Kendryte K210',
  summary:
    'two RV64GC cores at 400 MHz, of which one runs the model, and a convolution accelerator (KPU); MaixPy 0.5',
  core: 'rv64gc',
  libraries: ['maixpy-0.5', 'tflm-reference'],
  runtime: 'maixpy',
  clocks: K210_CLOCKS,
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: {
        value: 6 * 1024 * 1024 - 2 * 1024 * 1024 - 512 * 1024,
        unit: 'bytes',
        source:
          '6 MiB less 2 MiB of firmware and 512 KiB of MicroPython heap (maixpy.sipeed.com course/others/mem); a smaller ' +
          'firmware leaves more',
        grade: 'documented',
      },
      lineFillCycles: K210_LINE_FILL_CYCLES,
    },
    K210_AI_SRAM,
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: {
        value: 0xd00000 - 0x300000,
        unit: 'bytes',
        source:
          '16 MiB, of which 0x300000 to 0xd00000 lie between firmware and file system ' +
          '(cn.maixpy.sipeed.com course/others/flash)',
        grade: 'documented',
      },
    },
  ],
  dataCache: K210_DATA_CACHE,
  accelerators: [K210_KPU, K210_DMA],
  placement: { activations: 'sram', weights: 'sram', maps: 'ai-sram', model: 'flash' },
  readingOffsetMs: {
    ...uncertain(
      constant(
        1.025,
        'ms on top of the pulse',
        'the published loop sleeps 1 ms after the pin goes low (cnn_onoff_FINAL.py) and runs 45 to 80 bytecodes and calls ' +
          'of 170 cycles around it',
        'estimated',
      ),
      0.01,
    ),
    doubt:
      'the paper says that it reads the width of the pulse; that its column is the period of the loop is likely, ' +
      'because no known work of the call takes this millisecond and the published script sleeps exactly that long, but it is not proven',
  },
  calibration: {
    measurements: 'Dokic, Mikolcevic, Radisic 2021, table 2',
    domain: {
      ops: ['CONV_2D', 'RESHAPE', 'FULLY_CONNECTED'],
      dtypes: ['uint8'],
      rows: [...MEASURED_STEPS.map((op) => `maixpy-0.5 ${op} any`), 'maixpy-0.5 K210Conv uint8'],
      maxMacs: 37240,
      kernelSizes: [3],
      setup: {
        clocksHz: { core: 400e6, kpu: 400e6 },
        dataCacheBytes: 32 * 1024,
        placement: { activations: 'sram', weights: 'sram' },
        kernels: 'maixpy-0.5',
      },
    },
    ...POSTERIOR,
  },
};

/** What it names, so that a page with this board takes nothing else of its core along. */
const PARTS: BoardParts = {
  cores: [RV64GC],
  libraries: [MAIXPY_0_5, TFLM_REFERENCE_RV64_O2],
  runtimes: [MAIXPY],
};

/** Sipeed Maixduino with MaixPy 0.5, fitted to the ten models of the paper. */
export const maixduino: Board = /* @__PURE__ */ whenAsked(() => resolveBoard(MAIXDUINO, PARTS));
