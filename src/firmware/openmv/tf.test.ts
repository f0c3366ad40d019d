import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { boardById } from '../../boards/index.ts';
import { loadMnistFiles } from '../../cli/datasets/mnist-files.ts';
import { convertImage } from '../../deploy/camera/index.ts';
import { measurePulses, pinEdges } from '../../instruments/pins.ts';
import { createExecutor } from '../../kernels/execute/executor.ts';
import type { Graph } from '../../models/graph/graph.ts';
import type { Image } from '../../pictures/image.ts';
import { loadTrainedPaperCnn } from '../../training/paper/trained-paper.ts';
import { readTflite } from '../../files/tflite.ts';
import { writeTflite } from '../../files/tflite.ts';
import { predict } from '../../simulate/predict.ts';
import { execScript } from '../guest/exec-script.ts';

const BOARD = boardById('openmv-h7-plus');
const EXAMPLE = readFileSync(
  new URL('../../../examples/firmware/openmv-h7-plus.py', import.meta.url),
  'utf8',
);
/** Dokic, Mikolcevic, Radisic 2021, table 3: +width in ms for 1 to 10 filters. */
const TABLE_3 = [0.22, 0.33, 0.42, 0.52, 0.63, 0.74, 0.85, 0.97, 1.08, 1.2];
const BAR_MS = 0.02;
const PS_PER_MS = 1e9;

/** A grey picture of one size with a bright bow that `turn` moves, so that networks do not all say the same of it. */
function pictureOf(turn: number, side = 28): Image {
  const pixels = Uint8Array.from({ length: side * side }, (_, at) => {
    const [x, y] = [(at % side) - side / 2, Math.floor(at / side) - side / 2];
    const isBow = Math.abs(Math.hypot(x, y) - side / 4) < side / 12 && (x * turn + y * 3) % 11 > -6;
    return isBow ? 255 - ((at * turn) % 40) : (at * turn) % 9;
  });
  return { width: side, height: side, channels: 1, pixels };
}

const asPgm = ({ width, height, pixels }: Image) =>
  Uint8Array.from([...new TextEncoder().encode(`P5\n${width} ${height}\n255\n`), ...pixels]);

/** Test digits of MNIST behind the headers of its files. */
const mnist = await loadMnistFiles('test').then(({ images, labels }) => ({
  pixels: images.subarray(16),
  labels: labels.subarray(8),
}));

interface Run {
  readonly model?: Uint8Array;
  readonly pictures?: readonly Image[];
  readonly files?: Readonly<Record<string, Uint8Array>>;
  readonly pulses?: number;
}

function run(source: string, { model, pictures = [pictureOf(1)], files = {}, pulses }: Run = {}) {
  const named = pictures.map((picture, index) => ({ ...picture, name: `picture ${index}` }));
  return execScript({
    allowMissing: true,
    ...{ board: BOARD, script: { name: 'main.py', source }, pictures: named },
    files: { ...files, ...(model && { '/model.tflite': model }) },
    ...(pulses !== undefined && { pulses }),
  });
}

/** What `inferscope run` computes for a picture: its conversion, then the network. */
function scoresOf(graph: Graph, picture: Image): number[] {
  const input = convertImage(picture, graph.tensors[graph.inputs[0]], 'openmv');
  return Array.from(createExecutor(graph).run([input])[0] as Float32Array);
}

function digitOf(graph: Graph, picture: Image): number {
  const scores = scoresOf(graph, picture);
  return scores.indexOf(Math.max(...scores));
}

const trainedBytes = async (filters: number) => writeTflite((await loadTrainedPaperCnn(filters)).graph);

