import { beforeAll, describe, expect, test } from 'vitest';
import { EXPERIMENT_LIMITS } from './limits.ts';
import { loadLua, type LuaModule } from './lua-module.ts';
import { openSandbox } from './lua-sandbox.ts';
import type { LuaValue } from './values.ts';

let lua: LuaModule;
beforeAll(async () => void (lua = await loadLua()));

/** Runs a script with the limits of an experiment. */
function run(source: string): LuaValue {
  const options = { limits: EXPERIMENT_LIMITS, bindings: {}, note: 'note', seed: 1 };
  const { machine, load } = openSandbox(lua, options);
  try {
    return machine.call('exp.lua', load(source, 'exp.lua'));
  } finally {
    machine.close();
  }
}

/** A table of no entries that says that it is long, and longer each time. */
const LONG =
  'setmetatable({}, { __len = (function(n) return function() n = n * 1e3 return n end end)(1e6), __index = rawlen })';
/** One of few entries whose end is looked for where the next power of two has one. */
const POWERS = 'local t = {} for at = 0, 62 do t[1 << at] = 1 t[(1 << at) + 1] = 1 end';

describe('one call of what is not Lua', () => {
  test.each([
    ['table.move', 'table.move({}, 1, 2^53, 2)'],
    ['table.move', 'table.move({}, "1", "1e15", 2)'],
    ['table.insert', `table.insert(${LONG}, 1, 2)`],
    ['table.insert', `table.insert(${LONG}, "1", 2)`],
    ['table.insert', `${POWERS} table.insert(t, 1, 2)`],
    ['table.remove', `table.remove(${LONG}, 1)`],
    ['table.sort', `table.sort(${LONG})`],
    ['table.concat', `table.concat(${LONG})`],
    ['string.find', '("x"):rep(1e6):find(("x"):rep(1e5) .. "y", 1, true)'],
  ])('of %s ends at ten million steps: %s', (name, source) =>
    expect(() => run(`\n${source}`)).toThrow(`exp.lua:2: ${name}: more than 1e7 steps in one call`),
  );

  test.each(['table.insert(t, 1, 2)', 'table.remove(t, 1)', 'table.sort(t)', 'table.concat(t)'])(
    'is paid for by its steps: %s',
    (call) => {
      const source = `local t = {} for at = 1, 1e4 do t[at] = 1 end while true do ${call} end`;
      expect(() => run(source)).toThrow('exp.lua:1: stopped after 20 million instructions');
    },
  );

  test('but entries at the end of a list cost no more than others', () => {
    const source =
      'local t = {} for at = 1, 1e5 do table.insert(t, at) end while t[1] do table.remove(t) end return #t';
    expect(run(source)).toBe(0);
  });
});

describe('entries of a table', () => {
  test.each<[source: string, result: LuaValue]>([
    [
      'local t = { 1, 2 } table.insert(t, 1, 3) table.insert(t, "4", 4) table.insert(t, 5) return t',
      [3, 1, 2, 4, 5],
    ],
    [
      'local t = { 1, 2, 3 } return { table.remove(t, 1), table.remove(t), #t, table.remove(t, 2) }',
      [1, 3, 1],
    ],
    [
      'return tostring(table.remove({})) .. tostring(table.remove({}, 0)) .. table.remove({ [0] = 5 }, 0)',
      'nilnil5',
    ],
    ['local t = { 3, 1, 2 } table.sort(t) return t', [1, 2, 3]],
    [
      'local t = setmetatable({ 3, 1, 2 }, {}) table.sort(t, function(a, b) return a > b end) return t',
      [3, 2, 1],
    ],
    [
      'local t = { "a", "b", "c" } return { table.concat(t), table.concat(t, "-", 2), table.concat(t, "", 1, 2) }',
      ['abc', 'b-c', 'ab'],
    ],
  ])('are where Lua has them: %s', (source, result) => expect(run(source)).toEqual(result));

  test.each([
    ['table.insert({}, 3, 1)', "bad argument #2 to 'insert' (position out of bounds)"],
    ['table.insert({})', "wrong number of arguments to 'insert'"],
    ['table.remove({ 1 }, 3)', "bad argument #2 to 'remove' (position out of bounds)"],
    ['table.remove(nil)', "bad argument #1 to 'remove' (table expected, got nil)"],
    ['table.remove({}, 1.5)', "bad argument #2 to 'remove' (number has no integer representation)"],
    ['table.sort(1)', "bad argument #1 to 'sort' (table expected, got number)"],
    ['table.concat({ {} })', "invalid value (table) at index 1 in table for 'concat'"],
  ])('that cannot be are an error at its line: %s', (source, message) =>
    expect(() => run(`\n${source}`)).toThrow(`exp.lua:2: ${message}`),
  );
});
