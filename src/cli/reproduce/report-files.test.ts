import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openReportFolder } from './report-files.ts';

let folder = '';
beforeEach(() => void (folder = join(mkdtempSync(join(tmpdir(), 'inferscope-')), 'deep', 'report')));

const OURS = '<meta name="generator" content="inferscope">';

describe('a folder for a report', () => {
  test('is made', async () => {
    await openReportFolder(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('may hold other files', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    await openReportFolder(folder);
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
  });

  test.each(['report.html', 'figure-7.svg', 'beyond.csv'])('must not hold a foreign %s', async (name) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), 'mine');
    await expect(openReportFolder(folder)).rejects.toThrow(
      `${join(folder, name)} exists and is no file of a report; move it, or give another folder with --out`,
    );
    expect(readFileSync(join(folder, name), 'utf8')).toBe('mine');
  });

  test('may be written again where its page is ours', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'report.html'), `<html>${OURS}</html>`);
    writeFileSync(join(folder, 'tables.csv'), 'old');
    await openReportFolder(folder);
    expect(existsSync(join(folder, 'tables.csv'))).toBe(true);
  });

  test('is no place for it where a file of its name is a folder', async () => {
    mkdirSync(join(folder, 'tables.csv'), { recursive: true });
    await expect(openReportFolder(folder)).rejects.toThrow('is a directory; give another folder with --out');
  });
});
