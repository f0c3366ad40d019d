import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { missingFolder } from './working-folder.ts';

const GONE = 'inferscope: the working directory is gone or may not be read; cd to one that is there\n';
const refused = () => {
  throw new Error('ENOENT: no such file or directory, uv_cwd');
};

test('a working directory that is there is no matter, one that was deleted is one line', () => {
  expect(missingFolder(() => '/')).toBeUndefined();
  expect(missingFolder(refused)).toBe(GONE);
});

test('the command line looks before anything else asks for it, and ends with 2', () => {
  // A loader of TypeScript could not start in a folder that is gone, so that Node answers as if it was.
  const start = `
    process.argv.push('boards');
    process.cwd = () => { throw new Error('ENOENT: no such file or directory, uv_cwd'); };
    import(${JSON.stringify(new URL('main.ts', import.meta.url))})`;
  const tsx = fileURLToPath(import.meta.resolve('tsx'));
  const words = ['--import', tsx, '--input-type=commonjs', '-e', start];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  expect([status, stdout, stderr]).toEqual([2, '', GONE]);
});
