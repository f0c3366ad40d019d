import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeExtra, extraModel } from '../../../test/support/extra-models.ts';
import { goldenBytes } from '../../../test/support/goldens.ts';
import { boardById, maixduino } from '../../boards/index.ts';
import { withPriors } from '../../boards/board/calibrated.ts';
import { withConstants } from '../../boards/board/constant-paths.ts';
import { withSettings } from '../../boards/settings/all-settings.ts';
import { K210_FACE } from '../../calibrate/measurements/k210-layers.ts';
import { writeKmodel } from '../../models/formats/kmodel/write.ts';
import type { KmodelModel } from '../../models/formats/kmodel/kmodel-model.ts';
import { loadKmodel } from '../../files/kmodel.ts';
import type { Model } from '../../models/formats/model.ts';
import { readKmodel } from '../../models/formats/kmodel/read.ts';
import type { KmodelFile } from '../../models/formats/kmodel/file.ts';
import type { KmodelLayer } from '../../models/formats/kmodel/layers.ts';
import { loadTrainedPaperCnn } from '../../training/paper/trained-paper.ts';
import { buildGraph } from '../../files/spec-graphs.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { drawnImages, withDrawnWeights } from '../../models/specs/synthetic-weights.ts';
import { predict } from '../../simulate/predict.ts';
import { convertToKmodel, type ConvertOptions } from './convert-to-kmodel.ts';
import { traceKmodel } from './kmodel-network.ts';

const extra = (name: string) => loadKmodel(readFileSync(extraModel(`kmodel/${name}`)), name);

function converted(filters: number, side = 14, options: ConvertOptions = {}): Uint8Array {
  const graph = withDrawnWeights(paperCnn({ filters, side }));
  return convertToKmodel(graph, drawnImages(side * side, 2), options).bytes;
}

