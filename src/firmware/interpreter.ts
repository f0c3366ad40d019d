/** Who a firmware's MicroPython says that it is, in the order in which it prints it. */
export interface Interpreter {
  readonly platform: string;
  readonly version: string;
  readonly implementation: readonly (readonly [name: string, value: string | readonly number[]])[];
  readonly uname: readonly (readonly [name: string, value: string])[];
  /** Release of MicroPython that it is made from, which says what syntax it knows. */
  readonly micropython: readonly [major: number, minor: number];
  /** Whether it was built with async and await. */
  readonly hasAsync: boolean;
}

function named(sysname: string, rest: { release: string; version: string; machine: string }) {
  return Object.entries({ sysname, nodename: sysname, ...rest });
}

/**
 * MaixPy 0.5.0: components/micropython/port/include/mpconfigport.h (MICROPY_PY_SYS_PLATFORM, MICROPY_HW_BOARD_NAME,
 * MICROPY_VERSION from the build, MICROPY_PY_ASYNC_AWAIT 0) of sipeed/MaixPy-v1; tag of 2019-11-29, whose MicroPython is 1.11.
 */
export const MAIXPY_INTERPRETER: Interpreter = {
  platform: 'MaixPy',
  version: '3.4.0',
  implementation: [
    ['name', 'micropython'],
    ['version', [0, 5, 0]],
  ],
  uname: named('MaixPy', {
    release: '0.5.0',
    version: 'v0.5.0 on 2019-11-29',
    machine: 'Sipeed_M1 with kendryte-k210',
  }),
  micropython: [1, 11],
  hasAsync: false,
};

/**
 * OpenMV 3.9.2: ports/stm32/boards/OPENMV4P/mpconfigboard.h (MICROPY_HW_BOARD_NAME, MICROPY_HW_MCU_NAME,
 * MICROPY_PY_SYS_PLATFORM) of openmv/micropython; the platform's name is of a later commit.
 */
export const OPENMV_INTERPRETER: Interpreter = {
  platform: 'OpenMV4P-H7',
  version: '3.4.0',
  implementation: [
    ['name', 'micropython'],
    ['version', [1, 13, 0]],
  ],
  uname: named('OpenMV4P-H7', {
    release: '1.13.0',
    version: 'OpenMV v3.9.2',
    machine: 'OPENMV4P with STM32H743',
  }),
  micropython: [1, 13],
  hasAsync: true,
};

/** OpenMV 4.6 of 2025, made from MicroPython 1.24; the rest as before. */
export const OPENMV_ML_INTERPRETER: Interpreter = {
  ...OPENMV_INTERPRETER,
  implementation: [
    ['name', 'micropython'],
    ['version', [1, 24, 1]],
  ],
  uname: named('OpenMV4P-H7', {
    release: '1.24.1',
    version: 'OpenMV v4.6.0',
    machine: 'OPENMV4P with STM32H743',
  }),
  micropython: [1, 24],
  hasAsync: true,
};
