import { beforeAll, describe, expect, test } from 'vitest';
import { placeOn } from '../../cli/placements.ts';
import { maixduino } from '../../boards/index.ts';
import type { KmodelV4, V4Node, V4Range } from '../../models/formats/kmodel/read-v4.ts';
import { decodeLayerWords } from '../../models/formats/kmodel/fields.ts';
import { convGeometry, convWeightBytes } from '../../models/formats/kmodel/conv-body.ts';
import type { KmodelV4Model } from '../../models/formats/kmodel/kmodel-model.ts';
import { predict } from '../../simulate/predict.ts';
import { layerWork } from './work.ts';
import { traceKmodel } from './kmodel-network.ts';
import { enableKmodels } from '../enable-kmodels.ts';

beforeAll(enableKmodels);

/** Layer 0 of Sipeed's mnist.kmodel: 28x28x1 -> 14x14x16, 3x3, line 32740 to line 32684. */
const WORDS = [
  ...[0n, 0x00007fac00007fe4n, 0x000f000f00000000n, 0x0000340d00006c1bn, 0x00000000000f0411n],
  ...[0x0000000000480001n, 0n, 0x00000000a001001cn, 0x000000000041000en, 0x00c40000000000f0n, 0n],
  0x00000c3f00c30001n,
];

const main = (start: number, bytes: number, dtype: V4Range['dtype'] = 'float32'): V4Range => ({
  ...{ memory: 'main', dtype, start, bytes },
});

function convNode(): V4Node {
  const view = new DataView(new ArrayBuffer(96));
  WORDS.forEach((word, index) => view.setBigUint64(8 * index, word, true));
  const words = decodeLayerWords(view, 0);
  const geometry = convGeometry(words);
  const conv = { ...geometry, words, weightBytes: convWeightBytes(geometry, 8) };
  const ranges = { main_mem_output: main(1000, 3136, 'uint8') };
  return { opcode: 0x2002, name: 'KPUConv2D', bodyBytes: 0, ranges, shapes: {}, numbers: {}, conv };
}

function modelOf(last: V4Node): KmodelV4Model {
  const upload: V4Node = {
    ...{ opcode: 0x2001, name: 'KPUUpload', bodyBytes: 0, numbers: {} },
    ranges: {
      input: main(0, 784, 'uint8'),
      output: { memory: 'kpu', dtype: 'uint8', start: 32740 * 64, bytes: 28 * 64 },
    },
    shapes: { in_shape: [1, 1, 28, 28] },
  };
  const file: KmodelV4 = {
    ...{ version: 4, target: 1, constantBytes: 0, mainBytes: 20000 },
    inputs: [{ ...main(0, 784, 'uint8'), shape: [1, 1, 28, 28] }],
    outputs: [main(5000, 12544)],
    nodes: [upload, convNode(), last],
  };
  return { format: 'kmodel', version: 4, name: 'x.kmodel', fileBytes: 1000, file };
}

function node(name: string, opcode: number): V4Node {
  const ranges = { input: main(1000, 3136, 'uint8'), output: main(5000, 12544) };
  return { opcode, name, bodyBytes: 0, ranges, shapes: {}, numbers: {} };
}

