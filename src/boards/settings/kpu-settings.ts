import type { Board, CostRow, Unit } from '../board/board.ts';
import { TFLM_INVOKE } from '../runtimes/invoke.ts';
import type { Setting } from './setting.ts';

const PRESENT = 'present';
const REFERENCE = 'tflm-reference';
const WITHOUT =
  'the same network by TensorFlow Lite Micro on the core alone; nobody published a time of that';

/** The call of the interpreter at the rate of this core. */
const invokeRow = (): CostRow => ({ ...TFLM_INVOKE.costs[0]!, cpi: 'cpiInt8' });

/** A copy of words; nobody counted it on this core. */
const RESHAPE: CostRow = {
  op: 'RESHAPE',
  dtype: 'any',
  kernels: REFERENCE,
  instructions: { outputBytes: 0.53, '1': 144 },
  cpi: 'cpiInt8',
  source: 'not counted; as on a Cortex-M7 at GCC 12.2 -O2, whose memcpy goes by words',
  grade: 'estimated',
};

function coreAlone(units: readonly Unit[]): Unit[] {
  return units.flatMap((unit): Unit[] => {
    if (unit.kind !== 'core') return [];
    const constants = { ...unit.constants, ...TFLM_INVOKE.constants };
    return [{ ...unit, constants, costs: [invokeRow(), RESHAPE, ...unit.costs] }];
  });
}

/** The board without its accelerator: every layer by the reference kernels on one core. */
function withoutKpu({ calibration: _fit, ...board }: Board): Board {
  const { placement, kernels, ...runtime } = board.runtime;
  delete (runtime as { readingOffsetMs?: unknown }).readingOffsetMs;
  return {
    ...board,
    units: coreAlone(board.units),
    runtime: {
      ...runtime,
      ...{ toolchain: 'tflm', call: 'invoke', firmware: TFLM_INVOKE.firmware },
      kernels: kernels.includes(REFERENCE) ? kernels : [REFERENCE],
      placement: { ...placement, image: placement.activations! },
    },
    doubt: { factor: 1.6, grade: 'estimate', source: WITHOUT },
  };
}

/** Whether the convolution accelerator is there. */
export const KPU: Setting = {
  key: 'kpu',
  help: 'convolution accelerator, or the core alone',
  standard: PRESENT,
  why: 'the chip has it',
  values: {
    [PRESENT]: { help: 'as the chip has it', source: 'page of the board', grade: 'documented' },
    absent: {
      help: WITHOUT,
      source: 'counted instructions of the core',
      grade: 'estimated',
      apply: withoutKpu,
    },
  },
  isFor: ({ units }) => units.some(({ kind }) => kind === 'kpu'),
};
