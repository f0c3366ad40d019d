import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { OP_GOLDENS, readOpGoldens } from './support/op-goldens.ts';
import { runJson } from './support/run-command.ts';
import { tempFolder } from './support/temp-folder.ts';

const { write: fileWith } = tempFolder();
const NAME = 'op-maxp_1x3.u8.tflite';
const MODEL = fileURLToPath(new URL(NAME, OP_GOLDENS));
const { inputs, outputs } = readOpGoldens()[NAME]!;
const [, height, width] = inputs![0]!.shape;
const pixels = Buffer.from(inputs![0]!.base64, 'base64');

interface RunDocument {
  readonly outputs: { readonly values: number[]; readonly dtype: string }[];
  readonly latencyMs: { readonly value: number };
}

const run = (input: string): Promise<RunDocument> =>
  runJson('run', MODEL, '-i', input, '-b', 'openmv-h7-plus', '--kernels', 'tflm-reference');

test('an int8 network with uint8 ends gives the bytes of TensorFlow Lite Micro, and has a latency', async () => {
  const { outputs: got, latencyMs } = await run(fileWith('u8.bin', pixels));
  expect(got).toMatchObject([{ dtype: 'uint8', values: [...Buffer.from(outputs![0]!.base64, 'base64')] }]);
  expect(latencyMs.value).toBeGreaterThan(0);
});

test('the pixels of a camera frame are its input as they are', async () => {
  const header = Buffer.from(`P6\n${width} ${height}\n255\n`);
  const picture = await run(fileWith('u8.ppm', Buffer.concat([header, pixels])));
  // RGB565: red and blue have 5 bits, green 6, and repeat the high ones below.
  const frame = pixels.map((value, at) =>
    at % 3 === 1 ? (value & 0xfc) | (value >> 6) : (value & 0xf8) | (value >> 5),
  );
  expect(picture.outputs).toEqual((await run(fileWith('frame.bin', frame))).outputs);
});
