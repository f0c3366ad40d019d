import type { Board } from './board/board.ts';
import { calibrated, type CalibrationScope } from './board/calibrated.ts';
import { POSTERIOR } from './posteriors/maixduino-posterior.ts';
import {
  K210_AI_SRAM,
  K210_CLOCKS,
  K210_CORE,
  K210_DMA,
  K210_KPU,
  K210_LINE_FILL_CYCLES,
} from './socs/k210.ts';
import { MAIXPY_KERNELS } from './libraries/maixpy-kernels.ts';
import { MAIXPY_SCRIPT } from './runtimes/maixpy-script.ts';
import { K210_PRIORS, RUNTIME_BUILD } from './socs/k210-priors.ts';

const OFFSET = K210_PRIORS.find((prior) => prior.path === 'runtime.readingOffsetMs')!;

/** The board before its own measurements were seen: every constant in doubt at the mean of its prior. */
export const MAIXDUINO_PRIOR: Board = {
  id: 'maixduino',
  name: 'Sipeed Maixduino',
  soc: 'Kendryte K210',
  summary:
    'two RV64GC cores at 400 MHz, of which one runs the model, and a convolution accelerator (KPU); MaixPy 0.5',
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
  units: [K210_CORE, K210_KPU, K210_DMA],
  runtime: {
    toolchain: 'ncc',
    firmware: 'MaixPy 0.5, kmodel v3 of ncc 0.1.0-rc5',
    kernels: [MAIXPY_KERNELS],
    placement: { activations: 'sram', weights: 'sram', maps: 'ai-sram', model: 'flash' },
    script: MAIXPY_SCRIPT,
    readingOffsetMs: {
      value: OFFSET.priorMean,
      unit: 'ms on top of the pulse',
      source: OFFSET.priorSource,
      grade: 'estimated',
      doubt:
        'the paper says that it reads the width of the pulse; that its column is the period of the loop is likely, ' +
        'because no known work of the call takes this millisecond and the published script sleeps exactly that long, but it is not proven',
    },
  },
};

/** Steps of the ten models, as the domain names them: kernels, op, type. */
const MEASURED_STEPS = [
  ...['kpu.forward', 'K210Upload', 'K210CopyOut', 'Dequantize', 'TensorflowFlatten', 'Quantize'],
  ...['K210AddPadding', 'K210RemovePadding', 'FullyConnected'],
]
  .map((op) => `${MAIXPY_KERNELS} ${op} any`)
  .concat(`${MAIXPY_KERNELS} K210Conv uint8`);

const SCOPE: CalibrationScope = {
  measurements: 'Dokic, Mikolcevic, Radisic 2021, table 2',
  parameters: K210_PRIORS,
  groups: [RUNTIME_BUILD],
  domain: {
    ops: ['CONV_2D', 'RESHAPE', 'FULLY_CONNECTED'],
    dtypes: ['uint8'],
    rows: MEASURED_STEPS,
    maxMacs: 37240,
    kernelSizes: [3],
  },
};

/** Sipeed Maixduino, fitted to the ten models of the paper. */
export const MAIXDUINO: Board = calibrated(MAIXDUINO_PRIOR, SCOPE, POSTERIOR);
