import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand, runJson } from '../../../test/support/run-command.ts';
import { tempFolder } from '../../../test/support/temp-folder.ts';

const { path: folder } = tempFolder();
const at = (name: string): string => join(folder, name);
const convert = (model: string, to: string, out: string, ...rest: string[]) =>
  runJson('convert', model, '--to', to, '--out', at(out), ...rest);

test('convert says that weights were drawn, and only then', async () => {
  const drawn = await runCommand('convert', 'paper:70', '--to', 'kmodel', '--out', at('drawn.kmodel'));
  expect([drawn.code, drawn.err]).toEqual([0, expect.stringContaining('has no weights, so they are drawn')]);
  const float = 'test/golden/rc5/21_mean_dense.tflite';
  const given = await runCommand('convert', float, '--to', 'kmodel', '--out', at('given.kmodel'));
  expect([given.code, given.err]).toEqual([0, expect.not.stringContaining('drawn (seeded)')]);
  expect(given.err).toContain('no --dataset: ranges come from 4 images of drawn bytes');
});

test('convert gives channels scales of their own only where that is asked for', async () => {
  const bytesOf = async (name: string, ...more: string[]) => {
    await convert('test/golden/rc5/01_residual.tflite', 'kmodel', name, ...more);
    return readFileSync(at(name));
  };
  const programs = await Promise.all(
    [[], ['--channelwise-output']].map((more, index) =>
      bytesOf(`p${index}.kmodel`, ...more).catch((error: Error) => error.message),
    ),
  );
  expect(programs[1]).not.toEqual(programs[0]);
});
