import { loadTrainedPaperCnn, maixduino, openmvH7Plus, predict } from 'inferscope';
import { calibrateWith, convertToKmodel, quantizeGraph } from 'inferscope/convert';
import { modelFromBytes, writeTflite } from 'inferscope/files';

const { graph } = await loadTrainedPaperCnn(8);
// Images from which the ranges come; real ones in earnest. Bytes for ncc, as it reads them, 0 to 1 for TFLite.
const images = [3, 7, 11].map((step) => Uint8Array.from({ length: 196 }, (_, at) => (at * step) % 256));
const runs = images.map((image) => [Float32Array.from(image, (byte) => byte / 255)]);

const int8 = writeTflite(quantizeGraph(graph, calibrateWith(graph, runs)));
const kmodel = convertToKmodel(graph, images).bytes;

for (const [name, bytes, board] of [
  ['int8.tflite', int8, openmvH7Plus],
  ['net.kmodel', kmodel, maixduino],
] as const) {
  const { latencyMs } = predict(modelFromBytes(bytes, name), board);
  console.log(`${name}: ${bytes.length} bytes, ${latencyMs.value.toFixed(2)} ms on ${board.id}`);
}
