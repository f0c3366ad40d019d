import { below, pick, type Draw } from './mutate.ts';
import { programOf, times } from './programs.ts';

const LUA_VALUES = [
  ...[
    'nil',
    'true',
    'false',
    '0',
    '1',
    '-1',
    '2^53',
    '1e308*10',
    '0/0',
    '-0.0',
    'math.mininteger',
    '""',
    '"x"',
    '"\\0"',
  ],
  ...[
    '"1:64"',
    '"1:1e9"',
    '"paper:8"',
    '"paper:{filters}"',
    '"maixduino"',
    '"all"',
    '"\\xff\\xfe"',
    '"__proto__"',
  ],
  ...[
    '{}',
    '{{}}',
    '{1, nil, 3}',
    '{[2^40] = 1}',
    'print',
    'x',
    'string.rep("ab", 1e5)',
    'boards()',
    'arg',
    '_G',
  ],
  ...[
    'setmetatable({}, {__index = function() return 1 end})',
    'setmetatable({}, {__len = function() return 1e9 end})',
  ],
  ...[
    'setmetatable({}, {__tostring = function() return 1 end})',
    'board("maixduino")',
    '{toString = 1, length = 1e9}',
  ],
];
const LUA_KEYS = [
  'model',
  'board',
  'filters',
  'rows',
  'columns',
  'file',
  'series',
  'points',
  'label',
  'title',
  'x',
  'y',
  'id',
  '__proto__',
];
const LUA_CALLS = [
  ...[
    'predict',
    'place',
    'sweep',
    'boards',
    'board',
    'plot',
    'csv',
    'printTable',
    'print',
    'tostring',
    'tonumber',
    'type',
  ],
  ...[
    'pairs',
    'ipairs',
    'next',
    'select',
    'rawget',
    'rawset',
    'rawlen',
    'setmetatable',
    'getmetatable',
    'error',
    'assert',
  ],
  ...[
    'string.rep',
    'string.sub',
    'string.format',
    'string.find',
    'string.byte',
    'string.char',
    'string.upper',
    'string.len',
  ],
  ...[
    'table.concat',
    'table.insert',
    'table.remove',
    'table.sort',
    'table.unpack',
    'table.pack',
    'table.move',
  ],
  ...[
    'math.floor',
    'math.random',
    'math.tointeger',
    'math.fmod',
    'utf8.char',
    'utf8.codepoint',
    'pcall',
    'xpcall',
  ],
];

function luaTable(draw: Draw, depth: number): string {
  const fields = times(1 + below(draw, 4), () => {
    const value = luaValue(draw, depth - 1);
    return draw() % 3 ? `["${pick(draw, LUA_KEYS)}"] = ${value}` : value;
  });
  return `{${fields.join(', ')}}`;
}

function luaValue(draw: Draw, depth: number): string {
  const kind = depth < 1 ? 9 : below(draw, 10);
  if (kind < 2) return luaTable(draw, depth);
  if (kind === 2) return luaCall(draw, depth);
  if (kind === 3)
    return `(${luaValue(draw, depth - 1)} ${pick(draw, ['+', '..', '==', '<', '//', '%', '<<', 'and', 'or'])} ${luaValue(draw, depth - 1)})`;
  if (kind === 4) return `function(...) ${luaStatement(draw, depth - 1)} return ... end`;
  return pick(draw, LUA_VALUES);
}

const luaCall = (draw: Draw, depth: number): string =>
  `${pick(draw, LUA_CALLS)}(${times(below(draw, 4), () => luaValue(draw, depth - 1)).join(', ')})`;

function luaStatement(draw: Draw, depth: number): string {
  const kind = below(draw, 8);
  if (kind === 0) return `x = ${luaValue(draw, depth)}`;
  if (kind === 1) return `for i = ${luaValue(draw, 0)}, ${luaValue(draw, 0)} do ${luaCall(draw, depth)} end`;
  if (kind === 2) return `x[${luaValue(draw, 0)}] = ${luaValue(draw, depth)}`;
  return luaCall(draw, depth + 1);
}

/** A Lua script of a few dozen statements, most of them by themselves in a pcall. */
export function luaProgram(draw: Draw): Uint8Array {
  const lines = times(1 + below(draw, 40), () => `pcall(function() ${luaStatement(draw, 2)} end)`);
  return programOf(['local x = {}', ...lines, draw() % 3 ? 'return x' : luaStatement(draw, 2)]);
}
