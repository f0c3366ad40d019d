import type { Cache, Clock, CoreUnit } from '../board/board.ts';
import { CORTEX_M7_COSTS } from '../cores/cortex-m7/index.ts';
import { constant, constantsAtPriors } from '../board/constant.ts';
import { STM32H743_PRIORS } from './stm32h743-priors.ts';

const atPrior = constantsAtPriors(STM32H743_PRIORS);

const CPI = 'core cycles per instruction';
const ISSUE_RULES = 'issue rules of ARMScheduleM7.td applied to traces of the real binaries, no misses';

/** 12 MHz / 3 x 240 / 2, as OpenMV sets the PLL. */
export const STM32H743_CLOCKS: readonly Clock[] = [
  {
    id: 'core',
    hz: constant(480e6, 'Hz', 'OpenMV OPENMV4P omv_boardconfig.h:93-95: 12 MHz / 3 x 240 / 2', 'documented'),
  },
];

const DATA_CACHE: Cache = {
  bytes: 16 * 1024,
  ways: 4,
  lineBytes: 32,
  replacement: 'random',
  writeMissesStall: false,
  source:
    'ST data brief (16 KiB), Arm TRM DDI 0489F (4 ways, 32-byte lines, write-back, allocates on reads and writes; ' +
    'fills are non-blocking, so stores that miss go to the store buffer); ' +
    'replacement is not documented: random is inferred, it fits the published table better than LRU',
};

/** Line fills of the data cache by memory; sdram and sram1 are in doubt and fitted. */
export const STM32H743_LINE_FILLS = {
  sram1: atPrior('memories.sram1.lineFillCycles', 'core cycles per 32-byte line', 'estimated'),
  sdram: atPrior('memories.sdram.lineFillCycles', 'core cycles per 32-byte line', 'documented'),
  axiSram: constant(
    14,
    'core cycles per 32-byte line',
    'no published table; four 64-bit beats at 240 MHz are 8, plus a first access of 6 to 12',
    'estimated',
  ),
  flash: constant(
    24,
    'core cycles per 32-byte line',
    'no published table; 2 wait states at 240 MHz for 256 bits are 6, four 64-bit beats 8, and the bus',
    'estimated',
  ),
} as const;

export const STM32H743_CORE: CoreUnit = {
  id: 'core',
  kind: 'core',
  core: 'Cortex-M7 (ARMv7E-M, FPv5 double precision unit used in single), dual issue, in order',
  clock: 'core',
  dataCache: DATA_CACHE,
  constants: {
    cpiFloat32: atPrior('units.core.constants.cpiFloat32', CPI, 'estimated'),
    cpiFloat32Elementwise: constant(1.08, CPI, `${ISSUE_RULES}: float add`, 'estimated'),
    cpiInt8Reference: constant(0.78, CPI, `${ISSUE_RULES}: int8 reference kernels 0.68 to 0.89`, 'estimated'),
    cpiCmsisNn: constant(0.7, CPI, `${ISSUE_RULES}: CMSIS-NN 0.66 to 0.74`, 'estimated'),
    cpiFirmware: constant(
      0.75,
      CPI,
      `${ISSUE_RULES}: 0.60 to 0.75 for almost every kernel; branchy code at the upper end`,
      'estimated',
    ),
    callCycles: atPrior('units.core.constants.callCycles', 'core cycles per call', 'estimated'),
  },
  costs: CORTEX_M7_COSTS,
};
