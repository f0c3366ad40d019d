import type { Cache, Clock, Constant, DmaUnit, KpuUnit, Memory } from '../board/board.ts';
import { constant, uncertain } from '../board/constant.ts';

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

export const K210_LINE_FILL_CYCLES: Constant = uncertain(
  constant(
    54,
    'core cycles per 64-byte line',
    '28 to 30 cycles to the first word (uncached load without its loop, nncase issue 95) and 64 bytes at 2.7 a cycle',
    'estimated',
  ),
  10,
);

export const K210_DATA_CACHE: Cache = {
  bytes: 32 * 1024,
  ways: 8,
  lineBytes: 64,
  replacement: 'random',
  source:
    '32 KiB: datasheet; 64-byte lines, 8 ways (64 sets of 64 bytes fill the 4 KiB page of a virtually indexed ' +
    'cache) and random replacement as in the Rocket core it resembles: estimated',
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
    // The share after a layer: trap, registers saved, claim, dispatch.
    interruptCoreCycles: uncertain(
      constant(
        2800,
        'core cycles per layer',
        'submit and interrupt together 4200 +- 200, fitted to 35 layers of nncase issues 77, 95 and Sipeed topic 691',
        'fitted',
      ),
      200,
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
