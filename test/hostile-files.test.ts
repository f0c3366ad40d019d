import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
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
