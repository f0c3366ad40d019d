import { beforeAll, describe, expect, test } from 'vitest';
import { EXPERIMENT_LIMITS } from './limits.ts';
import { loadLua, type LuaModule } from './lua-module.ts';
import { openSandbox } from './lua-sandbox.ts';
import { ScriptError } from './script-error.ts';
import type { HostFunction, LuaValue } from './values.ts';

let lua: LuaModule;
beforeAll(async () => void (lua = await loadLua()));

const echo: HostFunction = (...args) => args;

/** Runs a script with the limits of an experiment. */
function run(source: string, bindings: Record<string, HostFunction> = { echo }, seed = 1): LuaValue {
  const { machine, load } = openSandbox(lua, { limits: EXPERIMENT_LIMITS, bindings, note: 'note', seed });
  try {
    return machine.call('exp.lua', load(source, 'exp.lua'));
  } finally {
    machine.close();
  }
}

function failureOf(source: string): string {
  try {
    run(source);
    return 'no error';
  } catch (error) {
    if (error instanceof ScriptError) return error.message;
    throw error;
  }
}

const BUDGET = /exp\.lua:2: stopped after 20 million instructions; is there an endless loop\?/;
const MEMORY = /exp\.lua:2: out of memory: 64 MB in all, 16 MB for one string/;