describe('a kmodel is the program that its network would become', () => {
  const sizes = [
    [14, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    [64, [2]],
  ] as const;

  test.each(sizes.flatMap(([side, counts]) => counts.map((filters) => [filters, side] as const)))(
    '%i filters on %i pixels: the same steps, latency, interval and trace',
    (filters, side) => {
      const model = loadKmodel(converted(filters, side), 'x.kmodel');
      const [own, network] = [model, paperCnn({ filters, side })].map((one) => predict(one, maixduino));
      const { latencyMs, reportedMs, traceHash } = network;
      expect(own).toMatchObject({ latencyMs, reportedMs, traceHash });
      const work = ({ steps }: typeof own) =>
        steps.map(({ op, unit, macs, loadBytes, storeBytes }) => ({ op, unit, macs, loadBytes, storeBytes }));
      expect(work(own)).toEqual(work(network));
      expect(own.memory).toEqual(network.memory);
    },
  );

  test('a Dense that was left on the core by option says so, a large one gives its rule', async () => {
    const { graph } = await loadTrainedPaperCnn(3);
    const { bytes } = convertToKmodel(graph, drawnImages(196, 2), { floatFc: true });
    const rules = [bytes, converted(6)].map((file) => {
      const { placement } = predict(loadKmodel(file, 'x.kmodel'), maixduino);
      return placement.find(({ op }) => op === 'FullyConnected')?.rule;
    });
    expect(rules).toEqual(['kmodel/float-fc', 'ncc/dense-over-1024']);
  });

  test('what lies between KPU layers has the reasons of the converter', () => {
    const [file, spec] = [loadKmodel(converted(5), 'x.kmodel'), paperCnn({ filters: 5 })].map((model) =>
      predict(model, maixduino).steps.filter(({ op }) => op !== 'K210Conv'),
    );
    const told = (steps: typeof file) => steps.map(({ op, rule, reason: why }) => [op, rule, why]);
    expect(told(file)).toEqual(told(spec));
  });

  test('channelwise output costs what the plain one does', () => {
    const model = loadKmodel(converted(4, 14, { channelwiseOutput: true }), 'x.kmodel');
    expect(predict(model, maixduino).latencyMs.value).toBe(
      predict(paperCnn({ filters: 4 }), maixduino).latencyMs.value,
    );
  });
});

/** Steps of a prediction at the clocks of the published times. */
function stepsAt400MHz(model: Model) {
  const clocks = new Map([
    ['clocks.core.hz', 400e6],
    ['clocks.kpu.hz', 400e6],
  ]);
  return predict(model, withConstants(withPriors(maixduino), clocks)).steps;
}

/** Ms of the 22 first KPU layers, which were published as 12.00. */
const firstLayersMs = (model: Model): number =>
  stepsAt400MHz(model)
    .filter(({ op }) => op === 'K210Conv')
    .slice(0, 22)
    .reduce((sum, { durationMs }) => sum + durationMs, 0);

const kpuLayers = (model: Model) =>
  traceKmodel(model as KmodelModel).layers.flatMap(({ kpu }) => (kpu ? [{ ...kpu }] : []));

describe('files that ncc 0.1.0-rc5 wrote', () => {
  const upload = ['kpu.forward', 'K210Upload'];
  const padded = ['Quantize', 'K210AddPadding', 'K210Conv', 'K210CopyOut', 'K210RemovePadding', 'Dequantize'];

  test.each<[string, string[]]>([
    ['06_maxpool2x2s1', [...upload, 'K210Conv', 'K210Conv', 'K210CopyOut', 'Dequantize']],
    [
      'gap_conv1x1_softmax',
      [
        ...[...upload, 'K210Conv', 'K210CopyOut', 'Dequantize', 'GlobalAveragePool2d'],
        ...[...padded, 'TensorflowFlatten', 'Softmax'],
      ],
    ],
    [
      '25_pool_first',
      [
        'kpu.forward',
        'InputCopy',
        'MaxPool2d',
        'Quantize',
        'K210Upload',
        'K210Conv',
        'K210CopyOut',
        'Dequantize',
      ],
    ],
    ['reshape_minus1', [...upload, 'K210Conv', 'K210CopyOut', 'Dequantize', 'TensorflowFlatten', ...padded]],
  ])('%s is copied out once a result that the core reads: %j', (name, ops) => {
    const board = withSettings(maixduino, { 'maixpy.unrunnable': 'estimate' });
    const { steps } = predict(loadKmodel(goldenBytes(`rc5/${name}.kmodel`), name), board);
    expect(steps.map(({ op }) => op)).toEqual(ops);
  });
});

describe("Sipeed's face detector, its layers with drawn weights", () => {
  const [dw, pool] = ['depthwise 3x3 same relu', 'maxpool 2'];
  const pw = (filters: number): string => `conv ${filters} 1x1 same relu`;
  const layers = [
    ...['conv 16 3x3 same relu', pool, dw, pw(32), pool, dw, pw(64), dw, pw(64), pool, dw, pw(128)],
    ...[dw, pw(128), pool, dw, pw(256), ...[1, 2, 3, 4].flatMap(() => [dw, pw(256)]), dw, 'conv 30 1x1 same'],
  ];
  const graph = withDrawnWeights(buildGraph({ input: [240, 320, 3], layers }));
  const { bytes } = convertToKmodel(graph, drawnImages(240 * 320 * 3, 1));
  const model = loadKmodel(bytes, 'face.kmodel');

  test('it becomes the 388,776 bytes and the layers whose times were published', () => {
    expect(bytes).toHaveLength(388_776);
    expect(kpuLayers(model)).toEqual(K210_FACE.layers.map(({ layer }) => layer));
  });

  test('at 400 and 400 MHz its 22 first KPU layers take the published 12.00 ms within 1 %', () => {
    expect(Math.abs(firstLayersMs(model) / 12.0 - 1)).toBeLessThan(0.01);
  });

  test('its maps lie in 15360 lines and 45,000 bytes at most', () => {
    const { plan } = traceKmodel(model);
    expect([plan.kpuBytes, plan.mainBytes]).toEqual([15360 * 64, 45000]);
  });
});

describeExtra("the vendor's and Sipeed's kmodels", () => {
  test('mnist.kmodel: upload, two layers on the KPU, copied out once, and a small Dense there', () => {
    const { steps } = predict(extra('mnist.kmodel'), maixduino);
    expect(steps.map(({ op }) => op)).toEqual([
      ...['kpu.forward', 'K210Upload', 'K210Conv', 'K210Conv', 'K210CopyOut', 'Dequantize'],
      ...['TensorflowFlatten', 'FullyConnected', 'Quantize', 'K210AddPadding', 'K210Conv', 'K210CopyOut'],
      ...['K210RemovePadding', 'Dequantize', 'Softmax'],
    ]);
  });

  test('iris.kmodel takes floats and no KPU', () => {
    expect(() => predict(extra('iris.kmodel'), maixduino)).toThrow('whose first layer is K210Conv');
    const { steps } = predict(extra('iris.kmodel'), withSettings(maixduino, { 'maixpy.kernels': 'sdk' }));
    expect(steps.map(({ op }) => op)).toEqual([
      'kpu.forward',
      'InputCopy',
      'FullyConnected',
      'FullyConnected',
    ]);
  });

  test('facedetect.kmodel has the layers whose times were published', () => {
    expect(kpuLayers(extra('facedetect.kmodel'))).toEqual(K210_FACE.layers.map(({ layer }) => layer));
  });

  test('facedetect.kmodel at 400 and 400 MHz: its 22 first KPU layers take the published 12.00 ms within 1 %', () => {
    expect(Math.abs(firstLayersMs(extra('facedetect.kmodel')) / 12.0 - 1)).toBeLessThan(0.01);
  });

  test('facedetect.kmodel holds the maps that its author planned: 15360 lines at most', () => {
    const { plan } = traceKmodel(extra('facedetect.kmodel'));
    expect([plan.maxStartAddress, plan.kpuBytes, plan.mainBytes]).toEqual([17408, 15360 * 64, 45000]);
  });
});

describe('what cannot run is one line', () => {
  const file = readKmodel(converted(2));
  const predictFile = (changed: KmodelFile) => () =>
    predict(loadKmodel(writeKmodel(changed), 'x'), maixduino);
  const withLayer = (index: number, change: (layer: KmodelLayer) => KmodelLayer): KmodelFile => ({
    ...file,
    layers: file.layers.map((layer, at) => (at === index ? change(layer) : layer)),
  });
  const withWords = (words: object) =>
    withLayer(0, (layer) => {
      const { tail } = layer as KmodelLayer & { type: 'K210Conv' };
      return { ...layer, tail: { ...tail, words: { ...tail.words, ...words } } } as KmodelLayer;
    });

  test.each<[string, KmodelFile, string]>([
    [
      'maps under 4x4',
      withWords({ image_size: { i_row_wid: 2, i_col_high: 2, o_row_wid: 2, o_col_high: 2 } }),
      'x: layer 0 (K210Conv): maps of 3x3 to 3x3; the KPU needs at least 4x4',
    ],
    [
      'maps past the end of KPU memory',
      withWords({ image_addr: { image_src_addr: 32754, image_dst_addr: 32760 } }),
      'x: layer 0 (K210Conv): its maps end at 32774 of the 2 MiB of KPU memory (lines), which end at 32768',
    ],
    [
      'an input that nothing wrote',
      withLayer(1, (layer) => ({ ...layer, main_mem_in_address: 3000 }) as KmodelLayer),
      'x: layer 1 (Dequantize): reads byte 3000 of main memory, which no layer before it has written',
    ],
    [
      'results past the end of main memory',
      { ...file, main_mem_usage: 1000 },
      "its maps end at 1960 of the file's main memory (bytes), which end at 1000",
    ],
  ])('%s', (_, changed, message) => {
    expect(predictFile(changed)).toThrow(message);
  });

  test('a table of bytes in their way has its price', () => {
    const requantized = withLayer(1, ({ flags }) => ({
      ...{ type: 'Requantize', flags, main_mem_in_address: 0, main_mem_out_address: 392, count: 392 },
      tail: new Uint8Array(256),
    }));
    const { steps } = predict(loadKmodel(writeKmodel(requantized), 'x'), maixduino);
    const { durationMs } = steps.find(({ op }) => op === 'Requantize')!;
    // 17 cycles of 400 MHz an element, 392 elements.
    expect(durationMs).toBeCloseTo((392 * 17) / 400_000, 3);
  });

  test('over 64 parameter loads', () => {
    const big = readKmodel(converted(80));
    const [conv, ...rest] = big.layers as [KmodelLayer & { type: 'K210Conv' }, ...KmodelLayer[]];
    const channels = { ...conv.tail.words.image_channel_num, o_ch_num_coef: 0 };
    const words = { ...conv.tail.words, image_channel_num: channels };
    const changed = { ...big, layers: [{ ...conv, tail: { ...conv.tail, words } }, ...rest] };
    expect(predictFile(changed)).toThrow(
      'x: layer 0 (K210Conv): 80 parameter loads; the KPU does at most 64',
    );
  });

  test('weights in other loads are priced and told', () => {
    const [conv] = file.layers as [KmodelLayer & { type: 'K210Conv' }];
    const channels = { ...conv.tail.words.image_channel_num, o_ch_num_coef: 0 };
    const { warnings } = predict(
      loadKmodel(writeKmodel(withWords({ image_channel_num: channels })), 'x'),
      maixduino,
    );
    expect(warnings).toEqual([expect.stringContaining('1 KPU layers fetch their weights in other loads')]);
  });

  test('a board without a KPU, and an option of the converter', () => {
    const model = loadKmodel(converted(2), 'x.kmodel');
    expect(() => predict(model, boardById('openmv-h7-plus'))).toThrow(
      'x.kmodel: is a kmodel, which runs only beside a KPU; board "openmv-h7-plus" takes .tflite files',
    );
    expect(() => predict(model, maixduino, { floatFc: true })).toThrow(
      '--float-fc is an option of the converter',
    );
  });
});
