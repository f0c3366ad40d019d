import { describe, expect, test } from 'vitest';
import { runJson } from './support/run-command.ts';
import { schemaErrors } from './support/schemas.ts';
import { tempFolder } from './support/temp-folder.ts';

interface Overlay {
  readonly format: string;
  readonly rows: { op: string; nodes: number[]; measuredMs: number }[];
  readonly layers: {
    name: string;
    predictedMs: number;
    lowMs: number;
    highMs: number;
    cause: string | null;
  }[];
  readonly measuredMs: number;
  readonly commonRatio: number;
}

const folder = tempFolder();
let count = 0;
const logOf = (...lines: string[]) => folder.write(`log-${count++}.txt`, lines.join('\n'));
const spec = (name: string, input: number[], layers: string, dtype: string) =>
  folder.write(`${name}.json`, JSON.stringify({ name, input, layers, dtype }));
const overlay = (...line: string[]) => runJson<Overlay>('overlay', ...line);
const DIGITS = ['-b', 'nucleo-l4r5zi'];

/** The network of araobp/stm32-mcu, NUCLEO-F401RE/AI: its shapes and its 950,717 MACC as X-CUBE-AI counts them. */
const hands = spec(
  'hands',
  [32, 32, 1],
  'conv 16 3x3 valid relu | maxpool 2x2 | conv 32 3x3 valid relu | maxpool 2x2 | flatten | dense 3 | softmax',
  'float32',
);
const convs = (count: number, form: string) =>
  spec(`convs-${count}`, [32, 32, 3], new Array<string>(count).fill(form).join(' | '), 'float32');

