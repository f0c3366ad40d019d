/*
 * Scripts in the two sandboxes.
 */
import { maixduino, openmvH7Plus } from '../../src/boards/index.ts';
import { createLuaHost } from '../../src/cli/lua/host.ts';
import { execScript } from '../../src/firmware/guest/exec-script.ts';
import { runExperiment } from '../../src/script/experiment.ts';
import { luaProgram } from './lua-programs.ts';
import { mutateTokens } from './mutate.ts';
import { pythonProgram } from './python-programs.ts';
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

const PICTURE = {
  ...{ name: 'a picture', width: 8, height: 8, channels: 1 as const },
  pixels: Uint8Array.from({ length: 64 }, (_, at) => (at * 53) & 255),
};

/** On the board that its length says, so that each program keeps its own. */
async function runPython(bytes: Uint8Array): Promise<string> {
  const source = text(bytes);
  const board = source.length % 2 ? maixduino : openmvH7Plus;
  const { stoppedBy, exception } = await execScript({
    ...{ board, limitPs: 1e11, pictures: [PICTURE], script: { name: 'main.py', source } },
  });
  return exception?.type ?? stoppedBy;
}

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
    startSeconds: 1.5,
    seeds: () => files('examples/firmware', '.py'),
    mutate: (seeds, draw) => (draw() % 4 ? pythonProgram(draw) : mutateTokens(seeds, PYTHON_WORDS, draw)),
    run: runPython,
  },
};
