import { expect, test } from 'vitest';
import { boardById } from '../../boards/index.ts';
import { withSettings } from '../../boards/settings/all-settings.ts';
import { convertImage } from '../../deploy/camera/index.ts';
import { writeTflite } from '../../files/tflite.ts';
import { createExecutor } from '../../kernels/execute/executor.ts';
import type { Image } from '../../pictures/image.ts';
import { predict } from '../../simulate/predict.ts';
import { loadTrainedPaperCnn } from '../../training/paper/trained-paper.ts';
import { execScript } from '../guest/exec-script.ts';

const OLD = boardById('openmv-h7-plus');
const NEW = withSettings(OLD, { 'openmv.firmware': '4.6' });
const { graph } = await loadTrainedPaperCnn(2);
const picture: Image = {
  ...{ width: 14, height: 14, channels: 1 },
  pixels: Uint8Array.from({ length: 196 }, (_, at) => (at * 37) & 0xff),
};

async function run(source: string, board = NEW) {
  const files = { '/net.tflite': writeTflite(graph) };
  const script = { name: 'script.py', source };
  return execScript({ board, script, files, pictures: [{ ...picture, name: 'one' }], limitPs: 5e12 });
}

const SETUP = `
import sensor, ml
from pyb import Pin
sensor.reset()
sensor.set_pixformat(sensor.GRAYSCALE)
sensor.set_framesize(sensor.QVGA)
sensor.set_windowing((14, 14))
model = ml.Model('net.tflite')
img = sensor.snapshot()
`;

test('outputs are those of the network for the picture, dequantized and in its shape', async () => {
  const { stdout, exception } = await run(`${SETUP}
out = model.predict([img])
print(model.input_shape, model.output_shape, out[0].shape, out[0].flatten().tolist())
`);
  expect(exception).toBeUndefined();
  const [expected] = createExecutor(graph).run([
    convertImage(picture, graph.tensors[graph.inputs[0]], 'openmv'),
  ]);
  const [shapes, list] = [stdout.slice(0, stdout.indexOf('[')), stdout.slice(stdout.indexOf('['))];
  expect(shapes).toBe('((1, 14, 14, 1),) ((1, 10),) (1, 10) ');
  const values = JSON.parse(list) as number[];
  values.forEach((value, index) => expect(value).toBeCloseTo(Number(expected[index]), 5));
});

test('a call takes what predict says, and nothing of making an interpreter', async () => {
  const { spent } = await run(`${SETUP}model.predict([img])\nmodel.predict([img])\n`);
  const prediction = predict(graph, NEW);
  const inference = spent.find(({ name }) => name === 'inference')!;
  expect(inference.ps / 2 / 1e9).toBeCloseTo(prediction.latencyMs.value, 9);
  const steps = (board: typeof NEW) => predict(graph, board).steps.map(({ op }) => op);
  expect(steps(OLD)).toEqual(expect.arrayContaining(['resolver', 'allocate']));
  expect(steps(NEW).filter((op) => op === 'resolver' || op === 'allocate')).toEqual([]);
});

test('numbers go in as arrays; a callback gets model, inputs and outputs', async () => {
  const { stdout, exception } = await run(`${SETUP}
from ulab import numpy as np
zeros = np.zeros((1, 14, 14, 1))
print(model.predict([zeros], callback=lambda m, i, o: (m is model, i[0] is zeros, np.argmax(o[0]) >= 0)))
scores = np.array([[1, 5, 2], [7, 0, 3]])
print(scores[1, 0], scores[:, 1].tolist(), np.max(scores, axis=1).tolist(), (scores > 2).tolist()[0], scores.reshape(6)[5])
`);
  expect(exception).toBeUndefined();
  expect(stdout).toBe('(True, True, True)\n7.0 [5.0, 0.0] [5.0, 7.0] [False, True, False] 3.0\n');
});

test.each([
  ['an input that is none', 'model.predict(img)', 'ValueError: Unsupported input type. Expected a list'],
  [
    'an array of another size',
    'from ulab import numpy as np\nmodel.predict([np.zeros((2, 2))])',
    'ValueError: Input shape',
  ],
  [
    'a network of the firmware itself',
    "ml.Model('person_detect')",
    "the firmware's own network is not modelled",
  ],
  ['no such file', "ml.Model('none.tflite')", 'OSError: [Errno 2] ENOENT'],
  ['a module of the other generation', 'import tf', "ImportError: no module named 'tf'"],
  [
    'what ml has and nobody wrote here',
    'from ml.postprocessing.darknet import YoloLC',
    'the module ml.postprocessing.darknet',
  ],
])('%s is refused', async (_, line, message) => {
  const { exception } = await run(`${SETUP}${line}\n`);
  expect(exception?.traceback).toContain(message);
});

test('the older firmware has no ml', async () => {
  const { exception } = await run('import ml', OLD);
  expect(exception?.traceback).toContain("ImportError: no module named 'ml'");
});
