import { describe, expect, test } from 'vitest';
import { withPriors } from '../../boards/board/calibrated.ts';
import { maixduino } from '../../boards/index.ts';
import { buildGraph } from '../../files/spec-graphs.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { paperCnn, type PaperCnnOptions } from '../../models/specs/paper-cnn.ts';
import type { DeployOptions } from '../options.ts';
import { deployNcc } from './index.ts';

const BEFORE_FIT = withPriors(maixduino);
const deployed = (graph: Graph, options?: DeployOptions) => deployNcc(graph, BEFORE_FIT, options);
const paper = (options: PaperCnnOptions, deploy?: DeployOptions) => deployed(paperCnn(options), deploy);
const stepList = (graph: Graph, options?: DeployOptions): string[] =>
  deployed(graph, options).steps.map(({ op, unit }) => `${op} ${unit}`);
const CONV_PART = [
  'kpu.forward core',
  'K210Upload core',
  'K210Conv kpu',
  'K210CopyOut core',
  'Dequantize core',
  'TensorflowFlatten core',
];

describe('the steps of the reference CNN', () => {
  test('5 filters (980 inputs): the Dense runs on the KPU', () => {
    expect(stepList(paperCnn({ filters: 5 }))).toEqual([
      ...CONV_PART,
      'Quantize core',
      'K210AddPadding core',
      'K210Conv kpu',
      'K210CopyOut core',
      'K210RemovePadding core',
      'Dequantize core',
    ]);
  });

  test('6 filters (1176 inputs): the Dense stays on the core, and the rule says why', () => {
    const program = paper({ filters: 6 });
    expect(program.steps.map(({ op, unit }) => `${op} ${unit}`)).toEqual([
      ...CONV_PART,
      'FullyConnected core',
    ]);
    expect(program.steps.at(-1)!.placement).toEqual({
      rule: 'ncc/dense-over-1024',
      reason:
        'Dense has 1176 inputs and 10 outputs; the converter moves a Dense to the KPU (as 1x1 convolution over 4x4 ' +
        'maps) only up to 1024 inputs and 1024 outputs, so it stays on the CPU in float32',
    });
  });

  test.each([
    [1024, 1024, 'ncc/dense-on-kpu'],
    [1025, 10, 'ncc/dense-over-1024'],
    [10, 1025, 'ncc/dense-over-1024'],
  ])('a Dense of %i inputs and %i outputs is placed by %s', (inputs, outputs, rule) => {
    const graph = buildGraph({ input: [1, 1, inputs], layers: `flatten | dense ${outputs}` });
    const { placement } = deployed(graph).steps.find(
      ({ node, op }) => node === 1 && (op === 'K210Conv' || op === 'FullyConnected'),
    )!;
    expect(placement.rule).toBe(rule);
  });

  test('--float-fc keeps a small Dense on the core', () => {
    const program = paper({ filters: 1 }, { floatFc: true });
    expect(program.steps.at(-1)!.placement.rule).toBe('ncc/dense-float-fc');
  });

  test('copies by DMA where asked for', () => {
    expect(stepList(paperCnn({ filters: 6 }), { copyOut: 'dma' })).toContain('K210CopyOut dma');
  });

  test('rows of 64 bytes are uploaded by the DMA', () => {
    expect(stepList(paperCnn({ filters: 1, side: 64 }))).toContain('K210Upload dma');
  });
});

describe('where a convolution runs', () => {
  test.each([
    [{ filters: 4, kernel: 1 }, 'kpu', 'ncc/conv-on-kpu'],
    [{ filters: 4, kernel: 3 }, 'kpu', 'ncc/conv-on-kpu'],
    [{ filters: 4, kernel: 5 }, 'core', 'ncc/conv-kernel'],
    [{ filters: 4, kernel: 7 }, 'core', 'ncc/conv-kernel'],
    [{ filters: 4, padding: 'VALID' }, 'core', 'ncc/conv-valid'],
    [{ filters: 4, stride: 2 }, 'kpu', 'ncc/conv-on-kpu'],
    [{ filters: 4, stride: 2, side: 15 }, 'core', 'ncc/conv-stride'],
    [{ filters: 4, stride: 3 }, 'core', 'ncc/conv-stride'],
    [{ filters: 4, side: 3 }, 'core', 'ncc/conv-small-map'],
    [{ filters: 1, side: 300 }, 'core', 'ncc/conv-large-map'],
    [{ filters: 1025 }, 'core', 'ncc/conv-channels-over-1024'],
    [{ filters: 1024, channels: 512, side: 4 }, 'core', 'ncc/conv-loads'],
    [{ filters: 64, side: 200 }, 'core', 'ncc/conv-maps-over-2mib'],
  ] as const)('%o: %s, by %s', (options, unit, rule) => {
    const conv = paper(options).steps.find((step) => step.op === 'K210Conv' || step.op === 'CONV_2D')!;
    expect([conv.unit, conv.placement.rule]).toEqual([unit, rule]);
  });

  test('on the core: a sentence says that ncc 0.1 refuses it', () => {
    expect(paper({ filters: 4, kernel: 5 }).warnings).toEqual([
      'op 0 (CONV_2D): ncc 0.1 refuses this model, for kmodel v3 has no convolution for the CPU; predicted as nncase ' +
        '0.2 runs it, a float32 convolution on the CPU',
    ]);
  });

  test('an int8 model is lowered as if it were float32, with a warning', () => {
    const [int8, float32] = (['int8', 'float32'] as const).map((dtype) => paper({ filters: 4, dtype }));
    expect(int8.steps.map(({ op }) => op)).toEqual(float32.steps.map(({ op }) => op));
  });
});

