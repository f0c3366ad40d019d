import type { Board } from '../board/board.ts';
import { withOpenmv4Frames } from '../runtimes/frame-releases.ts';
import { loadScripts } from '../runtimes/load-scripts.ts';
import { OPENMV_FIRMWARE_CHOICE } from './openmv-choices.ts';
import type { Setting } from './setting.ts';

loadScripts();

const V39 = 'openmv/openmv v3.8.0 to v3.9.4 ports/stm32/sensor.c:1251-1569';
const ML =
  'openmv/openmv src/omv/modules/py_ml.c of 2024: the interpreter is made by ml.Model() and kept; speed by counted kernels';
const OLD_LIBRARY = 'openmv-libtf-2020-11';
const NEW_LIBRARY = 'cmsis-nn';

/** Networks by ml, an interpreter that is kept, and kernels of CMSIS-NN first. */
function withMl(board: Board): Board {
  const { runtime } = withOpenmv4Frames(board);
  const { kernels, script } = runtime;
  const others = kernels.filter((id) => id !== OLD_LIBRARY && id !== NEW_LIBRARY);
  return {
    ...board,
    runtime: {
      ...runtime,
      firmware: 'OpenMV 4.6 (ml, TensorFlow Lite Micro with CMSIS-NN)',
      kernels: kernels.includes(NEW_LIBRARY) ? [NEW_LIBRARY, ...others] : others,
      ...(script && { script: { ...script, modules: 'openmv-ml' } }),
    },
  };
}

/** Which generation of OpenMV the board runs: its camera's buffers, and the module for networks. */
export const OPENMV_FIRMWARE: Setting = {
  ...OPENMV_FIRMWARE_CHOICE,
  help: 'release of OpenMV: frame buffers of the camera, the module for networks',
  why: "the paper's bench of early 2021 had 3.8 or 3.9, whose library it runs",
  values: {
    '3.9': { help: 'one frame buffer: a loop takes whole sensor frames', source: V39, grade: 'documented' },
    '4.0': {
      help: 'three frame buffers, filled while the script runs, an interrupt a line',
      source: 'openmv/openmv v4.0.0 imlib/framebuffer.c:336-352',
      grade: 'documented',
      apply: withOpenmv4Frames,
    },
    '4.6': {
      help: 'as 4.0, and ml in place of tf: an interpreter that is kept, kernels of CMSIS-NN',
      source: ML,
      grade: 'estimated',
      apply: withMl,
    },
  },
  isFor: ({ runtime }) => runtime.script?.modules.startsWith('openmv') ?? false,
};
