import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { runCommand, runJson } from './support/run-command.ts';
import { schemaErrors } from './support/schemas.ts';
import { tempFolder } from './support/temp-folder.ts';

interface Overlay {
  readonly format: string;
  readonly rows: {
    line: number;
    op: string;
    nodes: number[];
    measuredMs: number;
    predictedMs: number;
    cause?: string;
  }[];
  readonly measuredMs: number;
  readonly commonRatio: number;
  readonly commonCause?: string;
}

const folder = tempFolder();
let count = 0;
const logOf = (...lines: string[]) => folder.write(`log-${count++}.txt`, lines.join('\n'));
const spec = (name: string, input: number[], layers: string, dtype = 'int8') =>
  folder.write(`${name}.json`, JSON.stringify({ name, input, layers, dtype }));

const overlay = (...line: string[]) => runJson<Overlay>('overlay', ...line);

/** A network of MNIST as the README of tfmicro-on-litex-vexriscv times it: convolution, pool, reshape, Dense. */
const mnist = spec('mnist', [28, 28, 1], 'conv 12 3x3 valid relu | maxpool 2x2 | flatten | dense 10');
const DIGITS = ['-b', 'nucleo-l4r5zi'];

/** micro_speech as mltk/models/tflite_micro/tflite_micro_speech.py (SiliconLabs/mltk) describes it. */
const speech = spec('speech', [49, 40, 1], 'conv 8 10x8 stride=2 same relu | flatten | dense 4 | softmax');

describe('logs of other programs, with figures that they printed', () => {
  // tfmicro-on-litex-vexriscv, README: four layers of a VexRiscv at 50 MHz, first of its hundred pictures.
  test("TensorFlow Lite Micro's MicroProfiler: ticks become ms by those that stand beside them", async () => {
    const log = logOf(
      "Micro MNIST: it's a 1, should be 1",
      'CONV_2D took 6425608 ticks (128 ms).',
      'MAX_POOL_2D took 826383 ticks (16 ms).',
      'RESHAPE took 45501 ticks (0 ms).',
      'FULLY_CONNECTED took 345974 ticks (6 ms).',
    );
    const found = await overlay(mnist, log, ...DIGITS);
    const { rows } = found;
    expect(schemaErrors('overlay', found)).toEqual([]);
    expect(rows.map(({ line, nodes }) => [line, nodes])).toEqual([
      [2, [0]],
      [3, [1]],
      [4, [2]],
      [5, [3]],
    ]);
    expect(rows[0]!.measuredMs).toBeCloseTo(6425608 / 50e3, 9);
    expect(rows[3]!.measuredMs).toBeCloseTo(345974 / 50e3, 9);
  });

  // SiliconLabs/mltk, tflite_micro_speech.py: 5.4 ms, 270 us, 360 us on the MVP.
  test("Silicon Labs' table: amounts with prefixes, a frame of bars", async () => {
    const log = logOf(
      '+-------+-----------------+--------+------------+------------+----------+',
      '| Index | OpCode          | # MACs | Acc Cycles | CPU Cycles | Time (s) |',
      '+-------+-----------------+--------+------------+------------+----------+',
      '| 0     | conv_2d         | 320.0k | 380.5k     | 85.7k      | 5.4m     |',
      '| 1     | reshape         | 0      | 0          | 20.5k      | 270.0u   |',
      '| 2     | fully_connected | 16.0k  | 24.1k      | 5.1k       | 360.0u   |',
      '+-------+-----------------+--------+------------+------------+----------+',
    );
    const { rows, format } = await overlay(speech, log, '-b', 'xg24-dk2601b');
    expect(format).toBe('Silicon Labs profiler');
    // The softmax has no line of its own: it counts with the Dense.
    expect(rows.map(({ nodes }) => nodes)).toEqual([[0], [1], [2, 3]]);
    expect(rows.map(({ measuredMs }) => measuredMs)).toEqual(
      [5.4, 0.27, 0.36].map((ms) => expect.closeTo(ms, 9)),
    );
  });

  // Arm's MLIA, tests/test_backend_vela_performance.py: two layers of a digit network on an Ethos-U55.
  test("Vela's per-layer CSV: cycles with the rate that is given", async () => {
    const log = logOf(
      'TFLite_operator,NNG Operator,SRAM Usage,Peak%,Op Cycles,Network%,NPU,SRAM AC,MAC Count,Util%,Name',
      'CONV_2D,Conv2DBias,11936,54.65,7312.0,17.64,7312.0,2000.0,73008,3.9,sequential/conv1/Relu;sequential/conv1/Conv2D',
      'MAX_POOL_2D,MaxPool,10944,50.1,2992.0,7.2,1330.0,2992.0,6912,0.9,sequential/max_pooling2d/MaxPool',
    );
    const model = spec('vela', [28, 28, 1], 'conv 12 3x3 valid relu | maxpool 2x2');
    const { rows, format } = await overlay(model, log, ...DIGITS, '--tick-hz', '500MHz');
    expect(format).toBe('Vela, per layer');
    expect(rows.map(({ measuredMs }) => measuredMs)).toEqual([7312 / 500e3, 2992 / 500e3]);
    const { code, err } = await runCommand('overlay', model, log, ...DIGITS);
    expect([code, err]).toEqual([2, expect.stringContaining('give --tick-hz')]);
  });
});

