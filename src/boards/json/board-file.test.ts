import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { withPriors } from '../board/calibrated.ts';
import { constantAt } from '../board/constant-paths.ts';
import { maixduino, openmvH7Plus } from '../index.ts';
import { MAIXDUINO } from '../maixduino.ts';
import { OPENMV_H7_PLUS } from '../openmv-h7-plus.ts';
import { parseBoard } from './parse-board.ts';

const grade = 'documented' as const;
const constant = (value: number, unit: string) => ({ value, unit, source: 'data sheet', grade });

/** Half a page: everything but clock, memory and cache is named by id. */
const NUCLEO = {
  id: 'nucleo',
  name: 'Nucleo',
  soc: 'STM32H743ZI',
  summary: 'a Cortex-M7',
  core: 'cortex-m7',
  libraries: ['cmsis-nn', 'tflm-reference'],
  runtime: 'openmv',
  clocks: [{ id: 'core', hz: constant(400e6, 'Hz') }],
  memories: [
    {
      id: 'dtcm',
      kind: 'ram',
      availableBytes: constant(128 * 1024, 'bytes'),
      lineFillCycles: { ...constant(12, 'core cycles per line'), sigma: 3 },
    },
  ],
  placement: { weights: 'dtcm', activations: 'dtcm', image: 'dtcm' },
};

test.each([
  [MAIXDUINO, maixduino],
  [OPENMV_H7_PLUS, openmvH7Plus],
])('the file of a shipped board, as JSON, is that board', (file, board) => {
  expect(parseBoard(JSON.parse(JSON.stringify(file)), 'x.json')).toEqual(board);
});

test('files of boards are a page of data: at most 120 lines', () => {
  const folder = new URL('../', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const files = names.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]);
  const boards = files.filter(([, text]) => /: BoardFile = \{/.test(text));
  expect(boards.length).toBeGreaterThanOrEqual(2);
  expect(boards.filter(([, text]) => text.split('\n').length > 121).map(([name]) => name)).toEqual([]);
});

describe('a board that names its parts', () => {
  const board = parseBoard(NUCLEO, 'nucleo.json');
  const core = board.units[0];

  test('has the constants of core, runtime and libraries, and their rows', () => {
    expect(Object.keys(core.constants)).toEqual([
      ...['cpiFloat32', 'cpiFloat32Elementwise', 'cpiInt8Reference', 'cpiCmsisNn'],
      ...['cpiFirmware', 'callCycles'],
    ]);
    const kernels = core.kind === 'core' ? core.costs.flatMap((row) => row.kernels) : [];
    expect([...new Set(kernels)]).toEqual(['openmv-firmware', 'cmsis-nn', 'tflm-reference']);
    expect(board.runtime).toMatchObject({ toolchain: 'tflm', kernels: ['cmsis-nn', 'tflm-reference'] });
    expect(board.runtime.script!.modules).toBe('openmv');
  });

  test('offers of its libraries those that its runtime can call', () => {
    const libraries = MAIXDUINO.libraries;
    expect([libraries, maixduino.runtime.kernels]).toEqual([
      ['maixpy-0.5', 'tflm-reference'],
      ['maixpy-0.5'],
    ]);
  });

  test('without a fit has its uncertain constants at the mean of their priors, as plain ones', () => {
    expect(constantAt(board, 'memories.dtcm.lineFillCycles')).toEqual(constant(12, 'core cycles per line'));
    expect(board.calibration).toBeUndefined();
    expect(withPriors(board)).toEqual(board);
  });
});

describe('with a fit', () => {
  const paths = ['units.core.constants.cpiFloat32', 'units.core.constants.callCycles'];
  const domain = { ops: [], dtypes: [], rows: [], maxMacs: 0, kernelSizes: [] };
  const fit = { measurements: 'a bench', domain, covariance: [], residualMs: 0.1 };
  const fitted = (values: number[]) => {
    const covariance = values.map(() => values.map(() => 0));
    return parseBoard({ ...NUCLEO, calibration: { ...fit, values, covariance } }, 'nucleo.json');
  };

  test('its uncertain constants stand at the fitted values: core first, then memories', () => {
    const board = fitted([0.5, 1000, 9]);
    const all = [...paths, 'memories.dtcm.lineFillCycles'];
    expect(board.calibration!.parameters.map(({ path }) => path)).toEqual(all);
    expect(all.map((path) => constantAt(board, path).value)).toEqual([0.5, 1000, 9]);
    expect(constantAt(board, all[2])).toMatchObject({
      grade: 'fitted',
      source: 'fitted to a bench, from a prior of 12 +- 3: data sheet',
    });
  });

  test('of other constants than its own, it is refused with their paths', () => {
    expect(() => fitted([0.5])).toThrow(
      `nucleo.json: board "nucleo": calibration.values holds 1 numbers; allowed: one for each uncertain constant, ${paths[0]}`,
    );
  });
});

describe('a board with one mistake says which and what is allowed', () => {
  const memory = NUCLEO.memories[0];
  const unit = { id: 'x', clock: 'core', constants: {} };
  test.each([
    [{ core: 'cortex-m9' }, 'board "nucleo": no core "cortex-m9"; choose from cortex-m7, rv64gc'],
    [
      { libraries: ['maixpy-0.5'] },
      'board "nucleo": no library of cortex-m7 "maixpy-0.5"; choose from openmv-libtf-2020-11, tflm-reference,',
    ],
    [{ runtime: 'maixpy' }, 'board "nucleo": no runtime of cortex-m7 "maixpy"; choose from openmv'],
    [{ libraries: [] }, 'libraries is []; it must NOT have fewer than 1 items'],
    [{ units: [] }, 'the board has a field "units" that a board does not know; allowed: id, name, soc'],
    [
      { clocks: [{ ...NUCLEO.clocks[0], id: 'cpu' }] },
      'no clock "core", which its core runs at; clocks: cpu',
    ],
    [{ accelerators: [{ ...unit, kind: 'core' }] }, 'accelerators[0].kind is "core"; allowed: kpu, dma'],
    [{ placement: { weights: 'sram' } }, 'runtime.placement.weights: no memory "sram"; known: dtcm'],
    [
      { memories: [{ ...memory, lineFillCycles: { ...memory.lineFillCycles, sigma: 0 } }] },
      'memories[0].lineFillCycles.sigma is 0; it must be > 0',
    ],
  ])('%o', (change, message) => {
    expect(() => parseBoard({ ...NUCLEO, ...change }, 'nucleo.json')).toThrow(message);
  });
});
