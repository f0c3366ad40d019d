import { describe, expect, test } from 'vitest';
import { goldenBytes } from '../../../test/support/goldens.ts';
import { createExecutor } from '../../kernels/execute/executor.ts';
import { createKmodelRunner } from '../../kernels/kpu/run-kmodel.ts';
import { buildGraph } from '../../models/specs/builder.ts';
import { elementCount, type Graph } from '../../models/graph/graph.ts';
import { readKmodel } from '../../models/formats/kmodel/read.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { seededFractions } from '../../models/specs/synthetic-weights.ts';
import { readTflite } from '../../files/tflite.ts';
import { normalize, UNIT_RANGE } from './calibrate-ranges.ts';
import { convertToKmodel, type ConvertOptions } from './convert-to-kmodel.ts';

/** A spec's network with drawn weights, the smaller the more inputs there are, and small positive biases. */
function withWeights(graph: Graph, seed = 1): Graph {
  const draw = seededFractions(seed);
  const tensors = graph.tensors.map((tensor) => {
    if (!tensor.isConstant || tensor.data) return tensor;
    const fanIn = tensor.shape.length === 1 ? 0 : elementCount(tensor.shape) / tensor.shape[0];
    const values = Float32Array.from({ length: elementCount(tensor.shape) }, () =>
      fanIn === 0 ? 0.2 * draw() : (2 * draw() - 1) * Math.sqrt(3 / fanIn),
    );
    return { ...tensor, data: new Uint8Array(values.buffer) };
  });
  return { ...graph, tensors };
}

function drawImages(graph: Graph, count: number, seed = 7): Uint8Array[] {
  const draw = seededFractions(seed);
  const pixels = elementCount(graph.tensors[graph.inputs[0]].shape);
  return Array.from({ length: count }, () => Uint8Array.from({ length: pixels }, () => 256 * draw()));
}

/**
 * What docs/hardware/k210.md#its-kmodels lists of the vendor's files; addresses are the first convolution's result,
 * then each layer's input and result.
 */
type Row = readonly [
  filters: number,
  bytes: number,
  main: number,
  output: number,
  addresses: readonly number[],
  bodies: readonly number[],
];
const TABLE: readonly Row[] = [
  [
    1,
    3256,
    1768,
    1728,
    [0, 0, 200, 200, 984, 984, 784, 784, 1608, 1608, 1592, 1592, 1728],
    [556, 24, 24, 24, 16, 2472, 16, 24],
  ],
  [
    2,
    5304,
    3528,
    3488,
    [0, 0, 392, 392, 1960, 1960, 1568, 1568, 3368, 3368, 3352, 3352, 3488],
    [556, 24, 24, 24, 16, 4520, 16, 24],
  ],
  [
    3,
    7096,
    5296,
    5256,
    [0, 0, 592, 592, 2944, 2944, 2352, 2352, 5136, 5136, 5120, 5120, 5256],
    [556, 24, 24, 24, 16, 6312, 16, 24],
  ],
  [
    4,
    9144,
    7056,
    7016,
    [0, 0, 784, 784, 3920, 3920, 3136, 3136, 6896, 6896, 6880, 6880, 7016],
    [556, 24, 24, 24, 16, 8360, 16, 24],
  ],
  [
    5,
    11192,
    8824,
    8784,
    [0, 0, 984, 984, 4904, 4904, 3920, 3920, 8664, 8664, 8648, 8648, 8784],
    [556, 24, 24, 24, 16, 10408, 16, 24],
  ],
  [6, 47808, 10584, 5840, [0, 0, 1176, 1176, 5880, 5880, 5840], [588, 24, 24, 47104]],
  [7, 55648, 12352, 6824, [0, 0, 1376, 1376, 6864, 6864, 6824], [588, 24, 24, 54944]],
  [8, 63488, 14112, 7800, [0, 0, 1568, 1568, 7840, 7840, 7800], [588, 24, 24, 62784]],
  [9, 71328, 15880, 8784, [0, 0, 1768, 1768, 8824, 8824, 8784], [588, 24, 24, 70624]],
  [10, 79168, 17640, 9760, [0, 0, 1960, 1960, 9800, 9800, 9760], [588, 24, 24, 78464]],
];
const PADDED_LINES = [32572, 32376, 32180, 31984, 31788];

