import type { PriorGroup } from '../../board/board.ts';
import type { PartConstants } from '../../board/board-parts.ts';
import { constant, uncertain } from '../../board/constant.ts';

/**
 * Loops counted in the SDK's source, or timed in its builds, run in MaixPy's build of it: other compiler flags, in
 * interrupt context, beside the camera's DMA and the second core. That shifts all of them the same way.
 */
export const RUNTIME_BUILD: PriorGroup = {
  name: 'build of the runtime',
  relativeSigma: 0.2,
  source:
    'the same dequantize loop took 12.2 cycles an element in one SDK build and 18.0 in another (nncase issues 95 and ' +
    '77): +- 20 % about their mean',
};

const PER_BYTE = 'core cycles per byte';
const PER_ELEMENT = 'core cycles per element';
const PER_MAC = 'core cycles per MAC';
const BUILD = RUNTIME_BUILD.name;

/*
 * What was known of the K210's CPU costs before the reference CNN was timed: measurements of other networks on the
 * K210, instructions counted in the public source of its runtime (kendryte-standalone-sdk lib/drivers/kpu.c), and the
 * latencies of its core. Nothing here comes from the paper's table.
 *
 * Evidence that the derivations share, in core cycles at 400 MHz:
 * - a byte loaded from uncached AI SRAM and stored to cached memory, loop included: 34.24 (nncase issue 95, 307,200
 *   bytes) and 34.33 (issue 96, 76,800 bytes); a byte loaded from cached memory and stored to uncached AI SRAM: 26.5
 *   (issue 97, 307,200 bytes);
 * - a bus master moves 2.7 bytes a cycle (parameter fetch of the KPU, 35 layers): a 64-byte line takes 24 cycles
 *   beyond the first word, which takes about 28 to 30 (an uncached load without its loop): 54 a fill, 24 a write-back;
 * - an in-order core: FMA result after 4 to 5 cycles, float load-use 2 to 3, integer multiply 4.
 */
export const MAIXPY_CONSTANTS: PartConstants = {
  copyOutCyclesPerByte: uncertain(
    constant(
      34.3,
      PER_BYTE,
      'measured, nncase issues 95 and 96 (34.24 and 34.33); rows there are 80 and 160 wide, and a row of 14 pays its ' +
        'loop more often',
      'measured',
    ),
    2,
  ),
  uploadCyclesPerByte: uncertain(
    constant(
      31,
      PER_BYTE,
      'measured 26.5 in C++ (nncase issue 97); up to 10 more for the loop of the C runtime, whose rows are 14 wide here',
      'measured',
    ),
    5,
  ),
  uploadCyclesPer8Bytes: constant(
    30 / 8,
    'core cycles per byte, in stores of 8',
    'one uncached store of 26.5 cycles (nncase issue 97) and its loop for 8 bytes',
    'estimated',
  ),
  dequantizeCyclesPerElement: uncertain(
    constant(
      20,
      PER_ELEMENT,
      'measured 12.2 (nncase issues 95, 96) and 18.0 (issue 77) in two SDK builds; 32.6 estimated for the build that ' +
        'MaixPy ships',
      'measured',
    ),
    7,
    BUILD,
  ),
  flattenCyclesPerElement: uncertain(
    constant(
      18,
      PER_ELEMENT,
      'counted in the source: 12 instructions, two dependent 4-cycle multiplies, one load-use',
      'estimated',
    ),
    4,
    BUILD,
  ),
  quantizeCyclesPerElement: uncertain(
    constant(
      60,
      PER_ELEMENT,
      'counted in the source: about 42 instructions with the library call of roundf, and 20 cycles of float latencies; a ' +
        'quantized add of like length takes 76 (measured, nncase issue 97)',
      'estimated',
    ),
    10,
    BUILD,
  ),
  addPaddingCyclesPerChannel: uncertain(
    constant(
      30,
      'core cycles per channel',
      'one uncached store, 26.5 with a loop (measured, nncase issue 97), and 4 for the address of the channel',
      'estimated',
    ),
    4,
  ),
  denseLoopCyclesPerMac: uncertain(
    constant(
      6,
      PER_MAC,
      'unrolled by 8: two loads and an FMA a MAC; the FMAs are one chain of 4 to 5 cycles each, the loads fill some of it',
      'estimated',
    ),
    1,
    BUILD,
  ),
  denseRolledLoopCyclesPerMac: uncertain(
    constant(
      9,
      PER_MAC,
      'not unrolled: 6.0 instructions a MAC (counted, data/instruction-counts.csv, rv64gc fc float32), a load-use of ' +
        '2 to 3 before an FMA in the chain',
      'estimated',
    ),
    1.2,
    BUILD,
  ),
  denseCopyCyclesPerByte: uncertain(
    constant(
      0.68,
      PER_BYTE,
      'the weights are copied to the heap on each call: 1.2 cycles of 8-byte loads and stores a weight, and a write-back ' +
        'of 24 cycles for each line of 16 weights',
      'estimated',
    ),
    0.2,
    BUILD,
  ),
};
