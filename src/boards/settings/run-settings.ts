import type { Board, CoreUnit } from '../board/board.ts';
import type { CallRuntime } from '../board/board-parts.ts';
import { TFLM_INVOKE, VENDOR_CALL } from '../runtimes/invoke.ts';
import type { Setting, SettingValue } from './setting.ts';

const BUILT = 'as-built';
const AS_BUILT: SettingValue = {
  help: 'as the board has it',
  source: 'page of the board',
  grade: 'documented',
};
const QUESTION = 'a question, no board: what another choice would change';

const isTflm = ({ runtime }: Board): boolean => runtime.toolchain === 'tflm';

/** A name that only the board knows: whoever reads the setting refuses one that there is not. */
const named = (what: string): SettingValue => ({
  help: what,
  source: 'page of the board',
  grade: 'estimated',
});

const isName = (text: string): boolean => /^[\w.-]+$/.test(text);

/** Which kernels run; what --kernels says, said by name. */
export const KERNEL_LIBRARY: Setting = {
  key: 'kernels',
  help: 'kernel library, one of the board’s (`boards` lists them); `--kernels` is an alias',
  standard: BUILT,
  why: 'the firmware was built with it',
  values: { [BUILT]: AS_BUILT },
  open: {
    form: 'the id of a kernel library',
    read: (text) => (isName(text) ? named('these kernels') : undefined),
  },
  isFor: ({ runtime }) => runtime.kernels.length > 0,
};

/** With which flag the kernels were compiled. */
export const FLAG: Setting = {
  key: 'flag',
  help: 'compiler flag of the kernels, of those that were counted for the board’s core',
  standard: BUILT,
  why: 'the firmware was built with it',
  values: {
    [BUILT]: AS_BUILT,
    ...Object.fromEntries(
      ['-O2', '-O3', '-Os', '-Ofast'].map((flag) => [
        flag,
        { help: `kernels at ${flag}`, source: 'instructions counted at that flag', grade: 'estimated' },
      ]),
    ),
  },
  isFor: isTflm,
};

/** Where the weights lie. */
export const WEIGHTS: Setting = {
  key: 'weights',
  help: 'memory that holds the weights, by id; `--weights-in` is an alias',
  standard: BUILT,
  why: 'the firmware loads them there',
  values: { [BUILT]: AS_BUILT },
  open: {
    form: 'the id of a memory',
    read: (text) => (isName(text) ? named('the weights in this memory') : undefined),
  },
  isFor: isTflm,
};

const RUNTIMES: readonly CallRuntime[] = [TFLM_INVOKE, VENDOR_CALL];

/** The board with another call around its kernels. */
function withRuntime(board: Board, { constants, costs, firmware }: CallRuntime): Board {
  const units = board.units.map((unit) => {
    if (unit.kind !== 'core') return unit;
    const others = unit.costs.filter(({ op, kernels }) => op !== 'invoke' || kernels !== 'invoke');
    const core: CoreUnit = {
      ...unit,
      constants: { ...unit.constants, ...constants },
      costs: [...costs, ...others],
    };
    return core;
  });
  return { ...board, units, runtime: { ...board.runtime, call: 'invoke', firmware } };
}

/** What is around the kernels: an interpreter that is made anew, one that is kept, or none. */
export const RUNTIME: Setting = {
  key: 'runtime',
  help: 'what calls the kernels: the board’s firmware, an interpreter that is kept, or generated code',
  standard: BUILT,
  why: 'it is what the board runs',
  values: {
    [BUILT]: AS_BUILT,
    ...Object.fromEntries(
      RUNTIMES.map((runtime) => [
        runtime.id,
        {
          help: runtime.firmware,
          source: QUESTION,
          grade: 'estimated',
          apply: (board: Board) => withRuntime(board, runtime),
        },
      ]),
    ),
  },
  isFor: isTflm,
};
