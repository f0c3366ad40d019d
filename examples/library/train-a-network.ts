import { startNodeTrainingEngine } from 'inferscope/node';
import { evaluateClassifier, train, type ImageSet } from 'inferscope/train';

/** Pictures of 6x6 with one bar, lying (0) or upright (1). */
function bars(count: number): ImageSet {
  const labels = Uint8Array.from({ length: count }, (_, image) => image % 2);
  const pixels = Float32Array.from({ length: count * 36 }, (_, at) => {
    const image = Math.floor(at / 36);
    const [y, x] = [Math.floor((at % 36) / 6), at % 6];
    return Number((labels[image] === 0 ? y : x) === (image * 5) % 6);
  });
  return { count, side: 6, pixels, labels };
}

await startNodeTrainingEngine();
const spec = { input: [6, 6, 1], layers: 'conv 4 3x3 same relu | flatten | dense 2' };
const { graph, epochs } = await train(spec, bars(240), { epochs: 6, batch: 24, learningRate: 0.01, seed: 1 });
console.log(`loss ${epochs.map(({ loss }) => loss.toFixed(2)).join(' ')}`);
console.log(`names ${100 * evaluateClassifier(graph, bars(60)).accuracy} % right`);