// The lines are as the programs print them (kendryte-standalone-sdk kpu.c with KPU_DEBUG; ExecuTorch's Inspector), their figures
// round; those that were posted are in cli-overlay-posted and cli-overlay-esp-dl.
describe('formats', () => {
  test.each([
    [
      'nncase, layer by layer',
      'examples/models/digits.kmodel',
      'maixduino',
      [
        'layer 0 [K210Conv]: 0.150000 ms',
        'layer 1 [Dequantize]: 0.100000 ms',
        'layer 3 [FullyConnected]: 0.900000 ms',
      ],
      [0.15, 0.1, 0.9],
    ],
    [
      'ExecuTorch Inspector',
      speech,
      'nucleo-l4r5zi',
      [
        '│ event_block_name │ event_name                     │ p50 (ms) │ avg (ms) │',
        '│ Execute          │ Method::execute                │ 7.000    │ 7.100    │',
        '│ Execute          │ quantized_conv2d_nhwc.out      │ 5.500    │ 5.600    │',
        '│ Execute          │ quantized_linear.out           │ 0.400    │ 0.410    │',
        '│ Execute          │ softmax.out                    │ 0.010    │ 0.011    │',
      ],
      [5.5, 0.4, 0.01],
    ],
    ['table', speech, 'nucleo-l4r5zi', ['op,ms', 'conv,5', 'dense,0.5', 'softmax,0.02'], [5, 0.5, 0.02]],
  ])('%s', async (format, model, board, lines, ms) => {
    const found = await overlay(model, logOf(...lines), '-b', board);
    expect(found.format).toBe(format);
    expect(found.rows.map(({ measuredMs }) => measuredMs)).toEqual(ms.map((one) => expect.closeTo(one, 9)));
  });
});

describe('causes', () => {
  interface Document {
    readonly predictions: { readonly steps: { node: number | null; op: string; durationMs: number }[] }[];
  }
  /** A log of what is predicted with other options: what it differs in is known. */
  const logWith = async (scale: number, ...options: string[]) => {
    const { predictions } = await runJson<Document>('predict', mnist, '-b', 'openmv-h7-plus', ...options);
    const own = predictions[0]!.steps.filter(({ node }) => node !== null);
    return logOf('op,ms', ...own.map(({ op, durationMs }) => `${op},${scale * durationMs}`));
  };

  test('layers that are as other kernels would make them say so', async () => {
    const log = await logWith(1, '--kernels', 'tflm-reference');
    const { rows } = await overlay(mnist, log, '-b', 'openmv-h7-plus');
    expect(rows[0]!.cause).toMatch(/^as with kernels of tflm-reference/);
  });

  test('what all layers have in common is told once, as a clock', async () => {
    const { commonRatio, commonCause, rows } = await overlay(mnist, await logWith(2), '-b', 'openmv-h7-plus');
    expect(commonRatio).toBeCloseTo(2, 6);
    expect(commonCause).toContain('a clock of 240 MHz');
    expect(rows.every(({ cause }) => cause === undefined)).toBe(true);
  });

  test('a log that is the prediction has nothing to explain', async () => {
    const found = await overlay(mnist, await logWith(1), '-b', 'openmv-h7-plus');
    expect(
      [found.commonCause, ...found.rows.map(({ cause }) => cause)].every((one) => one === undefined),
    ).toBe(true);
  });
});

test('the picture has a bar of each for every layer; rows for calibrate are of what is fused with them', async () => {
  const log = logOf('op,ms', 'conv,5', 'dense,0.5', 'softmax,0.02');
  const [svg, csv] = ['o.svg', 'o.csv'].map((name) => `${folder.path}/${name}`);
  const { code } = await runCommand('overlay', speech, log, ...DIGITS, '--svg', svg!, '--calibrate', csv!);
  const { document } = parseHTML(readFileSync(svg!, 'utf8'));
  const texts = [...document.querySelectorAll('text')].map(({ textContent }) => textContent);
  expect(code).toBe(0);
  expect(texts).toEqual(expect.arrayContaining(['5.000 ms', '0.5000 ms', '0.0200 ms']));
  expect(readFileSync(csv!, 'utf8').split('\n')[1]).toBe(`${speech},0+1,5`);
});

test.each([
  [
    'of another network',
    ['op,ms', 'conv,5', 'conv,5', 'conv,5', 'dense,1', 'softmax,1'],
    'the log is of another network',
  ],
  ['of a part of the network', ['op,ms', 'dense,1', 'softmax,1'], 'it has no line for CONV_2D (op 0)'],
  ['that is none', ['hello', 'world'], 'holds no layers that a profiler timed'],
  ['with a word for a time', ['op,ms', 'conv,fast'], 'line 2: "conv fast" has no amount'],
])('a log %s is refused in one line', async (_, lines, said) => {
  const { code, out, err } = await runCommand('overlay', speech, logOf(...lines), ...DIGITS);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(said);
  expect(err.trim().split('\n')).toHaveLength(1);
});
