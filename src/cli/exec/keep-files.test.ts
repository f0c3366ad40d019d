import { mkdir, mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hostPathOf, keepFiles } from './keep-files.ts';

let base: string;
let told: string;
const io = { err: (text: string) => void (told += text) } as never;
const file = (path: string, text = 'x') => ({
  path,
  byteLength: text.length,
  bytes: new TextEncoder().encode(text),
});

beforeEach(async () => {
  [base, told] = [await mkdtemp(join(tmpdir(), 'inferscope-kept-')), ''];
});
afterEach(() => rm(base, { recursive: true }));

describe('keeping what a script wrote', () => {
  it('puts files below the folder as they lay on the board, and says how many', async () => {
    await keepFiles([file('/sd/a/1.jpg', 'one'), file('/flash/b.txt')], join(base, 'out'), {
      ...{ script: 's.py', io },
    });
    expect(await readFile(join(base, 'out/sd/a/1.jpg'), 'utf8')).toBe('one');
    expect(told).toBe(`s.py: wrote 2 files on the board, kept in ${join(base, 'out')}\n`);
  });

  it('says in one line how to keep them where no folder is given, and nothing of no files', async () => {
    await keepFiles([file('/a')], undefined, { script: 's.py', io });
    await keepFiles([], undefined, { script: 's.py', io });
    expect(told).toBe('s.py: wrote one file on the board; --out DIR keeps them\n');
  });

  it('leaves the folder neither by a name nor by a link', async () => {
    expect(hostPathOf('/a\\..\\b/\u202Etxt.exe/.hidden/c:d. ')).toBe(
      join('a_.._b', '_txt.exe', '.hidden', 'c_d_'),
    );
    const [out, elsewhere] = [join(base, 'out'), join(base, 'elsewhere')];
    await Promise.all([mkdir(out), mkdir(elsewhere)]);
    await symlink(elsewhere, join(out, 'sd'));
    const keeping = keepFiles([file('/sd/deep/a.txt')], out, { script: 's.py', io });
    await expect(keeping).rejects.toThrow('/sd/deep/a.txt would leave the folder through a link');
    expect(await readdir(elsewhere)).toEqual([]);
  });

  it('tells of a file that is too large to be kept', async () => {
    const keeping = keepFiles([{ path: '/a', byteLength: 1e9 }], base, { script: 's.py', io });
    await expect(keeping).rejects.toThrow('/a is not kept: the files are larger than 32 MB together');
  });
});
