import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCamera } from '../src/cli/exec/exec-inputs.ts';
import type { ExecDocument } from '../src/cli/exec/exec-report.ts';

import { encodePng } from '../src/pictures/png.ts';
import { runJson } from './support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'inferscope-digits-'));
const exec = (...argv: string[]) => runJson<ExecDocument>('exec', ...argv);
const write = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** `print` has the seven digits of the firmware; float32 takes nine to be told apart. */
const EXACTLY = `def exactly(scores):
    return '[' + ','.join(['%.9g' % score for score in scores]) + ']'
`;

describe('30 digits seen by the camera give the outputs of `run`', () => {
  const COUNT = 30;
  interface RunDocument {
    readonly outputs: readonly { readonly values: readonly number[] }[];
  }

  /** Digits as PNG files in a folder of their own, each pixel `scale` times a side. */
  async function writeDigits(scale: number): Promise<{ readonly camera: string; readonly paths: string[] }> {
    const camera = mkdtempSync(join(tmpdir(), 'inferscope-digits-'));
    const side = 28 * scale;
    const digits = (await readCamera('mnist:test')).slice(0, COUNT);
    const paths = digits.map(({ pixels }, index) => {
      const enlarged = Uint8Array.from(
        { length: side * side },
        (_, at) => pixels[28 * Math.floor(at / side / scale) + Math.floor((at % side) / scale)],
      );
      const path = join(camera, `${String(index).padStart(2, '0')}.png`);
      writeFileSync(path, encodePng({ width: side, height: side, channels: 1, pixels: enlarged }));
      return path;
    });
    return { camera, paths };
  }

  const outputsOf = async (model: string, like: string, paths: readonly string[]) => {
    const all: number[][] = [];
    for (const path of paths) {
      const { outputs } = await runJson<RunDocument>('run', model, '--input', path, '--like', like);
      all.push(outputs[0].values.map(Math.fround));
    }
    return all;
  };
  const parse = ({ stdout }: ExecDocument) =>
    stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as number[]).map(Math.fround));

  test('Maixduino, a converted kmodel', async () => {
    const { camera, paths } = await writeDigits(8);
    const kmodel = join(folder, 'm.kmodel');
    await runJson('convert', 'paper:4', '--to', 'kmodel', '--out', kmodel);
    const script = write(
      'all.py',
      `${EXACTLY}import sensor, KPU as kpu
sensor.reset()
sensor.set_pixformat(sensor.GRAYSCALE)
sensor.set_framesize(sensor.QVGA)
sensor.set_windowing((224, 224))
task = kpu.load('/sd/m.kmodel')
for _ in range(${COUNT}):
    img = sensor.snapshot().resize(14, 14)
    img.pix_to_ai()
    print(exactly(kpu.forward(task, img)[:]))
`,
    );
    const document = await exec(
      script,
      '-b',
      'maixduino',
      '--camera',
      camera,
      '--file',
      `/sd/m.kmodel=${kmodel}`,
    );
    expect(parse(document)).toEqual(await outputsOf(kmodel, 'maixpy', paths));
  });

  test('OpenMV, a .tflite of float32 and of int8', async () => {
    const { camera, paths } = await writeDigits(1);
    const int8 = join(folder, 'i.tflite');
    await runJson('convert', 'paper:4', '--to', 'int8', '--out', int8, '--dataset', 'mnist');
    const script = write(
      'both.py',
      `${EXACTLY}import sensor, tf
sensor.reset()
sensor.set_pixformat(sensor.GRAYSCALE)
sensor.set_framesize(sensor.QQVGA)
sensor.set_windowing((112, 112))
nets = tf.load('f.tflite'), tf.load('i.tflite')
for _ in range(${COUNT}):
    img = sensor.snapshot()
    for net in nets:
        print(exactly(net.classify(img)[0].output()))
`,
    );
    const outputs = parse(
      await exec(
        ...[script, '-b', 'openmv-h7-plus', '--camera', camera],
        ...['--file', 'f.tflite=paper:4', '--file', `i.tflite=${int8}`],
      ),
    );
    expect(outputs.filter((_, index) => index % 2 === 0)).toEqual(
      await outputsOf('paper:4', 'openmv', paths),
    );
    // The list holds (byte ^ 0x80) / 255.
    const bytes = outputs
      .filter((_, index) => index % 2 === 1)
      .map((row) => row.map((value) => Math.round(value * 255) - 128));
    expect(bytes).toEqual(await outputsOf(int8, 'openmv', paths));
  });
});