describe('logs that were posted, with their figures', () => {
  test("X-CUBE-AI's inspector report: a pool counts with the convolution that it is merged into", async () => {
    const log = logOf(
      'Inspector report (layer by layer)',
      ' n_nodes        : 4',
      'Clayer  id  desc                          oshape            ms        ',
      '--------------------------------------------------------------------------------',
      '0       0   10011/(Merged Conv2d / Pool)  (10, 15, 15, 16)  31.126    ',
      '1       2   10011/(Merged Conv2d / Pool)  (10, 6, 6, 32)    67.844    ',
      '2       6   10005/(Dense)                 (10, 1, 1, 3)     0.425     ',
      '3       6   10014/(Softmax)               (10, 1, 1, 3)     0.010     ',
      '                                                            99.405 (total)',
    );
    const found = await overlay(hands, log, '-b', 'stm32f401');
    const { format, rows, measuredMs, layers } = found;
    expect(schemaErrors('overlay', found)).toEqual([]);
    for (const { lowMs, predictedMs, highMs } of layers) {
      expect(lowMs).toBeLessThan(predictedMs);
      expect(highMs).toBeGreaterThan(predictedMs);
    }
    expect(format).toBe('X-CUBE-AI, inspector report');
    expect(rows.map(({ nodes }) => nodes)).toEqual([[0, 1], [2, 3, 4], [5], [6]]);
    expect(measuredMs).toBeCloseTo(99.405, 9);
  });

  // ronan-lebas/ML-on-MCU, reports/20250611-120913: ST Edge AI Core 2.0 on an STM32L4x6 at 80 MHz, and the network that it prints.
  test("ST Edge AI's time per node: pools with their convolutions, what lies between nodes left out", async () => {
    const words = spec(
      'words',
      [40, 51, 1],
      'conv 32 3x3 same relu | conv 32 3x3 same relu | maxpool 2x2 | conv 64 3x3 same relu | conv 64 3x3 same relu | ' +
        'avgpool 20x25 | flatten | dense 32 relu | dense 8',
      'int8',
    );
    const nodes: readonly (readonly [mId: number, type: string, ms: string, cycles: string])[] = [
      [18, 'Conv2D (0x103)', '49.507', '3,960,555'],
      [24, 'Conv2dPool (0x109)', '494.904', '39,592,337'],
      [27, 'Conv2D (0x103)', '229.679', '18,374,346'],
      [30, 'Conv2D (0x103)', '518.037', '41,442,975'],
      [33, 'Pool (0x10b)', '3.405', '272,410'],
      [43, 'Dense (0x104)', '0.091', '7,290'],
      [46, 'Dense (0x104)', '0.035', '2,816'],
    ];
    const share = (ms: string) => `${((100 * Number(ms)) / 1295.659).toFixed(1)}%`;
    const log = logOf(
      '   Inference time per node ',
      '   c_id    m_id   type                   dur (ms)       %    cumul  CPU cycles        name ',
      ...nodes.map(
        ([mId, type, ms, cycles], at) =>
          `   ${at}       ${mId}     ${type.padEnd(20)} ${ms.padStart(9)}   ${share(ms)}     0.0%  [ ${cycles} ]   ai_node_${at} `,
      ),
      '   n/a     n/a    Inter-nodal               0.000    0.0%   100.0%                    n/a ',
      '   total                                 1295.659                   [ 103,652,729 ] ',
    );
    const { format, rows, measuredMs, commonRatio } = await overlay(words, log, '-b', 'stm32l476g-disco');
    expect(format).toBe('ST Edge AI, inference time per node');
    expect(rows.map((row) => row.nodes)).toEqual([[0], [1, 2], [3], [4], [5, 6], [7], [8]]);
    expect(measuredMs).toBeCloseTo(1295.658, 9);
    // Other kernels on another chip of the family: ours are within the factor that its boards differ by.
    expect(commonRatio).toBeGreaterThan(0.25);
    expect(commonRatio).toBeLessThan(4);
  });

  // The loop of aiSystemPerformance.c (X-CUBE-AI 7 and 8) prints these columns; the figures are those of the posted network above it.
  test("X-CUBE-AI's time by c-node, and that of its TensorFlow Lite Micro", async () => {
    const ms = ['31.126', '67.844', '0.425', '0.010'];
    const ours = ['CONV2D_POOL', 'CONV2D_POOL', 'DENSE', 'SOFTMAX'].map(
      (op, at) => ` ${at}     ${op.padEnd(20)}${at}       ${ms[at]!.padStart(10)}  31.30 %`,
    );
    const tflm = ['CONV_2D', 'CONV_2D', 'FULLY_CONNECTED', 'SOFTMAX'].map(
      (op, at) => ` ${at}     ${op.padEnd(25)}${ms[at]!.padStart(10)}  31.30 %`,
    );
    for (const lines of [ours, tflm]) {
      const log = logOf(
        ' Inference time by c-node',
        ' c_id  type                id       time (ms)',
        ...lines,
      );
      const { format, measuredMs } = await overlay(hands, log, '-b', 'stm32f401');
      expect(format).toBe('X-CUBE-AI, inference time by c-node');
      expect(measuredMs).toBeCloseTo(99.405, 9);
    }
  });

  // kendryte/nncase, issue 96: six convolutions on a K210; the network itself is not told, any of six has such layers.
  test('nncase 0.2: layers by name, their sum left out', async () => {
    const ms = [0.211, 0.269, 0.099, 0.098, 0.099, 6.69];
    const log = logOf(
      ...ms.map((one) => `KPUConv2D: | ${one.toFixed(6)}ms`),
      'Dequantize: | 2.341000ms',
      'Total: | 9.807000ms',
    );
    const { format, rows, measuredMs } = await overlay(
      convs(6, 'conv 8 3x3 same relu'),
      log,
      '-b',
      'maixduino',
    );
    expect(format).toBe('nncase 0.2, layer by layer');
    expect(rows.map((row) => row.measuredMs)).toEqual([...ms.slice(0, 5), expect.closeTo(6.69 + 2.341, 9)]);
    expect(measuredMs).toBeCloseTo(9.807, 9);
  });

  // kendryte/nncase, issue 77: the last layers of a detector and the sums behind them.
  test('nncase 0.1: layers by number, sums of units left out', async () => {
    const log = logOf(
      'layer 20 [K210Conv]: 1.521000 ms',
      'layer 21 [K210Conv]: 0.025000 ms',
      'layer 22 [K210Conv]: 0.326000 ms',
      'layer 23 [Dequantize]: 0.404000 ms',
      'KPU: 12.328000 ms',
      'CPU: 0.404000 ms',
      'Model: 12.732000 ms',
    );
    const { rows } = await overlay(convs(3, 'conv 8 3x3 same relu'), log, '-b', 'maixduino');
    expect(rows.map((row) => row.measuredMs)).toEqual([1.521, 0.025, expect.closeTo(0.326 + 0.404, 9)]);
    expect(rows.at(-1)!.op).toBe('K210Conv + Dequantize');
  });

  // pytorch/executorch, issue 4504: nanoseconds of XNNPACK under a heading of milliseconds; its delegate took 28.1 ms.
  test("ExecuTorch's Inspector: a delegate's nanoseconds, without its own transposes", async () => {
    const log = logOf(
      '  | event_block_name | event_name | raw | p10 (ms)',
      '-- | -- | -- | -- | --',
      '0 | Default | Method::init | [18.762083] | 18.76208',
      '1 | Default | Program::load_method | [18.774635] | 18.77464',
      '2 | Execute | Transpose (ND, X32) #1 | [1172000.0] | 1172000',
      '3 | Execute | Convolution (NHWC, F32) IGEMM #1 | [802000.0] | 802000',
      '4 | Execute | Convolution (NHWC, F32) DWConv #1 | [439000.0] | 439000',
      '5 | Execute | Convolution (NHWC, F32) GEMM #1 | [357000.0] | 357000',
      '6 | Execute | Convolution (NHWC, F32) GEMM #2 | [911000.0] | 911000',
      '7 | Execute | DELEGATE_CALL | [28.1] | 28.1',
    );
    const layers = 'conv 8 3x3 same relu | depthwise 3x3 same relu | conv 8 1x1 relu | conv 16 1x1 relu';
    const model = spec('separable', [32, 32, 3], layers, 'float32');
    const { format, rows } = await overlay(model, log, ...DIGITS);
    expect(format).toBe('ExecuTorch Inspector');
    expect(rows.map(({ op, nodes }) => [/[A-Z]*(?= #)/.exec(op.replace('DWConv', 'DW'))![0], nodes])).toEqual(
      [
        ['IGEMM', [0]],
        ['DW', [1]],
        ['GEMM', [2]],
        ['GEMM', [3]],
      ],
    );
    expect(rows.map((row) => row.measuredMs)).toEqual([0.802, 0.439, 0.357, 0.911]);
  });
});
