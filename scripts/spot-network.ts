/** A detector that was never trained: its weights say what it does, and yolo2 reads its output. */
import type { Graph } from '../src/models/graph/graph.ts';
import { buildGraph } from '../src/models/specs/builder.ts';

export const SPOT_SIDE = 64;
/** Cells of 8 pixels a side. */
const CELL = 8;
const CHANNELS = 4;
/** Five anchors of x, y, width, height, object and one class. */
const ENTRIES = 6;
const OUTPUTS = 5 * ENTRIES;
const OBJECT = 4;
/** Logit of a cell that is wholly white above that of one that is black, and of the anchors that are not used. */
const GAIN = 16;
const NEVER = -8;
/** The upper left cells of the picture that have a spot, as column and row. */
const SPOTS = [
  [2, 1],
  [5, 6],
] as const;

/** Three convolutions that average 2 x 2 pixels each, and one that makes a logit of the mean of a cell's 64 pixels. */
export function spotNetwork(): Graph {
  const halving = `conv ${CHANNELS} 3x3 same relu stride=2`;
  const layers = [halving, halving, halving, `conv ${OUTPUTS} 1x1 same`];
  const graph = buildGraph({ name: 'spots', input: [SPOT_SIDE, SPOT_SIDE, 1], layers });
  const values = new Map<number, Float32Array>();
  graph.nodes.forEach(({ inputs: [, weights, bias] }, index) => {
    const isLast = index === graph.nodes.length - 1;
    const input = index === 0 ? 1 : CHANNELS;
    values.set(weights, isLast ? logitWeights() : averageWeights(input));
    values.set(bias, isLast ? logitBias() : new Float32Array(CHANNELS));
  });
  const withData = graph.tensors.map((tensor, index) => {
    const data = values.get(index);
    return data ? { ...tensor, data: new Uint8Array(data.buffer) } : tensor;
  });
  return { ...graph, tensors: withData };
}

/** The KPU's stride of 2 sees a pixel before and after: the taps behind the first make the mean of 2 x 2. */
function averageWeights(inputChannels: number): Float32Array {
  const weights = new Float32Array(CHANNELS * 9 * inputChannels);
  for (let output = 0; output < CHANNELS; output++)
    for (const tap of [4, 5, 7, 8])
      for (let input = 0; input < inputChannels; input++)
        weights[(output * 9 + tap) * inputChannels + input] = 1 / 4 / inputChannels;
  return weights;
}

function logitWeights(): Float32Array {
  const weights = new Float32Array(OUTPUTS * CHANNELS);
  weights.fill(GAIN / CHANNELS, OBJECT * CHANNELS, (OBJECT + 1) * CHANNELS);
  return weights;
}

function logitBias(): Float32Array {
  return Float32Array.from({ length: OUTPUTS }, (_, at) => (at % ENTRIES === OBJECT ? NEVER : 0));
}

/** Grey with two white squares, each a cell of the network. */
export function spotPicture(): Uint8Array {
  return Uint8Array.from({ length: SPOT_SIDE * SPOT_SIDE }, (_, at) => {
    const [column, row] = [at % SPOT_SIDE, Math.floor(at / SPOT_SIDE)].map((pixel) =>
      Math.floor(pixel / CELL),
    );
    return SPOTS.some(([x, y]) => x === column && y === row) ? 255 : 40;
  });
}
