import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  lstatSync,
  mkdtempSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, test, vi } from 'vitest';
import { needs } from '../../test/support/needs.ts';
import { replaceBy, replaceByOwn, replaceFile, requireWritable } from './replace-file.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'inferscope-'))));

it('replaces a file whole and leaves nothing beside it', async () => {
  const path = join(folder, 'a.tflite');
  writeFileSync(path, 'old');
  await replaceFile(path, Uint8Array.of(1, 2, 3));
  expect([...readFileSync(path)]).toEqual([1, 2, 3]);
  expect(readdirSync(folder)).toEqual(['a.tflite']);
});

it('keeps what was there where the new one comes to nothing', async () => {
  const path = join(folder, 'a.csv');
  writeFileSync(path, 'old');
  const write = (beside: string) => {
    writeFileSync(beside, 'half of the n');
    return Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
  };
  await expect(replaceBy(path, write)).rejects.toThrow(/a.csv: cannot be written: no space left/);
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['a.csv']);
});

it('writes where a link leads, and the link stays', async () => {
  writeFileSync(join(folder, 'a'), 'old');
  symlinkSync(join(folder, 'a'), join(folder, 'link'));
  await replaceFile(join(folder, 'link'), Uint8Array.of(9));
  expect([...readFileSync(join(folder, 'a'))]).toEqual([9]);
});

it('leaves to a file who may read it', async () => {
  const path = join(folder, 'secret.csv');
  writeFileSync(path, 'old', { mode: 0o600 });
  await replaceFile(path, 'new');
  expect([statSync(path).mode & 0o777, readFileSync(path, 'utf8')]).toEqual([0o600, 'new']);
});

const fds = needs('/dev/fd');
it.skipIf(fds.missing)(`writes into what is open already, and not beside it${fds.reason}`, async () => {
  const path = join(folder, 'out.txt');
  const handle = openSync(path, 'w');
  await requireWritable(`/dev/fd/${handle}`);
  await replaceFile(`/dev/fd/${handle}`, 'through');
  closeSync(handle);
  expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['through', ['out.txt']]);
});

it('makes the file that a link leads to, and the link stays', async () => {
  mkdirSync(join(folder, 'real'));
  symlinkSync(join('real', 'new.csv'), join(folder, 'link.csv'));
  await replaceFile(join(folder, 'link.csv'), 'new');
  expect(readFileSync(join(folder, 'real', 'new.csv'), 'utf8')).toBe('new');
  expect(lstatSync(join(folder, 'link.csv')).isSymbolicLink()).toBe(true);
});

it('looks whether it could write, and changes nothing', async () => {
  writeFileSync(join(folder, 'a'), 'old');
  await requireWritable(join(folder, 'a'));
  await requireWritable(join(folder, 'new'));
  expect(readdirSync(folder)).toEqual(['a']);
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old');
});

test.each([
  ['missing/a', /missing\/a: cannot be written: its folder does not exist/],
  ['sub', /sub: cannot be written: is a directory/],
  ['file/a', /file\/a: cannot be written: a part of the path is a file/],
])('%s: one line', async (name, message) => {
  mkdirSync(join(folder, 'sub'));
  writeFileSync(join(folder, 'file'), '');
  await expect(requireWritable(join(folder, name))).rejects.toThrow(message);
  await expect(replaceFile(join(folder, name), Uint8Array.of(1))).rejects.toThrow(message);
});

it('an empty name is said to be one', async () => {
  await expect(requireWritable('')).rejects.toThrow(/^the name of a file is empty; name the file$/);
  await expect(replaceFile('', 'x')).rejects.toThrow(/^the name of a file is empty; name the file$/);
});

const hasPipes = spawnSync('mkfifo', ['--version']).status === 0;
describe.skipIf(!hasPipes)('a pipe with a name', () => {
  const pipe = () => {
    const path = join(folder, 'pipe');
    spawnSync('mkfifo', [path]);
    return path;
  };

  test('that nobody reads is said, not waited for', async () => {
    await expect(replaceFile(pipe(), 'x')).rejects.toThrow(
      /pipe: cannot be written: is a pipe that nobody reads/,
    );
  });

  test('gives its reader all of a text', async () => {
    const path = pipe();
    const reader = spawn('cat', [path]);
    const text = new Promise<string>((resolve) => {
      let all = '';
      reader.stdout.on('data', (part: Buffer) => (all += String(part)));
      reader.on('close', () => resolve(all));
    });
    // Its reader opens it soon, and until then it is one that nobody reads.
    await vi.waitFor(() => replaceFile(path, 'a'.repeat(200_000)), { timeout: 10_000 });
    expect(await text).toBe('a'.repeat(200_000));
  });
});

describe('what makes a file of its own', () => {
  const make = (own: string) => writeFile(own, 'new', { flag: 'wx' });

  it('takes the place of a file where a link leads, and the link stays', async () => {
    writeFileSync(join(folder, 'a'), 'old');
    symlinkSync(join(folder, 'a'), join(folder, 'link'));
    await replaceByOwn(join(folder, 'link'), make);
    expect([
      readFileSync(join(folder, 'a'), 'utf8'),
      lstatSync(join(folder, 'link')).isSymbolicLink(),
    ]).toEqual(['new', true]);
  });

  it.skipIf(!hasPipes)('has its bytes written into a pipe, which stays one', async () => {
    const path = join(folder, 'pipe');
    spawnSync('mkfifo', [path]);
    const reader = spawn('cat', [path]);
    const read = reader.stdout.toArray();
    await vi.waitFor(() => replaceByOwn(path, make), 10_000);
    expect([Buffer.concat(await read).toString(), statSync(path).isFIFO()]).toEqual(['new', true]);
  });
});
