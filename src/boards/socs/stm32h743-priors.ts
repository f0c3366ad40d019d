import type { CalibratedParameter } from '../board/board.ts';

/*
 * What was believed about the Cortex-M7 of the OpenMV Cam H7 Plus before its table was seen. Nothing here comes from
 * the paper's times. Instructions are counted exactly; in doubt are how fast they issue and what a miss takes.
 */
export const STM32H743_PRIORS: readonly CalibratedParameter[] = [
  {
    path: 'units.core.constants.cpiFloat32',
    priorMean: 0.65,
    priorSigma: 0.08,
    priorSource:
      'issue rules of ARMScheduleM7.td applied to traces of the real binaries: 0.60 dense, 0.64 to 0.69 convolution; ' +
      'the rules leave out some dual issue, so the doubt is wider than the spread',
  },
  {
    path: 'units.core.constants.callCycles',
    priorMean: 30_000,
    priorSigma: 15_000,
    priorSource:
      '672 line fills of the instruction cache (counted on the emulated binary) at 20 to 40 cycles from flash, and ' +
      '5,000 to 15,000 cycles for the MicroPython call, its message buffer and two pin writes',
  },
  {
    path: 'memories.sram1.lineFillCycles',
    priorMean: 20,
    priorSigma: 6,
    priorSource:
      'no published table; first word plausibly after 10 to 30 core cycles through the AXI-to-AHB bridge at 240 MHz',
  },
  {
    path: 'memories.sdram.lineFillCycles',
    priorMean: 48,
    priorSigma: 6,
    priorSource:
      'open row: CAS 2 and 8 beats at 100 MHz are 48 core cycles at 480 MHz; a row change adds 19, controller and bus ' +
      'are not included, and the critical word comes first',
  },
];
