import type { Clock, Constant, CoreUnit, DmaUnit, Grade, KpuUnit, Memory } from '../board/board.ts';
import { countedRows } from '../libraries/counted-rows.ts';
import { REFERENCE_STREAMS } from '../libraries/kernel-streams.ts';
import { TFLM_REFERENCE_O2 } from '../libraries/tflm-reference/tflm-rv64-o2.ts';
import { K210_COSTS } from '../libraries/maixpy-kernels.ts';
import { constant, constantsAtPriors } from '../board/constant.ts';
import { K210_PRIORS } from './k210-priors.ts';

const atPrior = constantsAtPriors(K210_PRIORS);

const inCore = (name: string, unit: string, grade: Grade): Constant =>
  atPrior(`units.core.constants.${name}`, unit, grade);

const DATASHEET = 'kendryte-doc-datasheet en/003.md';
const KPU_FIT = 'fitted to 35 published KPU layers (nncase issues 77 and 95, Sipeed topic 691)';

/** Nominal clocks, which all published timings state or assume. */
export const K210_CLOCKS: readonly Clock[] = [
  {
    id: 'core',
    hz: constant(400e6, 'Hz', 'MaixPy: PLL0 / 2 (sipeed/MaixPy-v1 mpconfigboard.h)', 'documented'),
  },
  {
    id: 'kpu',
    hz: constant(
      400e6,
      'Hz',
      'MaixPy: PLL1 / 1, nominal 400 MHz; the PLL locks at 398.67 MHz, 0.3 % less, but the published layers that the ' +
        'pipeline is held against assume 400',
      'documented',
    ),
  },
];

/** AI SRAM and general SRAM of the chip, the latter with what a line fill takes; bytes of a board are its own. */
export const K210_AI_SRAM: Memory = {
  id: 'ai-sram',
  kind: 'ram',
  availableBytes: constant(2 * 1024 * 1024, 'bytes', DATASHEET, 'documented'),
};

export const K210_LINE_FILL_CYCLES: Constant = atPrior(
  'memories.sram.lineFillCycles',
  'core cycles per 64-byte line',
  'estimated',
);

const TFLM_ROWS = countedRows(
  {
    kernels: 'tflm-reference',
    source: 'instructions counted for RV64GC, GCC -O2 (TensorFlow Lite Micro reference kernels)',
    cpi: { float32: 'cpiFloat32', int8: 'cpiInt8' },
    streams: REFERENCE_STREAMS,
  },
  TFLM_REFERENCE_O2,
);

export const K210_CORE: CoreUnit = {
  id: 'core',
  kind: 'core',
  core: 'RV64GC, in order; one of two, as MaixPy runs a model',
  clock: 'core',
  dataCache: {
    bytes: 32 * 1024,
    ways: 8,
    lineBytes: 64,
    replacement: 'random',
    source:
      '32 KiB: datasheet; 64-byte lines, 8 ways (64 sets of 64 bytes fill the 4 KiB page of a virtually indexed ' +
      'cache) and random replacement as in the Rocket core it resembles: estimated',
  },
  constants: {
    cpiFloat32: constant(
      1.45,
      'core cycles per instruction',
      'in-order core: of 6 instructions a MAC one waits for its operands (load-use 2 to 3) and one FMA is in a chain of ' +
        '4 to 5 cycles; no measurement of these kernels on the K210 is public',
      'estimated',
    ),
    cpiInt8: constant(
      1.3,
      'core cycles per instruction',
      'in-order core: load-use of 2 to 3 cycles and multiplies of 4; no measurement of these kernels on the K210 is public',
      'estimated',
    ),
    forwardCallCycles: inCore('forwardCallCycles', 'core cycles per call', 'estimated'),
    copyOutCyclesPerByte: inCore('copyOutCyclesPerByte', 'core cycles per byte', 'measured'),
    uploadCyclesPerByte: inCore('uploadCyclesPerByte', 'core cycles per byte', 'measured'),
    uploadCyclesPer8Bytes: constant(
      30 / 8,
      'core cycles per byte, in stores of 8',
      'one uncached store of 26.5 cycles (nncase issue 97) and its loop for 8 bytes',
      'estimated',
    ),
    dequantizeCyclesPerElement: inCore('dequantizeCyclesPerElement', 'core cycles per element', 'measured'),
    flattenCyclesPerElement: inCore('flattenCyclesPerElement', 'core cycles per element', 'estimated'),
    quantizeCyclesPerElement: inCore('quantizeCyclesPerElement', 'core cycles per element', 'estimated'),
    addPaddingCyclesPerChannel: inCore('addPaddingCyclesPerChannel', 'core cycles per channel', 'estimated'),
    denseLoopCyclesPerMac: inCore('denseLoopCyclesPerMac', 'core cycles per MAC', 'estimated'),
    denseRolledLoopCyclesPerMac: inCore('denseRolledLoopCyclesPerMac', 'core cycles per MAC', 'estimated'),
    denseCopyCyclesPerByte: inCore('denseCopyCyclesPerByte', 'core cycles per byte', 'estimated'),
  },
  costs: [...K210_COSTS, ...TFLM_ROWS],
};

export const K210_KPU: KpuUnit = {
  id: 'kpu',
  kind: 'kpu',
  clock: 'kpu',
  constants: {
    rowGapKpuCycles: constant(
      3,
      'KPU cycles per 64-byte line of a row and channel group',
      `${KPU_FIT}, +- 0.1`,
      'fitted',
    ),
    parameterBytesPerCoreCycle: constant(2.7, 'bytes per core cycle', `${KPU_FIT}, +- 0.3`, 'fitted'),
    parameterMemoryBytes: constant(72 * 1024, 'bytes', 'ATK-DNK210 CanMV manual, chapter 39', 'documented'),
    submitCoreCycles: constant(
      1400,
      'core cycles per layer',
      `${KPU_FIT}: 4200 +- 200 with the interrupt; the share before the layer starts is an estimate: about 40 uncached ` +
        'accesses of 26.5 to 34 cycles (12 words read and pushed, interrupt registers)',
      'fitted',
    ),
    interruptCoreCycles: constant(
      2800,
      'core cycles per layer',
      `${KPU_FIT}: 4200 +- 200 with the submission; the share after it: trap, registers saved, claim, dispatch`,
      'fitted',
    ),
  },
};

export const K210_DMA: DmaUnit = {
  id: 'dma',
  kind: 'dma',
  clock: 'core',
  constants: {
    K210UploadCyclesPerByte: constant(0.57, 'core cycles per byte', 'nncase issues 95, 97', 'measured'),
    K210CopyOutCyclesPerByte: constant(
      6,
      'core cycles per byte, with the copy to cached memory',
      'nncase issue 77, layer 22',
      'measured',
    ),
  },
};