describe('fusion and fallbacks of other layers', () => {
  const network = (layers: string, input = [32, 32, 3]): Graph => buildGraph({ input, layers });
  const kpuLayers = (graph: Graph) =>
    deployed(graph).steps.flatMap(({ kpu }) => (kpu ? [[kpu.outH, kpu.outC, kpu.poolType]] : []));

  test('conv, relu, max pool, conv, average pool: two KPU layers, and one copy out behind them', () => {
    const graph = network(
      'conv 8 3x3 same | relu | maxpool 2 | conv 16 1x1 same relu | avgpool 4 | flatten | softmax',
    );
    expect(kpuLayers(graph)).toEqual([
      [16, 8, 1],
      [4, 16, 4],
    ]);
    expect(stepList(graph).filter((step) => step.startsWith('K210CopyOut'))).toHaveLength(1);
  });

  test('a pool whose result would be under 4x4 stays on the core', () => {
    const graph = network('conv 8 3x3 same relu | avgpool 4 | flatten', [8, 8, 3]);
    expect(kpuLayers(graph)).toEqual([[8, 8, 0]]);
    expect(stepList(graph)).toContain('AveragePool2d core');
  });

  test('the halves of a residual block: one convolution feeds the KPU and the core', () => {
    const graph = network(
      [...['conv 8 3x3 same relu name=stem', 'conv 8 3x3 same', 'add stem', 'conv 8 3x3 same relu']].join(
        ' | ',
      ),
    );
    // Depth first: the block's last convolution before the shortcut that Add reads second.
    expect(stepList(graph).slice(2)).toEqual([
      ...['K210Conv kpu', 'K210CopyOut core', 'K210Conv kpu', 'K210CopyOut core'],
      ...['QuantizedAdd core', 'K210Upload core', 'K210Conv kpu', 'K210CopyOut core', 'Dequantize core'],
    ]);
  });

  test('an operator that kmodel v3 lacks: the error names op, index and unit, and what to do', () => {
    expect(() => deployed(network('conv 8 3x3 same | tanh'))).toThrow(
      'op 1 (TANH) on unit "core": ncc 0.1.0-rc5 refuses the model with "Layer TANH is not supported"; ' +
        'kmodel v3 has no layer for it; use LOGISTIC or RELU',
    );
  });

  test('an output that is a constant: no layer computes it', () => {
    const graph = network('conv 8 3x3 same');
    const weights = graph.nodes[0].inputs[1];
    expect(() => deployed({ ...graph, outputs: [weights] })).toThrow(
      /^output tensor \d+ ".*" of the network is a constant: no layer computes it$/,
    );
  });

  test('a model that starts with a Dense: the runtime does not start it', () => {
    expect(deployed(network('dense 10', [64]))).toMatchObject({
      warnings: [],
      runtimeRefuses:
        'the first layer is K210AddPadding, and MaixPy 0.5 runs only models whose first layer is K210Conv ("first layer not ' +
        'conv layer!"); put a convolution first; --set maixpy.unrunnable=estimate gives what its layers would take',
    });
  });
});

test('the plan names flash, main memory and feature maps with their bytes', () => {
  const { parts, flashBytes } = paper({ filters: 6 }).memory;
  expect(flashBytes).toBe(47808);
  expect(parts.map(({ memory, bytes }) => [memory, bytes])).toEqual([
    ['flash', 47808],
    ['sram', 47808],
    ['sram', 10584],
    ['sram', 4 * (11760 + 10)],
    // Input and output maps together: 14 lines for one channel, 28 for six.
    ['ai-sram', (14 + 28) * 64],
  ]);
});
