import { expect, test } from 'vitest';
import { withFloatEnds } from '../../../test/support/float-ends.ts';
import { openLiteRt } from '../../../test/support/litert.ts';
import { buildGraph } from '../../models/specs/builder.ts';
import { elementCount, type Graph, type Tensor } from '../../models/graph/graph.ts';
import { quantizeGraph } from '../../files/int8-graph.ts';
import { readTflite } from '../../files/tflite.ts';
import { writeTflite } from '../../files/tflite.ts';
import { calibrateWith } from './calibration.ts';
import { createExecutor } from './executor.ts';

const SIDE = 8;
const RUNS = 12;

/** Numbers from -1 to 1 that look random enough and are the same everywhere. */
function wave(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => Math.sin((index + 1) * (12.9898 + seed) * 7.233));
}

function floatNetwork(layers: string): Graph {
  const graph = buildGraph({ input: [SIDE, SIDE, 1], layers }, 'net');
  const tensors = graph.tensors.map((tensor, index): Tensor => {
    if (!tensor.isConstant || tensor.data) return tensor;
    const values = wave(elementCount(tensor.shape), index).map((value) => value * 0.4);
    return { ...tensor, data: new Uint8Array(values.buffer) };
  });
  return { ...graph, tensors };
}

const inputs = Array.from({ length: RUNS }, (_, run) => wave(SIDE * SIDE, 0.31 * run + 1));

test.each([
  'conv 4 3x3 same relu | flatten | dense 5',
  'conv 4 3x3 valid relu6 | maxpool 2x2 | flatten | dense 5 | softmax',
  'depthwise 3x3 same multiplier=2 relu | conv 3 1x1 | avgpool 2x2 | flatten | dense 5 | sigmoid',
])(
  '"%s" in int8: near float32, within a step of the reference, the same bytes from its file',
  async (layers) => {
    const float = floatNetwork(layers);
    const quantized = quantizeGraph(
      float,
      calibrateWith(
        float,
        inputs.map((input) => [input]),
      ),
    );
    const ours = createExecutor(quantized);
    const reread = createExecutor(readTflite(writeTflite(quantized), 'net'));
    const exact = createExecutor(float);
    const reference = await openLiteRt(writeTflite(withFloatEnds(quantized)));
    const [from, to] = [quantized.inputs[0], quantized.outputs[0]].map(
      (index) => quantized.tensors[index].quantization!,
    );
    for (const input of inputs) {
      const steps = Int8Array.from(input, (value) =>
        Math.max(-128, Math.min(127, Math.round(value / from.scales[0]) + from.zeroPoints[0])),
      );
      const found = Int8Array.from(ours.run([steps])[0] as Int8Array);
      expect(reread.run([steps])[0]).toEqual(found);
      const real = Float32Array.from(steps, (step) => from.scales[0] * (step - from.zeroPoints[0]));
      const [wanted] = await reference.run([{ data: real, shape: [1, SIDE, SIDE, 1] }]);
      const floats = exact.run([real])[0] as Float32Array;
      found.forEach((step, at) => {
        const value = to.scales[0] * (step - to.zeroPoints[0]);
        expect(Math.abs(value - wanted[at]) / to.scales[0]).toBeLessThanOrEqual(1.001);
        expect(Math.abs(value - floats[at])).toBeLessThan(6 * to.scales[0]);
      });
    }
  },
);
