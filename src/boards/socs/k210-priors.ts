import type { CalibratedParameter, PriorGroup } from '../board/board.ts';

/*
 * What was believed about the K210's CPU costs before the reference CNN was timed: measurements of other networks on
 * the K210, instructions counted in the public source of its runtime (kendryte-standalone-sdk lib/drivers/kpu.c), and
 * the latencies of its core. Nothing here comes from the paper's table.
 *
 * Evidence that the derivations share, in core cycles at 400 MHz:
 * - a byte loaded from uncached AI SRAM and stored to cached memory, loop included: 34.24 (nncase issue 95, 307,200
 *   bytes) and 34.33 (issue 96, 76,800 bytes); a byte loaded from cached memory and stored to uncached AI SRAM: 26.5
 *   (issue 97, 307,200 bytes);
 * - a bus master moves 2.7 bytes a cycle (parameter fetch of the KPU, 35 layers): a 64-byte line takes 24 cycles
 *   beyond the first word, which takes about 28 to 30 (an uncached load without its loop): 54 a fill, 24 a write-back;
 * - an in-order core: FMA result after 4 to 5 cycles, float load-use 2 to 3, integer multiply 4.
 */
const BASE = 'units.core.constants';

function prior(
  name: string,
  priorMean: number,
  priorSigma: number,
  priorSource: string,
  group?: string,
): CalibratedParameter {
  const parameter = { path: `${BASE}.${name}`, priorMean, priorSigma, priorSource };
  return group === undefined ? parameter : { ...parameter, group };
}

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

/** Constants in doubt, with what was known without the paper. */
export const K210_PRIORS: readonly CalibratedParameter[] = [
  prior(
    'forwardCallCycles',
    11000,
    4000,
    'a MicroPython call, argument checks, one result object and two pin writes: about 65 bytecodes and C calls of 170 ' +
      'cycles (loboris/MicroPython_K210_LoBo issue 1); the count is an estimate',
  ),
  prior(
    'copyOutCyclesPerByte',
    34.3,
    2,
    'measured, nncase issues 95 and 96 (34.24 and 34.33); rows there are 80 and 160 wide, and a row of 14 pays its ' +
      'loop more often',
  ),
  prior(
    'uploadCyclesPerByte',
    31,
    5,
    'measured 26.5 in C++ (nncase issue 97); up to 10 more for the loop of the C runtime, whose rows are 14 wide here',
  ),
  prior(
    'dequantizeCyclesPerElement',
    20,
    7,
    'measured 12.2 (nncase issues 95, 96) and 18.0 (issue 77) in two SDK builds; 32.6 estimated for the build that ' +
      'MaixPy ships',
    RUNTIME_BUILD.name,
  ),
  prior(
    'flattenCyclesPerElement',
    18,
    4,
    'counted in the source: 12 instructions, two dependent 4-cycle multiplies, one load-use',
    RUNTIME_BUILD.name,
  ),
  prior(
    'quantizeCyclesPerElement',
    60,
    10,
    'counted in the source: about 42 instructions with the library call of roundf, and 20 cycles of float latencies; a ' +
      'quantized add of like length takes 76 (measured, nncase issue 97)',
    RUNTIME_BUILD.name,
  ),
  prior(
    'addPaddingCyclesPerChannel',
    30,
    4,
    'one uncached store, 26.5 with a loop (measured, nncase issue 97), and 4 for the address of the channel',
  ),
  prior(
    'denseLoopCyclesPerMac',
    6,
    1,
    'unrolled by 8: two loads and an FMA a MAC; the FMAs are one chain of 4 to 5 cycles each, the loads fill some of it',
    RUNTIME_BUILD.name,
  ),
  prior(
    'denseRolledLoopCyclesPerMac',
    9,
    1.2,
    'not unrolled: 6.0 instructions a MAC (counted, data/instruction-counts.csv, rv64gc fc float32), a load-use of ' +
      '2 to 3 before an FMA in the chain',
    RUNTIME_BUILD.name,
  ),
  prior(
    'denseCopyCyclesPerByte',
    0.68,
    0.2,
    'the weights are copied to the heap on each call: 1.2 cycles of 8-byte loads and stores a weight, and a write-back ' +
      'of 24 cycles for each line of 16 weights',
    RUNTIME_BUILD.name,
  ),
  {
    path: 'memories.sram.lineFillCycles',
    priorMean: 54,
    priorSigma: 10,
    priorSource:
      '28 to 30 cycles to the first word (uncached load without its loop, nncase issue 95) and 64 bytes at 2.7 a cycle',
  },
  {
    path: 'units.kpu.constants.interruptCoreCycles',
    priorMean: 2800,
    priorSigma: 200,
    priorSource:
      'submit and interrupt together 4200 +- 200, fitted to 35 layers of nncase issues 77, 95 and Sipeed topic 691',
  },
  {
    path: 'runtime.readingOffsetMs',
    priorMean: 1.025,
    priorSigma: 0.01,
    priorSource:
      'the published loop sleeps 1 ms after the pin goes low (cnn_onoff_FINAL.py) and runs 45 to 80 bytecodes and calls ' +
      'of 170 cycles around it',
  },
];
