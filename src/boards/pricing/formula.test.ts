import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SpecError } from '../../errors.ts';
import type { Work } from '../../kernels/definition/op.ts';
import type { Board, CoreUnit, CostRow } from '../board/board.ts';
import { priceCoreStep } from './cost.ts';
import { setFormulaCompiler, type Formula } from './formula.ts';
import { boardById } from '../index.ts';
import { lintBoard } from '../json/lint-board.ts';

const ROW: CostRow = {
  ...{ op: 'CONV_2D', dtype: 'any', kernels: 'toy', source: 'toy', grade: 'estimated' },
  cost: { lua: ['return function(work)', 'return 2 * work.macs end'] },
};
const UNIT: CoreUnit = {
  ...{ id: 'npu', kind: 'core', core: 'toy', clock: 'core', constants: {} },
  costs: [ROW],
};
const BOARD: Board = { ...boardById('openmv-h7-plus'), id: 'toy', units: [UNIT] };

function stepOf(macs: number) {
  const work: Work = {
    macs,
    elements: 1,
    loadBytes: 4,
    storeBytes: 4,
    weightBytes: 4,
    counts: { outputs: 1 },
  };
  return { node: 0, op: 'CONV_2D', dtype: 'int8', kernels: 'toy', work, memories: {} } as const;
}

describe('a cost row with a script', () => {
  const formula = vi.fn<Formula>((counts) => 2 * counts.macs);
  const compiler = vi.fn((): Formula => formula);
  beforeEach(() => {
    vi.clearAllMocks();
    setFormulaCompiler(compiler);
  });
  afterEach(() => setFormulaCompiler(undefined));

  test('costs what the script says, as one part', () => {
    const price = priceCoreStep(UNIT, stepOf(21), BOARD);
    expect(price.parts).toEqual([{ name: 'formula', coreCycles: 42 }]);
    expect(price.totalCoreCycles).toBe(42);
    expect(compiler).toHaveBeenCalledWith('return function(work)\nreturn 2 * work.macs end');
  });

  test('is compiled once and called once for each distinct work', () => {
    for (const macs of [1, 2, 1, 2, 1]) priceCoreStep(UNIT, stepOf(macs), BOARD);
    expect(compiler).toHaveBeenCalledTimes(1);
    expect(formula).toHaveBeenCalledTimes(2);
  });

  test('gives back what the oldest script holds, where a thousand others came since, and is compiled again', () => {
    const close = vi.fn();
    compiler.mockImplementationOnce(() => Object.assign(() => 1, { close }));
    priceCoreStep(UNIT, stepOf(1), BOARD);
    for (let other = 0; other < 1024; other++) {
      const unit = { ...UNIT, costs: [{ ...ROW, cost: { lua: `return ${other}` } }] };
      priceCoreStep(unit, stepOf(1), { ...BOARD, units: [unit] });
      expect(close).toHaveBeenCalledTimes(other < 1023 ? 0 : 1);
    }
    expect(priceCoreStep(UNIT, stepOf(1), BOARD).totalCoreCycles).toBe(2);
    expect(compiler).toHaveBeenCalledTimes(1026);
  });

  test('is given the totals and counts of the work', () => {
    priceCoreStep(UNIT, stepOf(3), BOARD);
    expect(formula.mock.calls[0][0]).toMatchObject({ macs: 3, inputBytes: 4, outputBytes: 4, outputs: 1 });
  });

  test('whose script fails says on which board, in which row and line', () => {
    formula.mockImplementationOnce(() => {
      throw new SpecError('formula:2: attempt to index nil');
    });
    expect(() => priceCoreStep(UNIT, stepOf(7), BOARD)).toThrow(
      'board "toy", units.npu.costs[0] (CONV_2D any): formula:2: attempt to index nil',
    );
  });

  test('that fails for a work is not run for it again', () => {
    formula.mockImplementation(() => {
      throw new SpecError('formula:1: stopped');
    });
    for (let attempt = 0; attempt < 3; attempt++)
      expect(() => priceCoreStep(UNIT, stepOf(8), BOARD)).toThrow(/stopped/);
    expect(formula).toHaveBeenCalledTimes(1);
    formula.mockImplementation((counts) => 2 * counts.macs);
  });

  test('says what is missing where nothing can run a script', () => {
    setFormulaCompiler(undefined);
    expect(() => priceCoreStep(UNIT, stepOf(7), BOARD)).toThrow(
      'board "toy", units.npu.costs[0] (CONV_2D any): its cost is a Lua script; call prepareFormulas before you predict',
    );
  });
});

describe('lint of a row with a script', () => {
  const problemsOf = (row: Partial<CostRow>) =>
    lintBoard({ ...BOARD, units: [{ ...UNIT, costs: [{ ...ROW, ...row }] }] }).filter((problem) =>
      problem.startsWith('units[0].costs'),
    );

  test('finds nothing where the script is all', () => expect(problemsOf({})).toEqual([]));

  test('takes one way to price a row, not two', () => {
    expect(problemsOf({ coreCycles: { '1': 1 }, streams: [] })).toEqual([
      'units[0].costs[0]: cost is all that the row costs; leave out coreCycles, streams',
    ]);
    expect(problemsOf({ coreCycles: { '1': 1 } })).toEqual([
      'units[0].costs[0]: cost is all that the row costs; leave out coreCycles',
    ]);
  });

  test('wants one way at least', () => {
    const { op, dtype, kernels, source, grade } = ROW;
    const bare = { op, dtype, kernels, source, grade };
    const problems = lintBoard({ ...BOARD, units: [{ ...UNIT, costs: [bare] }] });
    expect(problems).toContain(
      'units[0].costs[0]: a row costs nothing; give instructions, coreCycles, constantCycles, streams or cost',
    );
  });
});