/** Addresses in main memory of each layer in the file, input before output. */
function mainAddresses(bytes: Uint8Array): number[] {
  return readKmodel(bytes).layers.flatMap((layer) => {
    const { main_mem_in_address: input, main_mem_out_address: output } = layer as unknown as Record<
      string,
      number
    >;
    const addresses = layer.type === 'K210Conv' ? [output] : [input, output];
    return addresses.filter((address) => address !== undefined) as number[];
  });
}

function facts(graph: Graph) {
  const converted = convertToKmodel(graph, drawImages(graph, 2));
  const file = readKmodel(converted.bytes);
  const padded = file.layers.find(({ type }) => type === 'K210AddPadding');
  const convs = file.layers.flatMap((layer) =>
    layer.type === 'K210Conv' ? [layer.tail.words.image_addr] : [],
  );
  return {
    bytes: converted.bytes.length,
    main: [converted.mainMemoryBytes, file.main_mem_usage],
    output: [converted.outputAddress, file.outputs],
    addresses: mainAddresses(converted.bytes),
    bodies: converted.bodyBytes,
    lines: [
      convs.map(({ image_src_addr }) => image_src_addr),
      convs.map(({ image_dst_addr }) => image_dst_addr),
    ],
    padded: (padded as { kpu_mem_out_address?: number } | undefined)?.kpu_mem_out_address,
    lowest: file.max_start_address,
  };
}

function expectedFacts([filters, bytes, main, output, addresses, bodies]: Row) {
  const padded = PADDED_LINES[filters - 1];
  return {
    bytes,
    main: [main, main],
    output: [output, [{ address: output, bytes: 40 }]],
    addresses,
    bodies,
    lines:
      padded === undefined
        ? [[32754], [0]]
        : [
            [32754, padded],
            [0, 0],
          ],
    padded,
    lowest: 0,
  };
}

describe('the reference CNN, as the vendor converted it', () => {
  test.each(TABLE)(
    '%i filters: %i bytes, %i of main memory, output at %i, every address and body',
    (...row) => {
      expect(facts(withWeights(paperCnn({ filters: row[0] })))).toEqual(expectedFacts(row));
    },
  );

  test.each(TABLE)('%i filters, from a .tflite: the same', (...row) => {
    const name = `paper-float_f${row[0]}_k3.tflite`;
    const graph = readTflite(goldenBytes(`paper/${name}`), name);
    expect(facts(graph)).toEqual(expectedFacts(row));
  });
});

/** [y][x][c] as [c][y][x]. */
function planar<T extends Uint8Array | Float32Array>(values: T, shape: readonly number[]): T {
  const c = shape.length === 4 ? shape[3] : 1;
  const pixels = values.length / c;
  return values.map((_, at) => values[(at % pixels) * c + Math.floor(at / pixels)]) as T;
}

/**
 * Largest difference between kmodel and float network, in parts of the largest output. Each image calibrates its own
 * kmodel: the moving range of ncc follows the first image and clips what another one has beyond it.
 */
function largestError(graph: Graph, options: ConvertOptions = {}): number {
  const executor = createExecutor(graph);
  const [input, output] = [graph.tensors[graph.inputs[0]], graph.tensors[graph.outputs[0]]];
  const errors = drawImages(graph, 3).map((image) => {
    const runner = createKmodelRunner(readKmodel(convertToKmodel(graph, [image], options).bytes));
    const values = normalize(image, options.normalization ?? UNIT_RANGE);
    const expected = planar(executor.run([values])[0] as Float32Array, output.shape);
    const got = runner.run(planar(image, input.shape))[0];
    const largest = Math.max(...expected.map(Math.abs));
    return Math.max(...expected.map((value, at) => Math.abs(value - got[at]))) / largest;
  });
  return Math.max(...errors);
}

