import { calibrateWith } from '../src/kernels/execute/calibration.ts';
import { elementCount, type Graph } from '../src/models/graph/graph.ts';
import { quantizeGraph } from '../src/files/int8-graph.ts';
import { buildGraph, type ModelSpec } from '../src/models/specs/builder.ts';
import { drawnImages, withDrawnWeights } from '../src/models/specs/synthetic-weights.ts';

interface Bottleneck {
  readonly expansion: number;
  readonly filters: number;
  readonly repeats: number;
  readonly stride: number;
}

// Table 2 of Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks" (2018).
const BOTTLENECKS: readonly Bottleneck[] = [
  { expansion: 1, filters: 16, repeats: 1, stride: 1 },
  { expansion: 6, filters: 24, repeats: 2, stride: 2 },
  { expansion: 6, filters: 32, repeats: 3, stride: 2 },
  { expansion: 6, filters: 64, repeats: 4, stride: 2 },
  { expansion: 6, filters: 96, repeats: 3, stride: 1 },
  { expansion: 6, filters: 160, repeats: 3, stride: 2 },
  { expansion: 6, filters: 320, repeats: 1, stride: 1 },
];
const STEM = 32;

/** Layers of all bottlenecks; a repeat adds what went in. */
function bottleneckLayers(): string[] {
  const layers: string[] = [];
  let channels = STEM;
  let name = 'stem';
  BOTTLENECKS.forEach(({ expansion, filters, repeats, stride }, stage) => {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const into = name;
      name = `stage${stage}-${repeat}`;
      if (expansion > 1) layers.push(`conv ${channels * expansion} 1x1 same relu6`);
      layers.push(`depthwise 3x3 same stride=${repeat === 0 ? stride : 1} relu6`);
      layers.push(`conv ${filters} 1x1 same name=${repeat === 0 ? name : `${name}-body`}`);
      if (repeat > 0) layers.push(`add with=${into} name=${name}`);
      channels = filters;
    }
  });
  return layers;
}

/** MobileNetV2 at 224 pixels, alpha 1. */
export const MOBILENET_V2: ModelSpec = {
  name: 'mobilenetv2-224',
  input: [224, 224, 3],
  layers: [
    'conv 32 3x3 same stride=2 relu6 name=stem',
    ...bottleneckLayers(),
    ...['conv 1280 1x1 same relu6', 'globalavgpool', 'dense 1000', 'softmax'],
  ],
};

const separable = (filters: number, stride = 1): string[] => [
  `depthwise 3x3 same stride=${stride} relu6`,
  `conv ${filters} 1x1 same relu6`,
];

/** The shapes of TensorFlow Lite Micro's person detection: MobileNetV1, alpha 0.25, on 96x96 grey pixels. */
export const PERSON_DETECTION: ModelSpec = {
  name: 'person-detection-96',
  input: [96, 96, 1],
  layers: [
    'depthwise 3x3 same stride=2 multiplier=8 relu6',
    'conv 16 1x1 same relu6',
    ...[...separable(32, 2), ...separable(32), ...separable(64, 2), ...separable(64)],
    ...separable(128, 2),
    ...[1, 2, 3, 4, 5].flatMap(() => separable(128)),
    ...[...separable(256, 2), ...separable(256)],
    ...['avgpool 3', 'conv 2 1x1 same', 'reshape 2', 'softmax'],
  ],
};

/** The network with drawn weights; in int8 by the ranges of two drawn images. */
export function drawnNetwork(spec: ModelSpec, dtype: 'float32' | 'int8'): Graph {
  const graph = withDrawnWeights(buildGraph(spec));
  if (dtype === 'float32') return graph;
  const images = drawnImages(elementCount(graph.tensors[graph.inputs[0]].shape), 2);
  const inputs = images.map((bytes) => [Float32Array.from(bytes, (byte) => byte / 255)]);
  return quantizeGraph(graph, calibrateWith(graph, inputs));
}