describe('a kmodel v4', () => {
  test('is predicted where its nodes are known', () => {
    const { steps, warnings } = predict(modelOf(node('Dequantize', 3)), maixduino);
    expect(steps.map(({ op, unit }) => `${op} ${unit}`)).toEqual([
      ...['kpu.forward core', 'InputCopy core', 'K210Upload core', 'K210Conv kpu', 'K210CopyOut core'],
      'Dequantize core',
    ]);
    expect(warnings[0]).toContain('version 4');
  });

  test.each(['Transpose', 'Unary', 'ResizeImage', 'MemoryCopy', 'TableLookup1D'])(
    'a %s is priced as an estimate, from the loops of nncase',
    (name) => {
      const { steps } = predict(modelOf(node(name, 12)), maixduino);
      expect(steps.at(-1)).toMatchObject({ op: name, unit: 'core', rule: 'kmodel/core' });
      expect(steps.at(-1)!.durationMs).toBeGreaterThan(0);
      const core = maixduino.units.find((unit) => unit.kind === 'core');
      const row = core!.costs.find(({ op }) => op === name);
      expect(row).toMatchObject({
        grade: 'estimated',
        source: expect.stringContaining('nncase 0.2') as string,
      });
    },
  );

  test('what it reads among the constants is written by no node', () => {
    const weights: V4Range = { memory: 'const', dtype: 'float32', start: 0, bytes: 40 };
    const ranges = { input_a: main(1000, 3136), input_b: weights, output: main(5000, 12000) };
    const dense: V4Node = {
      ...{ opcode: 4, name: 'MatMul', bodyBytes: 0, ranges, shapes: {} },
      numbers: { a_rows: 1, a_cols: 784, b_cols: 3000 },
    };
    const { layers } = traceKmodel(modelOf(dense));
    expect(layers.at(-1)).toMatchObject({
      type: 'MatMul',
      inputs: [2],
      taps: 784,
      shape: { h: 1, w: 1, c: 3000 },
    });
  });

  test('place and memory need no price: a node without one is placed, and only its time is missing', () => {
    const model = modelOf(node('Unary', 0x0e));
    const units = maixduino.units.map((unit) =>
      unit.kind === 'core' ? { ...unit, costs: unit.costs.filter(({ op }) => op !== 'Unary') } : unit,
    );
    const board = { ...maixduino, units };
    expect(placeOn(model, board, {}).layers.at(-1)).toMatchObject({ op: 'Unary', unit: 'core' });
    expect(() => predict(model, board)).toThrow(/^no cost for op 2 \(Unary\) on unit "core"/);
  });

  test('shapes that no work follows from are refused with their node', () => {
    const shapes = { in_shape: [1, -2, 3, 3], out_shape: [1, 4, 6, 6] };
    const numbers = { groups: 1, filter_h: 2, filter_w: 2 };
    const bad: V4Node = { ...node('Conv2DTranspose', 0x13), shapes, numbers };
    expect(() => traceKmodel(modelOf(bad))).toThrow(
      'x.kmodel: node 2 (Conv2DTranspose): its shapes hold no work that can be counted; the file is damaged',
    );
  });

  // 2 channels of 3 x 3 to 4 of 6 x 6 by windows of 2 x 2: each of 18 elements adds a window to 4 channels.
  test('a transposed convolution is counted by the windows that it adds, a small program by what it runs', () => {
    const ranges = { input: main(1000, 72), output: main(5000, 576) };
    const shapes = { in_shape: [1, 2, 3, 3], out_shape: [1, 4, 6, 6] };
    const numbers = { groups: 1, filter_h: 2, filter_w: 2 };
    const base = { bodyBytes: 0, ranges };
    const countsOf = (last: V4Node) => {
      const { layers } = traceKmodel(modelOf(last));
      return layerWork(layers.at(-1)!, [layers.at(-2)!]).counts;
    };
    const transposed = countsOf({ ...base, opcode: 0x13, name: 'Conv2DTranspose', shapes, numbers });
    expect(transposed).toMatchObject({ windows: 18 * 4, taps: 18 * 4 * 4 });
    const program = countsOf({
      ...{ ...base, opcode: 0x14, name: 'NnilUnaryMethod', shapes: {} },
      numbers: { instructions: 5, functions: 1 },
    });
    expect(program).toMatchObject({ taps: 144 * 5, functions: 144 });
  });

  test('a node that nncase 0.2 does not have is named by its opcode', () => {
    expect(() => predict(modelOf(node('unknown', 0x77)), maixduino)).toThrow(
      'x.kmodel: node 2 has the opcode 0x77, which nncase 0.2 does not have',
    );
  });
});