describe('the example script, the loop of the paper', () => {
  const pictures = [1, 2, 5, 7].map((turn) => pictureOf(turn));

  test.each(TABLE_3.map((ms, index) => [index + 1, ms] as const))(
    '%i filters: each pulse is within 0.02 ms of the %f ms of table 3, and the digits are those of `run`',
    async (filters, publishedMs) => {
      const model = await trainedBytes(filters);
      const result = await run(EXAMPLE, { model, pictures, pulses: 5 });
      const { widthsPs } = measurePulses(pinEdges(result.records, 'P1'));
      expect(result.stoppedBy).toBe('pulses');
      expect(widthsPs).toHaveLength(5);
      for (const ps of widthsPs) expect(Math.abs(ps / PS_PER_MS - publishedMs)).toBeLessThan(BAR_MS);
      const graph = readTflite(model, 'model');
      const digits = pictures.map((picture) => digitOf(graph, picture));
      // The run ends in the fifth pulse, before its digit is printed.
      expect(result.stdout.trim().split('\n').map(Number)).toEqual(digits);
    },
  );

  test('names most of twenty MNIST digits, and all as `run` does', async () => {
    const model = await trainedBytes(8);
    const { pixels, labels } = mnist;
    const graph = readTflite(model, 'model');
    const pictures = Array.from({ length: 20 }, (_, index): Image => {
      return {
        width: 28,
        height: 28,
        channels: 1,
        pixels: pixels.subarray(index * 784, (index + 1) * 784),
      };
    });
    const { stdout } = await run(EXAMPLE, { model, pictures, pulses: 21 });
    const digits = stdout.trim().split('\n').map(Number);
    expect(digits).toEqual(pictures.map((picture) => digitOf(graph, picture)));
    const right = digits.filter((digit, index) => digit === labels[index]);
    expect(right.length).toBeGreaterThanOrEqual(18);
  });

  test('a pulse is the inference and 1 to 5 us of bytecodes and pin writes, which are listed', async () => {
    const model = await trainedBytes(8);
    const { records, pins } = await run(EXAMPLE, { model, pulses: 3 });
    const { widthsPs } = measurePulses(pinEdges(records, 'P1'));
    const inferenceMs = predict(readTflite(model, 'model'), BOARD).latencyMs.value;
    const overheadUs = widthsPs.map((ps) => (ps / PS_PER_MS - inferenceMs) * 1000);
    for (const us of overheadUs) expect(us > 1 && us < 5).toBe(true);
    expect(new Set(widthsPs).size).toBe(1);
    // By hand: POP_TOP, LOAD net, LOAD_METHOD, LOAD graytmp, CALL; STORE out, LOAD pin1, LOAD_METHOD, LOAD 0, CALL.
    const bytecodeUs = (10 * BOARD.runtime.script!.bytecodeCycles.value) / 480;
    const { insidePs } = pins.P1;
    expect(insidePs.bytecode / 3e6).toBeCloseTo(bytecodeUs, 5);
    expect(Object.keys(insidePs).sort()).toEqual(['bytecode', 'inference', 'pin.value']);
  });
});

const LOAD = `import tf, image\nnet = tf.load('model.tflite')\nimg = image.Image('digit.pgm')\n`;
const files = { '/digit.pgm': asPgm(pictureOf(3)) };

