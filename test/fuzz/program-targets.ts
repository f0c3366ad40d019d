/*
 * Scripts in the two sandboxes.
 */
import { createLuaHost } from '../../src/cli/lua/host.ts';
import { runExperiment } from '../../src/script/experiment.ts';
import { luaProgram } from './lua-programs.ts';
import { mutateTokens } from './mutate.ts';
import { pythonProgram } from './python-programs.ts';
import { PythonRuns } from './python-runs.ts';
import { files, text, type Target } from './target.ts';

const LUA_WORDS = [
  ...[
    'while true do',
    'end',
    'return ',
    'function() ',
    '(',
    ')',
    '{}',
    '..',
    'nil',
    '1e308',
    '-1',
    '#',
    '//0',
    '<<64',
  ],
  ...[
    'string.rep("x", 1e8)',
    'setmetatable({}, {__index = function(t, k) return t[k] end})',
    'pcall(',
    'error({})',
  ],
  ...[
    'board("maixduino")',
    'predict("paper:8", "maixduino")',
    'sweep{',
    'csv("a", ',
    'table.concat(',
    'select(-1, ',
  ],
  ...[
    'table.unpack({}, 1, 1e7)',
    'math.huge',
    'goto x',
    '::x::',
    '\n',
    ' local function f() return f() + 1 end f() ',
  ],
];
const PYTHON_WORDS = [
  ...[
    'while True: pass',
    'import ',
    'def f(): return f()',
    'f()',
    '[0]*10**9',
    '10**10**6',
    '"x"*10**9',
    '\n',
  ],
  ...[
    'import machine',
    'import gc; gc.collect()',
    'open("/sd/x", "w").write("y"*1000)',
    'exec("x")',
    'eval("1")',
  ],
  ...[
    'lambda *a: a',
    'try:\n  ',
    'except: pass',
    'raise ',
    'yield ',
    'async ',
    'await ',
    '__import__("sys")',
    'globals()',
  ],
];

const pythonRuns = new PythonRuns();

export const PROGRAM_TARGETS: Readonly<Record<string, Target>> = {
  lua: {
    seeds: () => files('examples/lua', '.lua'),
    mutate: (seeds, draw) => (draw() % 4 ? luaProgram(draw) : mutateTokens(seeds, LUA_WORDS, draw)),
    run: (bytes) => {
      const host = createLuaHost('out', { print: () => undefined, write: () => undefined });
      return runExperiment({ name: 'x.lua', source: text(bytes), args: [], host, instructions: 1e6 });
    },
  },
  python: {
    startSeconds: () => pythonRuns.startSeconds,
    prepare: () => pythonRuns.prepare(),
    seeds: () => files('examples/firmware', '.py'),
    mutate: (seeds, draw) => (draw() % 4 ? pythonProgram(draw) : mutateTokens(seeds, PYTHON_WORDS, draw)),
    run: (bytes) => pythonRuns.run(text(bytes)),
  },
};
