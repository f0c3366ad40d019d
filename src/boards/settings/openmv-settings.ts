import { withOpenmv4Frames } from '../runtimes/frame-releases.ts';
import type { Setting } from './setting.ts';

const V39 = 'openmv/openmv v3.8.0 to v3.9.4 ports/stm32/sensor.c:1251-1569';

/** Which generation of OpenMV the board runs, as far as its camera is concerned. */
export const OPENMV_FIRMWARE: Setting = {
  key: 'openmv.firmware',
  help: 'release of OpenMV: frame buffers of the camera',
  standard: '3.9',
  why: "the paper's bench of early 2021 had 3.8 or 3.9, whose library it runs",
  values: {
    '3.9': { help: 'one frame buffer: a loop takes whole sensor frames', source: V39, grade: 'documented' },
    '4.0': {
      help: 'three frame buffers, filled while the script runs, an interrupt a line',
      source: 'openmv/openmv v4.0.0 imlib/framebuffer.c:336-352',
      grade: 'documented',
      apply: withOpenmv4Frames,
    },
  },
  isFor: ({ runtime }) => runtime.script?.modules === 'openmv',
};