describe('tf', () => {
  test('output() is the float that the network computes, rect() the whole picture', async () => {
    const model = await trainedBytes(3);
    const source = `${LOAD}
from struct import pack
from binascii import hexlify
result = net.classify(img)[0]
print(result.rect(), result.x(), result.y(), result.w(), result.h(), result[2:4])
print(hexlify(pack('<10f', *result.output())).decode())`;
    const { stdout } = await run(source, { model, files });
    const expected = Buffer.from(Float32Array.from(scoresOf(readTflite(model, 'm'), pictureOf(3))).buffer);
    expect(stdout).toBe(`(0, 0, 28, 28) 0 0 28 28 (28, 28)\n${expected.toString('hex')}\n`);
  });

  test('int8 outputs come as (byte ^ 0x80) / 255, the byte as `run` stores it', async () => {
    const fixture = new URL('../../../test/fixtures/tiny-int8.tflite', import.meta.url);
    const model = new Uint8Array(readFileSync(fixture));
    const graph = readTflite(model, 'm');
    const [, height, width] = graph.tensors[graph.inputs[0]].shape;
    const picture = pictureOf(2, Math.max(height, width));
    const source = `${LOAD}print([int(share * 255 + 0.5) for share in net.classify(img)[0].output()])`;
    const { stdout } = await run(source, { model, files: { '/digit.pgm': asPgm(picture) } });
    expect(JSON.parse(stdout)).toEqual(scoresOf(graph, picture).map((stored) => stored + 128));
  });

  test('a roi is classified as the picture that it cuts out', async () => {
    const model = await trainedBytes(2);
    const whole = pictureOf(6, 60);
    const cut = Uint8Array.from({ length: 28 * 28 }, (_, at) => {
      return whole.pixels[(11 + Math.floor(at / 28)) * 60 + 5 + (at % 28)];
    });
    const source = `${LOAD}
cut = image.Image('cut.pgm')
print(net.classify(img, roi=(5, 11, 28, 28))[0].output() == net.classify(cut)[0].output())
print(net.classify(img, (40, 40, 99, 99))[0].rect())`;
    const picture: Image = { width: 28, height: 28, channels: 1, pixels: cut };
    const { stdout } = await run(source, {
      model,
      files: { '/digit.pgm': asPgm(whole), '/cut.pgm': asPgm(picture) },
    });
    expect(stdout).toBe('True\n(40, 40, 20, 20)\n');
  });

  test('min_scale looks at windows of each scale, and each takes the time of an inference', async () => {
    const model = await trainedBytes(1);
    const source = `${LOAD}
import time
start = time.ticks_us()
found = net.classify(img, min_scale=0.5)
us = time.ticks_diff(time.ticks_us(), start)
print([part.rect() for part in found])
print(us // 100)`;
    const { stdout } = await run(source, { model, files });
    // Five windows of 0.223 ms: the picture and its four quarters.
    const quarters = '(0, 0, 14, 14), (14, 0, 14, 14), (0, 14, 14, 14), (14, 14, 14, 14)';
    expect(stdout).toBe(`[(0, 0, 28, 28), ${quarters}]\n11\n`);
  });

  test('load_to_fb keeps the weights in SDRAM, which takes longer, and free_from_fb ends the network', async () => {
    const source = `${LOAD}
import time
def us_of(net):
    start = time.ticks_us()
    net.classify(img)
    return time.ticks_diff(time.ticks_us(), start)
heap = us_of(net)
other = tf.load('/model.tflite', load_to_fb=True)
print(us_of(other) > heap)
tf.free_from_fb()
try:
    other.classify(img)
except OSError as error:
    print(error)
print(len(net.classify(img)), len(tf.classify('model.tflite', img)))`;
    const { stdout } = await run(source, { model: await trainedBytes(10), files });
    expect(stdout).toBe('True\nthis network was freed with tf.free_from_fb()\n1 1\n');
  });

  test('a network given for one of the firmware lies in flash: it takes no heap and its weights come from there', async () => {
    const model = await trainedBytes(10);
    const source = `${LOAD}
import time
def us_of(net):
    start = time.ticks_us()
    net.classify(img)
    return time.ticks_diff(time.ticks_us(), start)
own = tf.load('person_detection')
print(us_of(own) != us_of(net), own.len() == net.len())
try:
    tf.load('person_detect')
except Exception as error:
    print(type(error).__name__)`;
    const given = { '/person_detection': model, '/person_detect': new Uint8Array(300_000) };
    const { stdout } = await run(source, { model, files: { ...files, ...given } });
    expect(stdout).toBe('True True\nOSError\n');
  });

  test('what cannot be loaded or classified is an exception of the script', async () => {
    const source = `${LOAD}
def attempt(*args, **kwargs):
    try:
        tf.load(*args) if len(args) == 1 else net.classify(img, **kwargs)
    except Exception as error:
        print(type(error).__name__, error)
attempt('none.tflite')
attempt('digit.pgm')
attempt('person_detection')
attempt('big.tflite')
attempt(0, 0, min_scale=2)
attempt(0, 0, x_overlap=0.99)
attempt(0, 0, roi=(90, 90, 5, 5))
attempt(0, 0, thresholds=[1])
print(net.len() > 1000, net.height(), net.width(), net.channels(), net.is_float(), net.signed())
net.segment(img)`;
    const model = await trainedBytes(1);
    const result = await run(source, { model, files: { ...files, '/big.tflite': new Uint8Array(300_000) } });
    const lines = result.stdout.trim().split('\n');
    expect(lines.map((line) => line.slice(0, 60))).toEqual([
      expect.stringMatching(/^OSError .*2/),
      expect.stringMatching(/^OSError .*digit\.pgm/),
      expect.stringMatching(/^NotImplementedError tf\.load\('person_detection'\)/),
      'MemoryError memory allocation failed, allocating 300000 byte',
      'ValueError 0 < min_scale <= 1',
      expect.stringMatching(/^ValueError an overlap of 0\.99/),
      'OSError Invalid ROI dimensions!',
      expect.stringMatching(/^TypeError unexpected keyword argument 'thresholds'/),
      expect.stringMatching(/^True 14 14 1 True False/),
    ]);
    expect(result.exception).toMatchObject({ type: 'NotImplementedError' });
    expect(result.exception?.traceback).toContain('tf_model.segment is not modelled');
    expect(result.exception?.traceback).toContain('line 19');
  });
});
