/** How the sandbox's own code names itself in positions of errors. */
export const SANDBOX_NAME = '[sandbox]';

/**
 * Makes the table of globals of a script. Called with the host's functions, a note on what the script may use, the
 * seed of math.random and the script's arguments; no seed stands for a formula, which must be a pure function: its
 * globals cannot be changed and have no strings, no random numbers and no metatables.
 *
 * What is left out, and why: io, os, require, package, debug, load, dofile (files, programs, clock, bytecode);
 * patterns (one call can run for ever); collectgarbage, coroutines, next (order and memory differ between runs).
 */
export const SANDBOX: string = `
local bindings, note, seed, arg = ...
local error, type, tostring, select, pairs, rawget = error, type, tostring, select, pairs, rawget
local tonumber = tonumber
local wrap, spend, concat, sort, format = wrap, spend, table.concat, table.sort, string.format
local metatable_of, log = debug.getmetatable, math.log
-- An error takes 3 us on its way to whoever catches it, as much as 300 instructions; more where calls are deep.
local ERROR_INSTRUCTIONS = 1000
-- Level of an error at the caller of a wrapped function.
local CALLER = 3

local function check(value, kind, place, name)
  if type(value) ~= kind then
    error(format("bad argument #%d to '%s' (%s expected, got %s)", place, name, kind, type(value)), CALLER + 1)
  end
end

local RANK = { number = 1, string = 2, boolean = 3 }
local function comes_before(a, b)
  local rank_a, rank_b = RANK[type(a)] or 4, RANK[type(b)] or 4
  if rank_a ~= rank_b then return rank_a < rank_b end
  if rank_a <= 2 then return a < b end
  return rank_a == 3 and a and not b
end

-- Names in alphabetical order: Lua's own order is another one in each run.
local function ordered_pairs(t)
  check(t, 'table', 1, 'pairs')
  local keys, at = {}, 0
  for key in pairs(t) do keys[#keys + 1] = key end
  sort(keys, comes_before)
  return function()
    repeat at = at + 1 until keys[at] == nil or t[keys[at]] ~= nil
    return keys[at], t[keys[at]]
  end
end

local function copy(library)
  local all = {}
  for name, value in pairs(library) do all[name] = value end
  return all
end

local globals = {
  assert = assert, error = error, ipairs = ipairs, pairs = wrap(ordered_pairs),
  tonumber = wrap(tonumber), type = type, math = copy(math),
}
globals.math.random, globals.math.randomseed = nil, nil
-- Wrapped, so that long lists of arguments and results are paid for.
globals.select = wrap(function(at, ...)
  if at == '#' then return select(at, ...) end
  local place = tonumber(at)
  if not place then check(at, 'number', 1, 'select') end
  if place == 0 or -place > select('#', ...) then
    error("bad argument #1 to 'select' (index out of range)", CALLER)
  end
  return select(at, ...)
end)
for name, binding in pairs(bindings) do globals[name] = binding end

local function missing(_, name)
  error(format('unknown name "%s"; %s', tostring(name), note), 2)
end

local function frozen(t)
  return setmetatable({}, {
    __index = function(_, name)
      local value = rawget(t, name)
      if value == nil then error(format('unknown name "%s"; %s', tostring(name), note), 2) end
      return value
    end,
    __newindex = function(_, name)
      error(format('a formula cannot set "%s"; make it local', tostring(name)), 2)
    end,
    __metatable = false,
  })
end

if not seed then
  for name in pairs(copy(string)) do string[name] = nil end
  globals.math = frozen(globals.math)
  return frozen(globals)
end

local function unavailable(name, why)
  return wrap(function() error(name .. ' is not in the sandbox: ' .. why, CALLER) end)
end

-- What one call of Lua's own functions does is paid for before, a step of 10 ns at a time, and has an end.
local function pay(name, steps)
  if steps > 1e7 then error(name .. ': more than 1e7 steps in one call', CALLER) end
  if steps > 0 then spend(steps / 4) end
end
local find, rep, random, randomseed = string.find, string.rep, math.random, math.randomseed
for _, name in ipairs { 'match', 'gmatch', 'gsub' } do
  string[name] = unavailable('string.' .. name, 'a pattern can run for ever')
end
string.dump = unavailable('string.dump', 'there is no bytecode')
string.find = wrap(function(text, part, from, plain)
  if not plain then
    error('string.find takes plain text here, no pattern: pass true as its fourth argument', CALLER)
  end
  if type(text) == 'string' and type(part) == 'string' then pay('string.find', #text * #part / 100) end
  return find(text, part, from, true)
end)
string.rep = wrap(function(text, count, between)
  check(count, 'number', 2, 'rep')
  if count > 1e9 then error('string.rep: a text cannot be repeated more than 1e9 times', CALLER) end
  return rep(text, #tostring(text) + #(between or '') > 0 and count or 0, between)
end)

-- Asked for once: a metatable may say another one each time.
local function size_of(t)
  local size = #t
  if type(size) ~= 'number' then error('object length is not an integer', CALLER) end
  return size
end
local function whole(value)
  local number = tonumber(value)
  return number and number % 1 == 0 and number
end

local insert, remove, move = table.insert, table.remove, table.move
-- Its own functions refuse, and append.
table.insert = function(t, ...)
  if select('#', ...) ~= 2 then return insert(t, ...) end
  local at, value = ...
  at = whole(at)
  if type(t) ~= 'table' or not at then return insert(t, ...) end
  local last = size_of(t) + 1
  if not (at >= 1 and at <= last) then error("bad argument #2 to 'insert' (position out of bounds)", 2) end
  pay('table.insert', last - at)
  move(t, at, last - 1, at + 1)
  t[at] = value
end
table.remove = function(t, ...)
  local at = whole((...))
  if type(t) ~= 'table' or not at then return remove(t, ...) end
  local size = size_of(t)
  if at ~= size and not (at >= 1 and at <= size + 1) then
    error("bad argument #2 to 'remove' (position out of bounds)", 2)
  end
  pay('table.remove', size - at)
  local value = t[at]
  move(t, at + 1, size, at)
  t[at < size and size or at] = nil
  return value
end
table.move = function(from, first, last, ...)
  pay('table.move', (whole(last) or 0) - (whole(first) or 0))
  return move(from, first, last, ...)
end
table.sort = function(t, ...)
  if type(t) ~= 'table' then return sort(t, ...) end
  local size, is_plain = size_of(t), not metatable_of(t)
  pay('table.sort', size > 1 and size * log(size, 2) or 0)
  if is_plain then return sort(t, ...) end
  local list = move(t, 1, size, 1, {})
  sort(list, ...)
  move(list, 1, size, 1, t)
end
table.concat = function(t, between, first, last)
  if type(t) ~= 'table' then return concat(t, between, first, last) end
  last = last or size_of(t)
  pay('table.concat', (whole(last) or 0) - (whole(first or 1) or 0))
  return concat(t, between, first or 1, last)
end

-- Addresses are other ones on another host.
local function to_text(value)
  local kind = type(value)
  if kind ~= 'table' and kind ~= 'function' then return tostring(value) end
  local metatable = metatable_of(value)
  return metatable and rawget(metatable, '__tostring') and tostring(value) or kind
end
local unpack, byte = table.unpack, string.byte
table.unpack = wrap(function(t, ...)
  check(t, 'table', 1, 'unpack')
  local first, last = ...
  first, last = first or 1, last or #t
  if type(first) == 'number' and type(last) == 'number' and last - first >= 1e6 then
    error('too many results to unpack', CALLER)
  end
  return unpack(t, first, last)
end)
string.byte = wrap(function(text, ...)
  if type(text) ~= 'number' then check(text, 'string', 1, 'byte') end
  return byte(text, ...)
end)

-- Whether a format has %p, an address, whatever stands between: flags, a width.
local function names_address(text)
  local at = find(text, '%', 1, true)
  while at do
    local letter
    repeat
      at = at + 1
      letter = byte(text, at)
      -- Space, #, +, -, ., digits.
    until not letter or not (letter == 32 or letter == 35 or letter == 43 or letter >= 45 and letter <= 57)
    if letter == 112 then return true end
    at = find(text, '%', at + 1, true)
  end
  return false
end
string.format = wrap(function(text, ...)
  check(text, 'string', 1, 'format')
  if find(text, 'p', 1, true) and names_address(text) then error('%p, an address, is not in the sandbox', CALLER) end
  local values, count = { ... }, select('#', ...)
  for at = 1, count do
    local kind = type(values[at])
    if kind == 'table' or kind == 'function' then values[at] = to_text(values[at]) end
  end
  return format(text, unpack(values, 1, count))
end)

randomseed(seed)
globals.math.random = random
globals.math.randomseed = wrap(function(number)
  check(number, 'number', 1, 'randomseed')
  randomseed(number)
end)

globals.string, globals.table, globals.arg = copy(string), copy(table), arg
globals.tostring = wrap(to_text)
local function caught(is_fine, ...)
  if not is_fine then spend(ERROR_INSTRUCTIONS) end
  return is_fine, ...
end
globals.pcall = function(...) return caught(pcall(...)) end
globals.rawequal, globals.rawget, globals.rawlen, globals.rawset = rawequal, rawget, rawlen, rawset
globals.getmetatable = wrap(function(value)
  check(value, 'table', 1, 'getmetatable')
  return getmetatable(value)
end)
globals.setmetatable = wrap(function(t, metatable)
  -- A finalizer runs where no limit reaches it.
  if type(metatable) == 'table' and rawget(metatable, '__gc') ~= nil then
    error('__gc is not in the sandbox', CALLER)
  end
  return setmetatable(t, metatable)
end)
globals.print = wrap(function(...)
  local texts = {}
  for at = 1, select('#', ...) do texts[at] = to_text((select(at, ...))) end
  bindings.print(concat(texts, '\\t'))
end)
return setmetatable(globals, { __index = missing, __metatable = false })
`;

/** Begins positions in the errors of formulas. */
export const FORMULA_NAME = 'formula';

/**
 * Runs a formula's chunk from the start, so that nothing survives from one work to the next, and calls the function
 * that it returns.
 */
export const FORMULA_CALL: string = `
local huge, type, tostring, line_of = math.huge, type, tostring, debug.getinfo
local chunk, work = ...
local formula = chunk()
if type(formula) ~= 'function' then
  error('the script returns a ' .. type(formula) .. '; write "return function(work) ... end"', 0)
end
if not work then return end
local cycles = formula(work)
if type(cycles) ~= 'number' or cycles ~= cycles or cycles < 0 or cycles == huge then
  local place = '${FORMULA_NAME}:' .. line_of(formula, 'S').linedefined .. ': '
  local what = type(cycles) == 'number' and tostring(cycles) or type(cycles)
  error(place .. 'the function returns ' .. what .. '; core cycles are a finite number, 0 or more', 0)
end
return cycles
`;
