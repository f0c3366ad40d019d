import { loadTrainedPaperCnn, openmvH7Plus, predict } from 'inferscope';
import { readTflite, writeTflite } from 'inferscope/files';
import { createExecutor } from 'inferscope/run';

// A .tflite of yours: `readFileSync('my-net.tflite')` in Node, `fetch` in a page.
const bytes = writeTflite((await loadTrainedPaperCnn(8)).graph);

const model = readTflite(bytes, 'my-net.tflite');
// An upright stroke, white on black: a one.
const image = Float32Array.from({ length: 14 * 14 }, (_, at) => Number(at % 14 === 7 && at > 14 && at < 180));
const [output] = createExecutor(model).run([image]);
const scores = Array.from(output as Float32Array);
const digit = scores.indexOf(Math.max(...scores));
const { latencyMs } = predict(model, openmvH7Plus);
console.log(`${bytes.length} bytes; shows a ${digit}, after ${latencyMs.value.toFixed(2)} ms on the board`);
