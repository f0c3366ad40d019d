import { beforeAll, describe, expect, test } from 'vitest';
import type { Board, CoreUnit } from '../boards/board/board.ts';
import { priceCoreStep } from '../boards/pricing/cost.ts';
import { hasFormulas } from '../boards/pricing/formula.ts';
import { boardById } from '../boards/index.ts';
import { lintBoard } from '../boards/json/lint-board.ts';
import { prepareFormulas } from './formulas.ts';

function boardOf(lua: string | readonly string[]): Board & { units: [CoreUnit] } {
  const row = { op: 'ADD', dtype: 'any', kernels: 'toy', source: 'toy', grade: 'estimated' } as const;
  const unit: CoreUnit = {
    ...{ id: 'npu', kind: 'core', core: 'toy', clock: 'core', constants: {} },
    costs: [{ ...row, cost: { lua } }],
  };
  const { name, soc, summary, clocks, memories, runtime } = boardById('openmv-h7-plus');
  return { id: 'toy', name, soc, summary, clocks, memories, runtime, units: [unit] };
}

function priceOf(lua: string | readonly string[], macs = 10): number {
  const board = boardOf(lua);
  const work = { macs, elements: 2, loadBytes: 0, storeBytes: 0, weightBytes: 0, counts: { pixels: 49 } };
  const step = { node: 0, op: 'ADD', dtype: 'int8', kernels: 'toy', work, memories: {} } as const;
  return priceCoreStep(board.units[0], step, board).totalCoreCycles;
}

const PLACE = 'board "toy", units.npu.costs[0] (ADD any): ';

beforeAll(() => prepareFormulas([boardOf('return function() return 1 end')]));

test('boards with scripts are told from those without', () => {
  expect(hasFormulas(boardOf('x'))).toBe(true);
  expect(hasFormulas(boardById('openmv-h7-plus'))).toBe(false);
  expect(
    [undefined, null, 3, 'x', [], { units: 3 }, { units: [null, { costs: [1] }] }].some(hasFormulas),
  ).toBe(false);
});

describe('a formula in Lua', () => {
  test.each([
    ['return function(work) return 2 * work.macs + work.pixels end', 69],
    ['return function(work) return math.ceil(work.macs / 3) end', 4],
    [
      'local K = 5 local function f(x) return K * x end return function(work) return f(work.elements) end',
      10,
    ],
    ['return function(work) local n = 0 for name in pairs(work) do n = n + 1 end return n end', 8],
    [['-- lines', 'return function(work)', '  return 7', 'end'], 7],
  ])('%j', (lua, coreCycles) => expect(priceOf(lua)).toBe(coreCycles));

  test.each([
    [
      'long lists of arguments',
      'return function(...) local function f(...) return f(1, ...) end return f() end',
    ],
    ['texts as numbers', 'local s = "1" return function() local n = 0 while true do n = n + s end end'],
    ['errors', 'return function() while true do assert(tonumber("x")) end end'],
  ])('ends soon: %s', (_, lua) => expect(() => priceOf(lua)).toThrow(/^board "toy", .*formula/));

  test('is pure: nothing of one call is left for the next', () => {
    const lua = 'local calls = 0 return function() calls = calls + 1 return calls end';
    expect([1, 2, 3].map((macs) => priceOf(lua, macs))).toEqual([1, 1, 1]);
  });

  test.each([
    ['return 3', 'formula: the script returns a number; write "return function(work) ... end"'],
    ['return function(', "formula:1: <name> or '...' expected near <eof>"],
    [
      'return function(work)\nreturn work.mac * 2 end',
      "formula:2: attempt to perform arithmetic on a nil value (field 'mac')",
    ],
    [
      '\nreturn function() end',
      'formula:2: the function returns nil; core cycles are a finite number, 0 or more',
    ],
    [
      'return function() return -3 end',
      'formula:1: the function returns -3; core cycles are a finite number, 0 or more',
    ],
    ['return function() return 0/0 end', /formula:1: the function returns -?nan; /],
    ['return function() return math.huge end', 'formula:1: the function returns inf; '],
    ['return function() return "3" end', 'formula:1: the function returns string; '],
    ['return function()\nwhile true do end end', 'formula:2: stopped after 1 million instructions'],
    ['while true do end', 'formula:1: stopped after 1 million instructions'],
    ['return function() local s = "x" while true do s = s .. s end end', 'formula:1: out of memory'],
    ['local function f() return true + f() end return f', 'formula:1: out of memory: 0.512 MB in all'],
    ['return function() count = 1 return 1 end', 'formula:1: a formula cannot set "count"; make it local'],
    ['return function() math.pi = 3 return 1 end', 'formula:1: a formula cannot set "pi"; make it local'],
    [
      'return function() return math.random() end',
      'formula:1: unknown name "random"; a formula has work, math, ',
    ],
    ['return function() return os.time() end', 'formula:1: unknown name "os"; a formula has '],
    ['return function() return print(1) end', 'formula:1: unknown name "print"; a formula has '],
    ['return function() return ("x"):rep(3) end', "formula:1: attempt to call a nil value (method 'rep')"],
  ])('%j is rejected with its line', (lua, message) => {
    const price = () => priceOf(lua);
    if (typeof message === 'string') expect(price).toThrow(`${PLACE}${message}`);
    else expect(price).toThrow(message);
  });

  test('that cannot be compiled is a problem of the board file', () => {
    expect(lintBoard(boardOf('return function('))).toEqual([
      "units[0].costs[0].cost.lua: formula:1: <name> or '...' expected near <eof>",
    ]);
  });

  test.each([
    ['local function f() return true + f() end return f', 'formula:1: out of memory: 0.512 MB in all, '],
    ['return function() while true do end end', 'formula:1: stopped after 1 million instructions'],
  ])('that runs into its limits whatever it is given is one too: %s', (lua, message) => {
    expect(lintBoard(boardOf(lua))).toEqual([expect.stringContaining(`costs[0].cost.lua: ${message}`)]);
  });

  test('that asks for certain counts is none', () => {
    expect(lintBoard(boardOf('return function(work) assert(work.macs > 1) return 1 end'))).toEqual([]);
  });
});

test('scripts that are refused leave nothing behind in the memory of Lua', () => {
  const refused = () => expect(() => priceOf('return function(')).toThrow(PLACE);
  refused();
  const before = process.memoryUsage().external;
  for (let round = 0; round < 3000; round++) refused();
  expect(process.memoryUsage().external - before).toBeLessThan(16e6);
});
