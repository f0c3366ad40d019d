import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runJson } from '../../../test/support/run-command.ts';
import { tempFolder } from '../../../test/support/temp-folder.ts';

const { path: folder } = tempFolder();

test('convert leaves its options off that nobody asks for', async () => {
  const bytesOf = async (name: string, ...more: string[]) => {
    const out = join(folder, name);
    await runJson('convert', 'test/golden/rc5/01_residual.tflite', '--to', 'kmodel', '--out', out, ...more);
    return readFileSync(out);
  };
  const off = await bytesOf('off.kmodel', '--no-channelwise-output', '--no-float-fc');
  expect(await bytesOf('plain.kmodel')).toEqual(off);
});
