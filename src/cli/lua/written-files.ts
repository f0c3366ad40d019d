import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SpecError } from '../../errors.ts';
import { makeDirectory } from '../outputs.ts';
import { visible } from '../../report/visible-text.ts';
import { replaceFile } from '../replace-file.ts';

/** Beside what scripts wrote into a folder: its names, and what they held. */
const RECORD = '.inferscope-lua.json';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const MAX_RECORD_BYTES = 16e6;

/** What is there under a path, itself and not what a link leads to. */
async function statOf(path: string): Promise<Stats | undefined> {
  return lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** The folder may be anybody's: a link would be written through, and a pipe never ends. */
async function readRecord(folder: string): Promise<Map<string, string>> {
  const path = join(folder, RECORD);
  const found = await statOf(path);
  if (found === undefined) return new Map();
  if (!found.isFile() || found.size > MAX_RECORD_BYTES) {
    throw new SpecError(
      `${path}: is no record of what scripts wrote; remove it, or take --out for another folder`,
    );
  }
  try {
    const entries = Object.entries(JSON.parse(await readFile(path, 'utf8')) as object);
    return new Map(entries.filter(([, value]) => typeof value === 'string'));
  } catch {
    return new Map();
  }
}

/** Whether a script may write there: nothing is, or what an earlier script wrote and nobody has changed. */
async function isFree(path: string, known: string | undefined): Promise<boolean> {
  const found = await statOf(path);
  if (found === undefined) return true;
  return known !== undefined && found.isFile() && digest(await readFile(path, 'utf8')) === known;
}

/**
 * Writes the texts that a script made to their paths in a folder, by which it replaces only what scripts wrote before. The
 * others are written all the same where one of them is in the way, which throws a SpecError then.
 */
export async function writeScriptFiles(folder: string, texts: ReadonlyMap<string, string>): Promise<void> {
  if (texts.size === 0) return;
  await makeDirectory(folder);
  const record = await readRecord(folder);
  const taken: string[] = [];
  for (const [path, given] of texts) {
    const text = visible(given);
    if (!(await isFree(path, record.get(basename(path))))) {
      taken.push(path);
      continue;
    }
    await replaceFile(path, text);
    record.set(basename(path), digest(text));
  }
  await replaceFile(join(folder, RECORD), `${JSON.stringify(Object.fromEntries(record), null, 1)}\n`);
  if (taken.length === 0) return;
  throw new SpecError(
    `${taken.join(', ')}: is there already, and not as a script wrote it; scripts replace nothing else: ` +
      'take another name, or --out for another folder',
  );
}
