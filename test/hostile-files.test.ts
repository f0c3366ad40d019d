import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runCommand } from './support/run-command.ts';
import { needs } from './support/needs.ts';
import { tempFolder } from './support/temp-folder.ts';

const folder = tempFolder();
const fifo = join(folder.path, 'pipe.tflite');
// One of the devices tells of the others.
const full = needs('/dev/full');
const made = spawnSync('mkfifo', [fifo]).status === 0;

describe('a file that is meant is a regular one', () => {
  const commands = (path: string) => [
    ['predict', path, '--board', 'maixduino'],
    ['inspect', path],
    ['predict', 'paper:8', '--board', path],
    ['vcd', 'width', path, '--pin=led'],
    ['exec', path, '--board', 'maixduino'],
  ];
  test.skipIf(!made).each(commands(fifo))('a pipe: %s %s %s %s', async (...argv) => {
    const { code, err } = await runCommand(...argv.filter((word) => word !== undefined));
    expect([code, err]).toEqual([2, expect.stringMatching(/^inferscope: [^\n]*is no regular file[^\n]*\n$/)]);
  });

  test.skipIf(full.missing).each(commands('/dev/zero'))(
    `a device that never ends: %s %s %s %s${full.reason}`,
    async (...argv) => {
      const { code, err } = await runCommand(...argv.filter((word) => word !== undefined));
      expect([code, err]).toEqual([2, expect.stringMatching(/^inferscope: [^\n]*\n$/)]);
      expect(err).toMatch(/is no regular file|"\/dev\/zero"/);
    },
  );
});

describe('what people write is no 9 MB, and is refused by its size before it is read', () => {
  const large = (name: string) => folder.write(name, Buffer.alloc(9e6, '['));
  const [json, yaml, script] = [large('large.json'), large('large.yaml'), large('large.py')];
  test.each([
    ['predict', 'paper:2', '--board', json],
    ['predict', json, '--board', 'maixduino'],
    ['board', 'lint', json],
    ['check', json],
    ['sweep', '--space', yaml],
    ['exec', script, '--board', 'maixduino'],
    ['lua', script],
  ])('%s %s %s %s', async (...argv) => {
    const { code, err } = await runCommand(...argv.filter((word) => word !== undefined));
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/^inferscope: [^\n]*: has 9000000 bytes; [^\n]* of up to 8000000 is read\n$/),
    ]);
  });
});

describe.skipIf(full.missing)(`a device that is full${full.reason}`, () => {
  test.each([
    ['convert', 'paper:2', '--to', 'kmodel', '--out', '/dev/full'],
    ['board', 'new', '--core', 'cortex-m7', '--clock', '216MHz', '--out', '/dev/full'],
    ['sweep', '--filters', '1:2', '--boards', 'maixduino', '--csv', '/dev/full'],
  ])('%s %s %s %s %s %s', async (...argv) => {
    const { code, err } = await runCommand(...argv);
    expect([code, err]).toEqual([
      2,
      'inferscope: /dev/full: cannot be written: no space left on the device\n',
    ]);
  });
});

test('what a file names cannot talk to the terminal, in text or JSON', async () => {
  const evil = join(folder.path, 'a\u001b[31m\u202eb');
  mkdirSync(evil);
  const { code, err } = await runCommand('predict', join(evil, 'x.tflite'), '--board', 'maixduino');
  expect([code, err]).toEqual([2, expect.stringContaining('a\\u001b[31m\\u202eb')]);
  expect(err).not.toMatch(/[\u001b\u202e]/);
});

describe('a network that takes nothing, which only a broken file holds', () => {
  const path = fileURLToPath(new URL('fuzz/corpus/tflite/463f38fc.bin', import.meta.url));
  const model = folder.write('no-inputs.tflite', readFileSync(path));

  test('is predicted, without the work of its pixels', async () => {
    const { code, err } = await runCommand('predict', model, '--board', 'openmv-h7-plus');
    expect([code, err]).toEqual([0, '']);
  });

  test.each([
    ['compare', model],
    ['convert', model, '--to', 'kmodel', '--out', join(folder.path, 'x.kmodel')],
    ['run', model, '--dataset', 'mnist:100'],
  ])('%s needs an input and says so', async (...argv) => {
    const { code, err } = await runCommand(...argv);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/^inferscope: [^\n]*the model has no input[^\n]*\n$/),
    ]);
  });

  test('tf.load refuses it as the board refuses files', async () => {
    const script = folder.write(
      'load.py',
      "import tf\ntry:\n    tf.load('/m.tflite')\nexcept OSError as e:\n    print(e)\n",
    );
    const { code, out } = await runCommand(
      'exec',
      script,
      '--board',
      'openmv-h7-plus',
      '--file',
      `/m.tflite=${model}`,
    );
    expect([code, out]).toEqual([0, expect.stringContaining('the model has no input')]);
  });
});
