import type { Constant, ProgramUnit } from '../board/board.ts';
import { constant } from '../board/constant.ts';

const LAYERS =
  '145 layers of SiliconLabs/mltk logs (data/measured.csv, mltk-*), by scripts of src/calibrate/programs';
const PER_PROGRAM = 'core cycles per program';

/** Cycles by kernel: of the accelerator a step and an output, of the core before the first program and to write each. */
interface Rates {
  readonly step: number;
  /** Of a step that takes one value where others take two. */
  readonly singleStep?: number;
  readonly output: number;
  readonly setup: number;
  readonly build: number;
  /** Where it is not fitted to layers of its own in four networks or more. */
  readonly doubt?: string;
}

function ratesOf(
  kernel: string,
  { step, singleStep, output, setup, build, doubt }: Rates,
): Record<string, Constant> {
  const rate = (value: number, unit: string): Constant =>
    constant(value, unit, doubt ?? LAYERS, doubt === undefined ? 'fitted' : 'estimated');
  return {
    [`${kernel}StepCycles`]: rate(step, 'accelerator cycles per step'),
    ...(singleStep && { [`${kernel}SingleStepCycles`]: rate(singleStep, 'accelerator cycles per step') }),
    [`${kernel}OutputCycles`]: rate(output, 'accelerator cycles per output'),
    [`${kernel}SetupCycles`]: rate(setup, 'core cycles per operator'),
    [`${kernel}BuildCycles`]: rate(build, PER_PROGRAM),
  };
}

const CONV = { step: 1.517, singleStep: 1.272, output: 3.46, setup: 2740, build: 1880 };

/**
 * The matrix and vector processor: two multiply-accumulates of 16-bit floating point at a time, on programs of at most eight
 * instructions and eight loops that the core writes. What it takes and in how many programs:
 * `accelerators/sl-mvp` and docs/hardware/mvp.md#programs.
 */
export const EFR32MG24_MVP: ProgramUnit = {
  id: 'mvp',
  kind: 'programs',
  clock: 'core',
  kernels: 'sl-mvp',
  constants: {
    cyclesPerCount: constant(
      0.97,
      'core cycles per counted cycle',
      `times of layers over 1 ms against their own counts of cycles at 78 MHz; ${LAYERS}`,
      'fitted',
    ),
    startCycles: constant(
      13,
      'accelerator cycles per program',
      'sums and products of 6 to 80 values in the same logs',
      'fitted',
    ),
    loadCycles: constant(650, PER_PROGRAM, `what the accelerator waits for between two; ${LAYERS}`, 'fitted'),
    ...ratesOf('conv', CONV),
    ...ratesOf('depthwisePixels', { step: 3.061, output: 5.28, setup: 1260, build: 846 }),
    ...ratesOf('depthwiseChannels', {
      ...{ step: 3.101, output: 4.79, setup: 1200, build: 5370 },
      doubt:
        'three layers of two networks in the same logs, whose programs cost the core 5,300 and 11,300 cycles',
    }),
    ...ratesOf('dense', { step: 3.003, output: 5.94, setup: 1030, build: 368 }),
    ...ratesOf('elementwise', { step: 6.985, output: 0, setup: 1710, build: 260 }),
    ...ratesOf('maxPool', { step: 1.082, output: 1.7, setup: 1440, build: 1120 }),
    ...ratesOf('averageFew', { step: 1.021, output: 3.17, setup: 1210, build: 2020 }),
    ...ratesOf('averageMany', {
      ...{ step: 0.742, output: 2.97, setup: 1200, build: 336 },
      doubt: 'one layer in the same logs, mltk-image-example1-op002',
    }),
    ...ratesOf('transposeConv', { ...CONV, doubt: 'no published layer; as a convolution’s programs' }),
  },
};
