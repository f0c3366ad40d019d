import type { Core } from '../board/board-parts.ts';
import { constant } from '../board/constant.ts';
import type { Constant } from '../board/board.ts';

const CPI = 'core cycles per instruction';

interface Rates {
  readonly float32: number;
  readonly elementwise: number;
  readonly reference: number;
  readonly cmsis: number;
  readonly source: string;
}

function rates({
  float32,
  elementwise,
  reference,
  cmsis,
  source,
}: Rates): Readonly<Record<string, Constant>> {
  const rate = (value: number) => constant(value, CPI, source, 'estimated');
  return {
    cpiFloat32: rate(float32),
    cpiFloat32Elementwise: rate(elementwise),
    cpiInt8Reference: rate(reference),
    cpiCmsisNn: rate(cmsis),
  };
}

/** One instruction at a time, loads of two cycles; waits of the flash come on top and are part of the figure. */
export const CORTEX_M4: Core = {
  id: 'cortex-m4',
  pipeline: 'Cortex-M4 (ARMv7E-M, single-precision unit), single issue, in order',
  constants: rates({
    ...{ float32: 1.5, elementwise: 1.7, reference: 1.5, cmsis: 1.6 },
    source:
      'published times of four networks over their counted instructions: 1.5 to 1.8 on boards of this core',
  }),
};

export const CORTEX_M33: Core = {
  id: 'cortex-m33',
  pipeline: 'Cortex-M33 (ARMv8-M Mainline, DSP, single-precision unit), partly dual issue, in order',
  constants: rates({
    ...{ float32: 1.3, elementwise: 1.4, reference: 1.3, cmsis: 1.31 },
    source:
      'published times of four networks over their counted instructions: 1.24 to 1.39 on a board of this core',
  }),
};

export const CORTEX_M0PLUS: Core = {
  id: 'cortex-m0plus',
  pipeline: 'Cortex-M0+ (ARMv6-M, multiplier of one cycle, no divider), two stages, in order',
  constants: rates({
    ...{ float32: 1.34, elementwise: 1.34, reference: 1.4, cmsis: 1.4 },
    source:
      "Arm's table of cycles over the counted classes of instructions: 1.26 to 1.46 without waits of a memory",
  }),
};

/** Where the compiler has only the instructions of a Cortex-M0+ for these kernels, and a faster pipeline. */
export const CORTEX_M3: Core = {
  id: 'cortex-m3',
  pipeline: 'Cortex-M3 (ARMv7-M, no DSP, no floating point), single issue, in order',
  constants: rates({
    ...{ float32: 1.2, elementwise: 1.2, reference: 1.2, cmsis: 1.2 },
    source: 'instructions of a Cortex-M0+, of which its wider set saves some; not counted, not measured',
  }),
};

export const CORTEX_M55: Core = {
  id: 'cortex-m55',
  pipeline: 'Cortex-M55 (ARMv8.1-M, Helium of 64 bits a cycle), single issue, in order',
  constants: rates({
    ...{ float32: 1.2, elementwise: 1.2, reference: 1.2, cmsis: 1.6 },
    source: 'most vector instructions of 128 bits take two cycles; 41 % of the counted ones are such',
  }),
};

export const RV32IMAC: Core = {
  id: 'rv32imac',
  pipeline: 'RV32IMAC, single issue, in order, no floating point',
  constants: rates({
    ...{ float32: 1.3, elementwise: 1.3, reference: 1.4, cmsis: 1.4 },
    source: 'in-order core with load-use stalls and taken branches; not measured',
  }),
};

/** Cores of which no kernel was counted: they run others' instructions at rates of their own. */
export const ESTIMATED_CORES: readonly Core[] = [
  {
    id: 'xtensa-lx6',
    pipeline: 'Xtensa LX6 (32-bit, single-precision unit), in order',
    constants: rates({
      ...{ float32: 2.2, elementwise: 2.2, reference: 1.6, cmsis: 1.6 },
      source:
        'instructions of a Cortex-M7; published times of small float networks and of person detection on ESP32',
    }),
  },
  {
    id: 'xtensa-lx7',
    pipeline: 'Xtensa LX7 (32-bit, single-precision unit, vector extension), in order',
    constants: rates({
      ...{ float32: 1.8, elementwise: 1.8, reference: 1.5, cmsis: 0.8 },
      source: 'instructions of a Cortex-M7; published times of ESP-NN kernels, portable and vectorised',
    }),
  },
  {
    id: 'xtensa-l106',
    pipeline: 'Xtensa L106 (32-bit, no floating point, no DSP), in order',
    constants: rates({
      ...{ float32: 1.4, elementwise: 1.4, reference: 1.6, cmsis: 1.6 },
      source: 'instructions of an RV32 without floating point; not counted, not measured',
    }),
  },
  {
    id: 'riscv-hp-pie',
    pipeline: 'RV32 with single-precision unit and PIE vectors, in order',
    constants: rates({
      ...{ float32: 1.5, elementwise: 1.5, reference: 1.3, cmsis: 0.7 },
      source: 'instructions of a Cortex-M7; published times of ESP-NN kernels, portable and vectorised',
    }),
  },
  {
    id: 'gap9-cluster',
    pipeline: 'nine RISC-V cores and a convolution engine, as one unit',
    constants: rates({
      ...{ float32: 0.2, elementwise: 0.2, reference: 0.05, cmsis: 0.035 },
      source:
        'instructions of a Cortex-M7 over published times of four networks; engine and cores are not told apart',
    }),
  },
];
