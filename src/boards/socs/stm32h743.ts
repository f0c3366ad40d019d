import type { Cache, Constant } from '../board/board.ts';
import { constant, uncertain } from '../board/constant.ts';

const PER_LINE = 'core cycles per 32-byte line';

export const STM32H743_DATA_CACHE: Cache = {
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

/** Line fills of the data cache from the chip's own memories. */
export const STM32H743_LINE_FILLS = {
  sram1: uncertain(
    constant(
      20,
      PER_LINE,
      'no published table; first word plausibly after 10 to 30 core cycles through the AXI-to-AHB bridge at 240 MHz',
      'estimated',
    ),
    6,
  ),
  axiSram: constant(
    14,
    PER_LINE,
    'no published table; four 64-bit beats at 240 MHz are 8, plus a first access of 6 to 12',
    'estimated',
  ),
  flash: constant(
    24,
    PER_LINE,
    'no published table; 2 wait states at 240 MHz for 256 bits are 6, four 64-bit beats 8, and the bus',
    'estimated',
  ),
} as const satisfies Record<string, Constant>;
