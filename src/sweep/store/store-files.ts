import fs from 'node:fs';
import * as promises from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { explainFileErrors } from '../../errors.ts';

/** What a file system tells of a path. */
interface FileFacts {
  // eslint-disable-next-line id-denylist -- Node's name for bytes
  readonly size: number;
  isFile(): boolean;
  isDirectory(): boolean;
}

/** A file that is open. Written out, as all of `Files`, so that whoever uses the package needs no types of Node. */
export interface OpenFile {
  read(into: Uint8Array, at: number, bytes: number, from: number): Promise<{ readonly bytesRead: number }>;
  writeFile(data: string | Uint8Array): Promise<void>;
  stat(): Promise<FileFacts>;
  datasync(): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

interface RemoveOptions {
  readonly force?: boolean;
  readonly recursive?: boolean;
}

/** What a store asks of the file system; a test gives one that is full. */
export interface Files {
  mkdir(path: string): Promise<unknown>;
  open(path: string, flags: string): Promise<OpenFile>;
  readFile(path: string): Promise<Uint8Array>;
  readdir(path: string): Promise<string[]>;
  rename(from: string, to: string): Promise<void>;
  rm(path: string, options?: RemoveOptions): Promise<void>;
  stat(path: string): Promise<FileFacts>;
  writeFileSync(path: string, data: string | Uint8Array): void;
  appendFileSync(path: string, data: string | Uint8Array): void;
  renameSync(from: string, to: string): void;
  rmSync(path: string, options?: RemoveOptions): void;
  openSync(path: string, flags: string): number;
  readSync(file: number, into: Uint8Array, at: number, bytes: number, from: number): number;
  closeSync(file: number): void;
}

export const NODE_FILES: Files = {
  ...promises,
  writeFileSync: fs.writeFileSync,
  appendFileSync: fs.appendFileSync,
  renameSync: fs.renameSync,
  rmSync: fs.rmSync,
  openSync: fs.openSync,
  readSync: fs.readSync,
  closeSync: fs.closeSync,
};

/** Ends the names of files that are being written; whoever finds one later may ignore it. */
export const UNFINISHED = '.part';

/** Where this process writes what is then moved to a path. */
export const besides = (path: string) => `${path}.${hostname()}-${process.pid}${UNFINISHED}`;

/**
 * Writes a file whole or not at all: beside its place, or behind what a file `begun` on the same disk holds, through to
 * the disk, then moved there. A loss of power may take its name with it, never a part of it. Throws a SpecError of one
 * line that begins with the path.
 */
export async function writeWhole(
  files: Files,
  path: string,
  write: (handle: OpenFile) => Promise<void>,
  begun?: string,
): Promise<void> {
  await explainFileErrors(path, async () => {
    const unfinished = begun ?? besides(path);
    try {
      const handle = await files.open(unfinished, begun === undefined ? 'w' : 'a');
      try {
        await write(handle);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await files.rename(unfinished, path);
    } catch (error) {
      await files.rm(unfinished, { force: true });
      throw error;
    }
  });
}

/**
 * Writes a small file beside its place and moves it there. It outlasts the process, not a loss of power, which may leave
 * a torn file: waiting for the disk, and deleting what went there, took two threads 6 % of a sweep, trips through the
 * thread pool a twentieth. Throws what the file system throws.
 */
export function writeSmallSync(files: Files, path: string, bytes: Uint8Array): void {
  const unfinished = besides(path);
  try {
    files.writeFileSync(unfinished, bytes);
    files.renameSync(unfinished, path);
  } catch (error) {
    files.rmSync(unfinished, { force: true });
    throw error;
  }
}

/** `writeWhole` of a file that outlasts a loss of power once this returns. */
export async function writeDurable(
  files: Files,
  path: string,
  write: (handle: OpenFile) => Promise<void>,
  begun?: string,
): Promise<void> {
  await writeWhole(files, path, write, begun);
  await syncFolder(files, dirname(path));
}

/** Makes a new name in a folder outlast a loss of power, where the system can. */
async function syncFolder(files: Files, folder: string): Promise<void> {
  const handle = await files.open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Makes one folder, unless it is there. Throws a SpecError of one line. */
export async function makeFolder(files: Files, path: string): Promise<void> {
  await explainFileErrors(path, async () => {
    const found = await files.stat(path).catch(() => undefined);
    if (!found?.isDirectory()) await files.mkdir(path);
  });
}

/** Names in a folder, sorted, but for unfinished files; empty where there is no such folder. */
export async function listNames(files: Files, folder: string): Promise<string[]> {
  try {
    const names = await files.readdir(folder);
    return names.filter((name) => !name.endsWith(UNFINISHED)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
