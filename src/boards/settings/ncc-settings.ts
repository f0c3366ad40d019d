import type { Board } from '../board/board.ts';
import { CPU_CONV_CHOICE, REFUSED_CHOICE, SECOND_CONVERTER } from './ncc-choices.ts';
import type { Setting } from './setting.ts';

const isNcc = ({ runtime }: Board): boolean => runtime.toolchain === 'ncc';
const SOURCE =
  'kendryte/nncase, src/importer/tflite and src/common/include/kernels/neutral of its 0.2 releases';

/** A convolution that kmodel v3 has no layer for. */
export const CPU_CONV: Setting = {
  ...CPU_CONV_CHOICE,
  help: 'a convolution that the KPU cannot run, and ncc 0.1 refuses',
  why: 'kernel sizes can be compared, as a counterfactual that is said to be one, with the interval of an estimate',
  values: {
    [SECOND_CONVERTER]: {
      help: 'on the core in float32, as the later converter nncase 0.2 leaves it there',
      source: `${SOURCE}; its loops are as plain as the reference kernels that price them`,
      grade: 'estimated',
    },
    refuse: {
      help: 'no time, as ncc 0.1.0-rc5 makes no file',
      source: 'ncc 0.1.0-rc5, run',
      grade: 'measured',
    },
  },
  isFor: isNcc,
};

/** Largest Dense that is moved to the accelerator; that of the converter where absent. */
export const DENSE_INPUTS: Setting = {
  key: 'ncc.denseInputs',
  help: 'largest number of inputs, and of outputs, of a Dense that the converter moves to the KPU',
  standard: '1024',
  why: 'ncc 0.1.0-rc5 leaves larger ones to the core',
  values: {
    '1024': { help: 'as ncc 0.1.0-rc5 has it', source: 'ncc 0.1.0-rc5, run', grade: 'measured' },
  },
  open: {
    form: 'a whole number such as 4096',
    read: (text) =>
      /^[1-9]\d{0,8}$/.test(text)
        ? {
            help: `a limit of ${text}`,
            source: 'a question, no converter: what its limit costs',
            grade: 'estimated',
          }
        : undefined,
  },
  isFor: isNcc,
};

/** Whether every Dense stays on the core. */
export const FLOAT_FC: Setting = {
  key: 'ncc.floatFc',
  help: 'every Dense on the core in float32; `--float-fc` is an alias',
  standard: 'no',
  why: 'the converter does so only when it is asked to',
  values: {
    no: { help: 'a Dense up to the limit on the KPU', source: 'ncc 0.1.0-rc5, run', grade: 'measured' },
    yes: { help: "the converter's --float-fc", source: 'ncc 0.1.0-rc5, run', grade: 'measured' },
  },
  isFor: isNcc,
};

/** Any other network that ncc 0.1 refuses. */
export const REFUSED: Setting = {
  ...REFUSED_CHOICE,
  help: 'any other network that ncc 0.1.0-rc5 refuses and nncase 0.2 takes',
  why: 'as for ncc.cpuConv',
  values: {
    [SECOND_CONVERTER]: {
      help: 'lowered by the rules of ncc 0.1 as far as they go, in the place of what nncase 0.2 would make of it',
      source: SOURCE,
      grade: 'estimated',
    },
    refuse: {
      help: 'no time, as ncc 0.1.0-rc5 makes no file',
      source: 'ncc 0.1.0-rc5, run',
      grade: 'measured',
    },
  },
  isFor: isNcc,
};
