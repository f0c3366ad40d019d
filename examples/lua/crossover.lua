-- From how many filters on is another board the faster one? Prints the points and draws both lines.
-- inferscope lua examples/lua/crossover.lua [first board] [second board] [kernel side]
local first, second = arg[1] or 'openmv-h7-plus', arg[2] or 'maixduino'
local kernel = tonumber(arg[3] or 3)

local rows = sweep { model = 'paper:{filters},k={kernel}', filters = '1:64', kernel = kernel, board = { first, second } }

local ms = { [first] = {}, [second] = {} }
for _, row in ipairs(rows) do
  if row.ok then ms[row.board][row.filters] = row.latencyMs end
end

local leader
for filters = 1, 64 do
  local a, b = ms[first][filters], ms[second][filters]
  if a and b then
    local faster = a < b and first or second
    if faster ~= leader then
      print(('from %d filters on %s is faster: %.3f ms against %.3f ms'):format(filters, faster, math.min(a, b), math.max(a, b)))
      leader = faster
    end
  end
end

local function line(id)
  local points = {}
  for filters, latency in pairs(ms[id]) do points[#points + 1] = { filters, latency } end
  return { label = id, points = points }
end

plot {
  series = { line(first), line(second) },
  title = ('Who is faster, kernel %dx%d'):format(kernel, kernel),
  x = 'filters', y = 'ms', file = 'crossover.svg',
}
return { leader = leader }