describe('what the sandbox stops, in one line with the number of the line', () => {
  test.each<[what: string, source: string, message: RegExp]>([
    ['an endless loop', 'while true do end', BUDGET],
    ['one that hides in pcall', 'while true do pcall(function() while true do end end) end', BUDGET],
    [
      'one in a to-be-closed variable',
      'local x <close> = setmetatable({}, {__close = function() while true do end end}) while true do end',
      BUDGET,
    ],
    [
      'one in __tostring',
      'return tostring(setmetatable({}, {__tostring = function() while true do end end}))',
      BUDGET,
    ],
    ['one of errors that are caught', 'while true do pcall(error, "x") end', BUDGET],
    ['one of errors of tables', 'while true do pcall(function() error({}) end) end', BUDGET],
    ['recursion that hides in pcall', 'local function f() pcall(f) return f() end f()', BUDGET],
    ['recursion that pcall doubles', 'local function f() pcall(f) pcall(f) end f()', BUDGET],
    ['one of long lists of results', 'local s = ("x"):rep(2e5) while true do s:byte(1, 2e5) end', BUDGET],
    ['one of host calls', 'while true do echo() end', BUDGET],
    ['a text of 1 GB', 'local s = ("x"):rep(1e9)', MEMORY],
    ['a text that doubles', 'local s = "x" while true do s = s .. s end', MEMORY],
    ['a table without end', 'local t = {} while true do t[#t + 1] = {} end', MEMORY],
    ['long texts over and over', 'local s = ("x"):rep(1e7) while true do s:upper() end', BUDGET],
    ['deep recursion', 'local function f(n) return 1 + f(n + 1) end f(1)', /exp\.lua:2: stack overflow/],
    ['os.execute', 'os.execute("ls")', /exp\.lua:2: unknown name "os"; note/],
    ['io.open', 'io.open("x")', /exp\.lua:2: unknown name "io"/],
    ['require', 'require("x")', /exp\.lua:2: unknown name "require"/],
    ['load, which takes bytecode', 'load("\\27Lua")', /exp\.lua:2: unknown name "load"/],
    ['dofile', 'dofile("x")', /exp\.lua:2: unknown name "dofile"/],
    ['debug', 'debug.sethook()', /exp\.lua:2: unknown name "debug"/],
    ['collectgarbage', 'collectgarbage("stop")', /exp\.lua:2: unknown name "collectgarbage"/],
    ['coroutine', 'coroutine.wrap(print)', /exp\.lua:2: unknown name "coroutine"/],
    ['an address', 'return ("%p"):format({})', /exp\.lua:2: %p, an address, is not in the sandbox/],
    ['an address with a width', 'return ("%-10p"):format({})', /exp\.lua:2: %p, an address/],
    ['_G', 'return _G', /exp\.lua:2: unknown name "_G"/],
    ['_ENV as a way around', 'return _ENV.os', /exp\.lua:2: unknown name "os"/],
    [
      'string.dump',
      'string.dump(echo)',
      /exp\.lua:2: string\.dump is not in the sandbox: there is no bytecode/,
    ],
    [
      'a pattern',
      'return ("x"):rep(1e5):match(("x*"):rep(20) .. "y")',
      /exp\.lua:2: string\.match is not in the sandbox/,
    ],
    ['a pattern in find', 'return ("x"):find("x*")', /exp\.lua:2: string\.find takes plain text here/],
    ['a pattern in gsub', 'return ("x"):gsub("x", "y")', /exp\.lua:2: string\.gsub is not in the sandbox/],
    [
      'a finalizer, which no limit reaches',
      'setmetatable({}, {__gc = function() while true do end end})',
      /exp\.lua:2: __gc is not in the sandbox/,
    ],
  ])('%s', (_, source, message) => {
    const failure = failureOf(`local here = 1\n${source}`);
    expect(failure).toMatch(message);
    expect(failure).not.toContain('\n');
  });

  test('bytecode as a script', () => {
    expect(failureOf('\x1bLua')).toBe('exp.lua:1: this is bytecode; a script is text');
  });

  test('a text of nothing that is repeated for ever is a text of nothing', () => {
    expect(run('return ("").rep("", 1e9)')).toBe('');
  });

  test('a table that hides its metatable has no address either', () => {
    expect(run('return tostring(setmetatable({}, {__metatable = {__tostring = true}}))')).toBe('table');
  });

  test('a percent sign before a p is no address', () => {
    expect(run('return ("%5.2f%%pass"):format(3)')).toBe(' 3.00%pass');
  });

  test('pcall in pcall, 150 deep', () => {
    const source = `local function nest(n)
      if n == 0 then return 'ok' end
      local ok, v = pcall(nest, n - 1)
      if not ok then error(v, 0) end
      return v
    end
    return nest(150)`;
    expect(run(source)).toBe('ok');
  });

  test('a number as a text, and one below 0, select as they do in Lua', () => {
    expect(run(`return (select('2', 'a', 'b')) .. (select(-1, 'a', 'b'))`)).toBe('bb');
    expect(failureOf('return select(0, 1)')).toBe(
      "exp.lua:1: bad argument #1 to 'select' (index out of range)",
    );
  });

  test('and the next script knows nothing of it', () => expect(run('return 1 + 1')).toBe(2));
});

describe('errors of a script', () => {
  test.each([
    ['syntax', 'local x = = 1', "exp.lua:1: unexpected symbol near '='"],
    ['a missing end', 'if true then\n\n', "exp.lua:3: 'end' expected (to close 'if' at line 1) near <eof>"],
    ['nothing indexed', 'local a\nlocal b = a.b', "exp.lua:2: attempt to index a nil value (local 'a')"],
    ['an unknown name', '\n\npredct()', 'exp.lua:3: unknown name "predct"; note'],
    ['error() with two lines', 'error("a\\nb")', 'exp.lua:1: a b'],
    ['error() without a position', '\nerror("a", 0)', 'exp.lua:2: a'],
    ['error() with a table', 'error({})', 'exp.lua:1: error() was called with a value that is no text'],
    ['assert', '\nassert(false, "no")', 'exp.lua:2: no'],
    [
      'the error of a library function',
      'return ("x"):rep("y")',
      "exp.lua:1: bad argument #2 to 'rep' (number expected, got string)",
    ],
    ['a first line for the shell', '#!/usr/bin/env lua\nerror("a")', 'exp.lua:2: a'],
  ])('%s', (_, source, message) => expect(failureOf(source)).toBe(message));

  test('of the host come at the line of the call', () => {
    const fail = () => {
      throw new ScriptError('no such board');
    };
    expect(() => run('local a = 1\nlocal b = fail(a)', { fail })).toThrow('exp.lua:2: no such board');
  });

  test('of the host can be caught, and tell the line', () => {
    const fail = () => {
      throw new ScriptError('no such board');
    };
    expect(run('return select(2, pcall(function() fail() end))', { fail })).toBe('exp.lua:1: no such board');
  });

  test('that are bugs of ours come through as they are, whatever catches them', () => {
    const fail = () => {
      throw new RangeError('our bug');
    };
    expect(() => run('pcall(fail) return 1', { fail })).toThrow(RangeError);
  });
});

