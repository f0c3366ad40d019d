-- A made-up accelerator: a 16x16 systolic array beside the core of an existing board. Is it worth it?
-- inferscope lua examples/lua/accelerator.lua [model] [more models]
local BASE = 'openmv-h7-plus'

-- Core cycles of one operator, by its counts: weights move in tile by tile, then the pixels stream through.
local FORMULA = [[
return function(work)
  local SIDE, START, DRAIN = 16, 300, 32
  local inputs = work.innerLength                   -- of each sum: kernel height x width x channels
  local pixels = work.pixels or work.batches        -- a dense layer has one "pixel"
  local tiles = math.ceil(inputs / SIDE) * math.ceil(work.outChannels / SIDE)
  return START + tiles * (SIDE + pixels + DRAIN)
end
]]

local function accelerated(base)
  local it = board(base)
  it.id, it.name = base .. '-systolic', it.name .. ' with a systolic array'
  it.calibration = nil -- what was fitted to the real board says nothing about this one
  local kernels = it.runtime.kernels[1]
  for _, unit in ipairs(it.units) do
    for _, op in ipairs(unit.costs and { 'CONV_2D', 'FULLY_CONNECTED' } or {}) do
      table.insert(unit.costs, 1, {
        op = op, dtype = 'any', kernels = kernels, cost = { lua = FORMULA },
        source = 'made up: examples/lua/accelerator.lua', grade = 'estimated',
      })
    end
  end
  return it
end

local fast = accelerated(BASE)
local rows = {}
for _, model in ipairs(#arg > 0 and arg or { 'paper:8', 'paper:64', 'paper:64,k=7,size=28' }) do
  local before, after = predict(model, BASE), predict(model, fast)
  rows[#rows + 1] = {
    model = model, core = before.latencyMs, systolic = after.latencyMs,
    times = before.latencyMs / after.latencyMs, fits = after.memory.fits,
  }
end
printTable(rows, { 'model', 'core', 'systolic', 'times', 'fits' })
return rows