const build = (layers: string, input = [16, 16, 3]): Graph => withWeights(buildGraph({ input, layers }));

// 8 bits a value leave about 1/255 a layer; a wrong layout, bias or table is off by far more.
describe('a converted network computes what the float network computes, within the 8 bits', () => {
  test.each<[string, Graph, ConvertOptions, number]>([
    ['Dense on the KPU', withWeights(paperCnn({ filters: 4 })), {}, 0.03],
    ['Dense on the core', withWeights(paperCnn({ filters: 8 })), {}, 0.02],
    ['--float-fc', withWeights(paperCnn({ filters: 4 })), { floatFc: true }, 0.02],
    [
      'inputs from -1 to 1',
      withWeights(paperCnn({ filters: 8 })),
      { normalization: { mean: 0.5, std: 0.5 } },
      0.02,
    ],
    [
      'three channels, pooled twice',
      build('conv 8 3x3 same relu | maxpool 2 | conv 8 3x3 same relu | avgpool 2 | flatten | dense 10'),
      {},
      0.04,
    ],
    [
      'depthwise and 1x1',
      build('conv 8 3x3 same relu | depthwise 3x3 same relu | conv 12 1x1 same relu | flatten | dense 4'),
      { floatFc: true },
      0.05,
    ],
    ['a linear convolution', build('conv 8 3x3 same | flatten | dense 4'), { floatFc: true }, 0.03],
    [
      'a residual sum',
      build(
        'conv 8 3x3 same relu name=stem | conv 8 3x3 same | add with=stem | conv 8 3x3 same relu | flatten | dense 4',
      ),
      { floatFc: true },
      0.05,
    ],
    [
      '--channelwise-output',
      build('conv 8 3x3 same relu | conv 5 1x1 same'),
      { channelwiseOutput: true },
      0.03,
    ],
    [
      'global average and softmax',
      build('conv 8 3x3 same relu | globalavgpool | dense 4 | softmax'),
      { floatFc: true },
      0.03,
    ],
  ])('%s', (_, graph, options, bound) => {
    expect(largestError(graph, options)).toBeLessThan(bound);
  });

  test('a leaky relu, its negative part in 14 segments: maps within two steps of their 255', () => {
    expect(largestError(build('conv 8 3x3 same | leakyrelu alpha=0.1'))).toBeLessThan(2 / 255);
  });
});

describe('what cannot be converted', () => {
  const images = (graph: Graph): Uint8Array[] => drawImages(graph, 1);

  test.each<[string, Graph, string]>([
    [
      'a spec without weights',
      paperCnn({ filters: 1 }),
      'are unknown (a spec gives shapes only); train it or pass a .tflite',
    ],
    [
      'an int8 model',
      paperCnn({ filters: 1, dtype: 'int8' }),
      'input conv2d_input is int8, and ncc 0.1 converts float32 models only',
    ],
    [
      'a 5x5 kernel',
      withWeights(paperCnn({ filters: 1, kernel: 5 })),
      'op 0 (CONV_2D) on unit "core": ncc 0.1.0-rc5 refuses the model with "Layer Conv2d is not supported"; ' +
        'the KPU has only 1x1 and 3x3 kernels and this one is 5x5',
    ],
  ])('%s: one line says so', (_, graph, message) => {
    expect(() => convertToKmodel(graph, images(graph))).toThrow(message);
  });

  test('images that do not fit', () => {
    const graph = withWeights(paperCnn({ filters: 1 }));
    expect(() => convertToKmodel(graph, [])).toThrow('calibration needs at least one image');
    expect(() => convertToKmodel(graph, [new Uint8Array(3)])).toThrow(
      'calibration image 0: 3 bytes, the model takes 196',
    );
  });
});
