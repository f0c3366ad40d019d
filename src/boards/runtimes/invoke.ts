import type { CallRuntime } from '../board/board-parts.ts';
import type { CostRow } from '../board/board.ts';
import { constant, uncertain } from '../board/constant.ts';

const PER_CALL = 'core cycles per call';
const PER_LAYER = 'core cycles per operator';

const INVOKE: CostRow = {
  op: 'invoke',
  dtype: 'any',
  kernels: 'invoke',
  cpi: 'cpiInt8Reference',
  instructions: { '1': 60, operators: 41 },
  constantCycles: { '1': 'callCycles', operators: 'layerCycles' },
  source:
    'MicroInterpreter::Invoke, counted on models of 3 to 31 operators: exact; what lies around it is fitted',
  grade: 'measured',
};

/** A program that keeps its interpreter of TensorFlow Lite Micro: what is measured is `Invoke` alone. */
export const TFLM_INVOKE: CallRuntime = {
  id: 'tflm-invoke',
  toolchain: 'tflm',
  firmware: 'TensorFlow Lite Micro, Invoke of an interpreter that is kept',
  call: 'invoke',
  constants: {
    callCycles: uncertain(
      constant(
        4000,
        PER_CALL,
        'calls of tiny networks on bare boards take 1,900 to 9,400 cycles beyond their operators (data/measured.csv, fc-*)',
        'fitted',
      ),
      2500,
    ),
    layerCycles: uncertain(
      constant(
        300,
        PER_LAYER,
        'first fetch of the kernel and its parameters; by the length of the code',
        'estimated',
      ),
      300,
    ),
  },
  costs: [INVOKE],
};

/** Code that a converter wrote for one network: layers are called one after the other, without an interpreter. */
export const VENDOR_CALL: CallRuntime = {
  id: 'vendor-call',
  toolchain: 'tflm',
  firmware: 'generated code that calls kernels without an interpreter',
  call: 'invoke',
  constants: {
    callCycles: uncertain(
      constant(1500, PER_CALL, 'a call of a C function and its checks', 'estimated'),
      1500,
    ),
    layerCycles: uncertain(
      constant(250, PER_LAYER, 'a call of a kernel and its parameters', 'estimated'),
      250,
    ),
  },
  costs: [
    {
      ...INVOKE,
      instructions: { operators: 20 },
      source: 'a loop over layers, by its length',
      grade: 'estimated',
    },
  ],
};
