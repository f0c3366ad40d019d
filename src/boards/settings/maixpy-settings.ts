import type { Board } from '../board/board.ts';
import { constantAt, replaceAt } from '../board/constant-paths.ts';
import { withMaixpy06Frames, withoutDoubleBuffers } from '../runtimes/frame-releases.ts';
import { FIRMWARE_CHOICE, KERNELS_CHOICE, UNRUNNABLE_CHOICE } from './maixpy-choices.ts';
import type { Setting } from './setting.ts';

const isMaixPy = ({ runtime }: Board): boolean => runtime.toolchain === 'ncc';
const CORE_HZ = 'clocks.core.hz';
const PLL0_832 = 'sipeed/MaixPy-v1 v0.5.0 mpconfigboard.h and maixpy_main.c: PLL0 832 MHz by default, halved';
const BOTH_REASONS =
  'sipeed/MaixPy-v1 v0.5.0, v0.5.1, v0.6.2: mpconfigboard.h, Kconfig, Maix_kpu.c, lib_sipeed_kpu.a';

function withCoreHz(board: Board, hz: number, source: string): Board {
  const known = constantAt(board, CORE_HZ);
  return replaceAt(board, CORE_HZ, { ...known, value: hz, source, grade: 'documented' });
}

/** Which release of the firmware the board runs: its clock, and who copies results out. */
export const FIRMWARE: Setting = {
  ...FIRMWARE_CHOICE,
  help: 'release of MaixPy: clock of the core, who copies a KPU result to main memory, buffers and blanking of the camera',
  why:
    "the paper's table says 400 MHz and its readings were fitted with copies by the core, which is what MaixPy 0.6 does; " +
    'the release that was measured is not said',
  values: {
    'as-fitted': {
      help: "400 MHz as the paper's table says, copies by the core as its readings were fitted",
      source: 'Dokic, Mikolcevic, Radisic 2021; default of MaixPy 0.6',
      grade: 'fitted',
    },
    '0.5.0': {
      help: '416 MHz; results leave by DMA, the only way that its kpu.forward has',
      source: BOTH_REASONS,
      grade: 'documented',
      apply: (board) => withoutDoubleBuffers(withCoreHz(board, 416e6, PLL0_832)),
    },
    '0.5.1': {
      help: '416 MHz; the core copies results (dma=-1, new in this release)',
      source: BOTH_REASONS,
      grade: 'documented',
      apply: (board) => withCoreHz(board, 416e6, PLL0_832),
    },
    '0.6': {
      help: '400 MHz (PLL0 800 MHz since 2020-09-01); the core copies results',
      source: BOTH_REASONS,
      grade: 'documented',
      apply: (board) =>
        withMaixpy06Frames(withCoreHz(board, 400e6, 'sipeed/MaixPy-v1 v0.6.2 Kconfig: PLL0 800 MHz, halved')),
    },
  },
  isFor: isMaixPy,
};

/** Who copies a KPU result to main memory. */
export const COPIES: Setting = {
  key: 'kpu.copyOut',
  help: 'who copies a KPU result to main memory; `--copy-out` is an alias',
  standard: 'as-firmware',
  why: 'each release of the firmware does it in one way',
  values: {
    'as-firmware': { help: 'as maixpy.firmware says', source: BOTH_REASONS, grade: 'documented' },
    cpu: { help: 'the core, byte by byte', source: BOTH_REASONS, grade: 'documented' },
    dma: { help: 'a channel of the DMA', source: BOTH_REASONS, grade: 'documented' },
  },
  isFor: isMaixPy,
};

/** Whose loops run the layers of the core. */
export const KERNELS: Setting = {
  ...KERNELS_CHOICE,
  help: 'whose runtime runs the layers of a kmodel v3: which models start, and what they compute',
  why: 'it is the library that MaixPy 0.5.0, 0.5.1 and 0.6.2 ship',
  values: {
    '0.5': {
      help: 'lib_sipeed_kpu.a: starts with a K210Conv only, leaves out the activation of a float Dense',
      source: 'disassembly of lib_sipeed_kpu.a of MaixPy 0.5.0',
      grade: 'documented',
    },
    sdk: {
      help: 'kpu.c of the Kendryte SDK since May 2019: starts with a FullyConnected too, and applies its activation',
      source: 'kendryte-standalone-sdk lib/drivers/kpu.c',
      grade: 'documented',
    },
  },
  isFor: isMaixPy,
};

/** Models that the runtime does not run. */
export const UNRUNNABLE: Setting = {
  ...UNRUNNABLE_CHOICE,
  help: 'a model that the runtime does not run: another first layer, or a float max pool',
  why: 'what does not run takes no time',
  values: {
    refuse: { help: 'no time', source: 'lib_sipeed_kpu.a of MaixPy 0.5.0', grade: 'documented' },
    estimate: {
      help: 'a counterfactual: what its layers would take if the runtime ran them',
      source: 'loops of the same library, or by analogy with them',
      grade: 'estimated',
    },
  },
  isFor: isMaixPy,
};
