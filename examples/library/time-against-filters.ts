import { commandOf, curvesOf, parseExperiment } from 'inferscope/experiments';

const experiment = parseExperiment({ model: 'paper:5', boards: ['maixduino', 'openmv-h7-plus'] });

for (const { board, points } of curvesOf(experiment)) {
  const times = points.slice(3, 8).map(({ latencyMs }) => latencyMs?.value.toFixed(2) ?? 'refused');
  console.log(`${board}, 4 to 8 filters: ${times.join(', ')} ms`);
}
console.log(commandOf(experiment));
