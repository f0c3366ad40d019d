-- A round of the soak: each function of the host once, few points.
local rows = sweep{model = "paper:{filters}", filters = "2:3", board = "maixduino,openmv-h7-plus"}
csv{rows = rows, file = "rows.csv"}
plot{series = {{label = "ms", points = {{2, rows[1].latencyMs}, {3, rows[2].latencyMs}}}}, file = "plot.svg"}
printTable(rows)
local own = board("maixduino")
own.id = "own"
return predict("paper:2", own).latencyMs + #place("paper:2", "openmv-h7-plus")
