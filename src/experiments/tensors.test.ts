import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { boardById } from '../boards/index.ts';
import { modelFromBytes } from '../files/load-model.ts';
import { modelFromSpec } from '../files/spec-graphs.ts';
import type { KmodelModel } from '../models/formats/kmodel/kmodel-model.ts';
import type { Graph } from '../models/graph/graph.ts';
import { readPicture } from '../pictures/read-picture.ts';
import { predict } from '../simulate/predict.ts';
import { runKmodelOnPicture, runOnPicture } from './digit-scores.ts';
import { kmodelTensor, layerOfStep } from './kmodel-tensor.ts';
import { elementAt, graphTensor, realValue } from './tensor-values.ts';

const read = (path: string) => readFileSync(new URL(`../../examples/${path}`, import.meta.url));
const digit = readPicture(read('digits/7.png'), '7.png');
const kmodel = modelFromBytes(read('models/digits.kmodel'), 'digits.kmodel') as KmodelModel;
const bytes = modelFromBytes(read('models/digits-int8.tflite'), 'digits-int8.tflite') as Graph;

describe('tensors of a kmodel on a picture', () => {
  test('behind the last layer are the scores of a run', () => {
    const { stored, shape, dtype } = kmodelTensor(kmodel, digit, 3);
    expect([...stored]).toEqual(runKmodelOnPicture(kmodel, digit).scores);
    expect([dtype, shape]).toEqual(['float32', { h: 1, w: 10, c: 1 }]);
  });

  test('bytes of the accelerator have the real values that the core makes of them next', () => {
    const [conv, real] = [0, 1].map((layer) => kmodelTensor(kmodel, digit, layer));
    expect(conv!.shape).toEqual({ h: 14, w: 14, c: 8 });
    for (const [y, x, channel] of [
      [3, 5, 0],
      [7, 7, 4],
      [13, 0, 7],
    ] as const) {
      const at = elementAt(conv!, y, x, channel);
      expect(realValue(conv!, conv!.stored[at]!)).toBeCloseTo(real!.stored[at]!, 5);
    }
    expect(Math.max(...real!.stored)).toBeGreaterThan(0);
  });

  test('before any layer is the picture that the camera gives', () => {
    const { name, stored, shape } = kmodelTensor(kmodel, digit, -1);
    expect([name, shape, stored.length]).toEqual(['input', { h: 14, w: 14, c: 1 }, 196]);
  });

  test('a step of the runtime belongs to the layer before it', () => {
    const ops = predict(kmodel, boardById('maixduino')).steps.map(({ op }) => op);
    const types = kmodel.version === 3 ? kmodel.file.layers.map(({ type }) => type) : [];
    expect(ops).toEqual([
      ...['kpu.forward', 'K210Upload', 'K210Conv', 'K210CopyOut'],
      ...['Dequantize', 'TensorflowFlatten', 'FullyConnected'],
    ]);
    expect(ops.map((_, step) => layerOfStep(ops, step, types))).toEqual([-1, -1, 0, 0, 1, 2, 3]);
  });
});

describe('tensors of a graph on a picture', () => {
  test('behind the last node are the scores of a run, by its scale and zero point', () => {
    const tensor = graphTensor(bytes, digit, bytes.nodes.length - 1);
    const scores = [...tensor.stored].map((stored) => realValue(tensor, stored));
    expect(scores).toEqual(runOnPicture(bytes, digit).scores);
  });

  test('an element of maps lies where its pixel does, with the other channels of it', () => {
    const tensor = graphTensor(bytes, digit, 0);
    expect([tensor.order, tensor.shape]).toEqual(['pixels', { h: 14, w: 14, c: 8 }]);
    expect(elementAt(tensor, 2, 3, 4)).toBe((2 * 14 + 3) * 8 + 4);
  });

  test('what takes longer than a reader waits is refused with what computes it', () => {
    const large = modelFromSpec('{"input":[224,224,3],"layers":"conv 64 7x7 same | conv 64 7x7 same"}')!;
    expect(() => graphTensor(large, digit, 0)).toThrow(/takes up to \d+ s .* inferscope run computes it/);
  });
});
