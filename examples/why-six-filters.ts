import { maixduino, paperCnn, predict } from 'inferscope';

const ms = (value: number): string => value.toFixed(2);

for (const filters of [4, 5, 6, 7]) {
  const { latencyMs, steps } = predict(paperCnn({ filters }), maixduino);
  const longest = steps.reduce((a, b) => (b.durationMs > a.durationMs ? b : a));
  console.log(
    `${filters} filters: ${ms(latencyMs.value)} ms (${ms(latencyMs.low)} to ${ms(latencyMs.high)})`,
  );
  console.log(`  longest step: ${longest.op} on ${longest.unit}, ${ms(longest.durationMs)} ms`);
}
