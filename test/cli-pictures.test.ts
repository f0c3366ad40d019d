import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeJpeg } from '../src/pictures/jpeg.ts';
import { encodePng } from '../src/pictures/png.ts';
import { readPicture } from '../src/pictures/read-picture.ts';
import { runCommand, runJson } from './support/run-command.ts';

const JPEG = 'test/golden/jpeg/grey.jpg';
let folder = '';
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  const pixels = Uint8Array.from({ length: 196 }, (_, index) => index);
  writeFileSync(at('net.jpg'), encodeJpeg({ width: 14, height: 14, channels: 1, pixels }, 95));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('run --input takes a JPEG, and answers as for the same pixels in a PNG', async () => {
  writeFileSync(at('same.png'), encodePng(readPicture(readFileSync(at('net.jpg')), 'net.jpg')));
  const answers = await Promise.all(
    ['net.jpg', 'same.png'].map((name) => runJson('run', 'paper:4', '--input', at(name), '--like', 'maixpy')),
  );
  expect(answers[0].outputs).toEqual(answers[1].outputs);
});

test('convert --dataset DIR takes ranges from a folder of JPEG files', async () => {
  const { err } = await runCommand(
    'convert',
    'paper:2',
    '--to',
    'kmodel',
    '--out',
    at('a.kmodel'),
    '--dataset',
    folder,
  );
  expect(err).not.toContain('no --dataset');
  await runCommand('convert', 'paper:2', '--to', 'kmodel', '--out', at('b.kmodel'));
  expect(readFileSync(at('a.kmodel')).equals(readFileSync(at('b.kmodel')))).toBe(false);
});

test('exec --camera shows a JPEG to the script', async () => {
  const script = ['import sensor', 'sensor.reset()', 'sensor.set_pixformat(sensor.GRAYSCALE)'];
  script.push(
    'sensor.set_framesize(sensor.QQVGA)',
    'image = sensor.snapshot()',
    'print(image.get_pixel(0, 0))',
  );
  writeFileSync(at('show.py'), script.join('\n'));
  const { code, out } = await runCommand('exec', at('show.py'), '-b', 'openmv-h7-plus', '--camera', JPEG);
  expect([code, out]).toEqual([0, expect.stringMatching(/^\d+\n/)]);
});

test('a damaged JPEG is one line with its name and exit code 2, at every door', async () => {
  writeFileSync(at('cut.jpg'), readFileSync(JPEG).subarray(0, 300));
  const line = /^inferscope: [^\n]*cut\.jpg: is a damaged JPEG \([^\n]*\); get it again\n$/;
  const camera = await runCommand('exec', at('show.py'), '-b', 'openmv-h7-plus', '--camera', at('cut.jpg'));
  expect([camera.code, camera.err]).toEqual([2, expect.stringMatching(line)]);
  const input = await runCommand('run', 'paper:4', '--input', at('cut.jpg'));
  expect([input.code, input.err]).toEqual([2, expect.stringMatching(line)]);
  const args = ['--to', 'kmodel', '--out', at('x.kmodel'), '--dataset', folder];
  const dataset = await runCommand('convert', 'paper:2', ...args);
  expect([dataset.code, dataset.err]).toEqual([2, expect.stringMatching(line)]);
});

test('--dataset mnist:100 takes the first hundred, and a count that is none is refused', async () => {
  const evaluation = await runJson('run', 'paper:1', '--dataset', 'mnist:100');
  expect(evaluation).toMatchObject({ images: 100, dataset: 'mnist' });
  const wrong = await runCommand('run', 'paper:1', '--dataset', 'mnist:10001');
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('for the first 100 of 10000')]);
  const compared = await runJson('compare', 'paper:1', '--boards', 'maixduino', '--dataset', 'mnist:20');
  expect(compared).toMatchObject({ images: 20 });
  const converted = await runJson(
    'convert',
    'paper:1',
    '--to',
    'int8',
    '--out',
    at('q.tflite'),
    '--dataset',
    'mnist:3',
  );
  expect(converted.written).toHaveLength(1);
});