describe('what a script may do', () => {
  test.each<[source: string, result: LuaValue]>([
    ['return { a = 1, b = { 1, 2.5, "x" }, c = { d = true } }', { a: 1, b: [1, 2.5, 'x'], c: { d: true } }],
    ['return echo(false, true, "ä", { 1 })', [false, true, 'ä', [1]]],
    ['return echo({}).x', undefined],
    ['return echo(echo())[1]', []],
    ['return ("%5.2f|%d"):format(1.5, 3)', ' 1.50|3'],
    ['return ("%s|%s|%s"):format({}, nil, true)', 'table|nil|true'],
    [
      'return tostring(print or {}) .. tostring(setmetatable({}, { __tostring = function() return "x" end }))',
      'functionx',
    ],
    ['return ("a.b"):find(".", 1, true)', 2],
    ['local t = { 3, 1, 2 } table.sort(t) return t', [1, 2, 3]],
    ['local ok, why = pcall(error, "x") return why', 'x'],
  ])('%s', (source, result) => expect(run(source)).toEqual(result));

  test('pairs goes through names in order, whatever the hashes', () => {
    const source =
      'local names = {} for name in pairs(t) do names[#names + 1] = tostring(name) end return names';
    const table = 'local t = { b = 1, a = 2, [10] = 3, [2] = 4, [true] = 5, c = { } }';
    expect(run(`${table} ${source}`)).toEqual(['2', '10', 'a', 'b', 'c', 'true']);
  });

  test('chance is seeded', () => {
    const source = 'local t = {} for i = 1, 5 do t[i] = math.random(1000) end return t';
    expect(run(source)).toEqual(run(source));
    expect(run(source, {}, 2)).not.toEqual(run(source));
    expect(() => run('math.randomseed()')).toThrow("exp.lua:1: bad argument #1 to 'randomseed'");
  });

  test.each([
    ['a function', 'echo(echo)', /argument 1 is a function, which cannot leave the script/],
    [
      'a list with names',
      'echo({ 1, a = 2 })',
      /argument 1 is both a list and a record, or a list with holes/,
    ],
    ['a table that holds itself', 'local t = {} t.t = t echo(t)', /is nested too deep, or holds itself/],
    [
      'a fraction as a key',
      'echo({ [1.5] = 1 })',
      /argument 1 has the key 1\.5; keys are names or whole numbers/,
    ],
  ])('but %s does not cross to the host', (_, source, message) => expect(() => run(source)).toThrow(message));
});

test('each value that goes to the host costs instructions', () => {
  const callsOf = (count: number): number => {
    let calls = 0;
    const note: HostFunction = () => void calls++;
    const source = `local t = {} for i = 1, ${count} do t[i] = i end while true do count(t) end`;
    expect(() => run(source, { count: note })).toThrow(ScriptError);
    return calls;
  };
  expect(callsOf(1) / callsOf(1000)).toBeGreaterThan(5);
});

test('Lua is loaded whatever letters the path of the program has', async () => {
  const [node, program, ...rest] = process.argv;
  process.argv = [node, '/Программа 🙂/main.js', ...rest];
  try {
    await expect(loadLua()).resolves.toHaveProperty('raw');
  } finally {
    process.argv = [node, program, ...rest];
  }
});
