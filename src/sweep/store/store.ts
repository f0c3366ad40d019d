import { join } from 'node:path';
import type { FileMetaData } from 'hyparquet';
import { explainFileErrors, FormatError, SpecError } from '../../errors.ts';
import { rowsOf, type SweepPlan } from '../study/run-plan.ts';
import {
  besides,
  listNames,
  makeFolder,
  NODE_FILES,
  writeDurable,
  writeSmallSync,
  type Files,
} from './store-files.ts';
import { GrowingFile } from './growing-file.ts';
import { formatHeader, HEADER_FILE, headerOf, readHeader, requireSameSweep } from './header.ts';
import { mergeParts } from './merge.ts';
import { readFooter, requireTags } from './parquet-footer.ts';
import type { PartSummary } from './parquet-file.ts';
import { parsePart, type PartFile } from './part.ts';
import { batchOfPart, partPath, PARTS_FOLDER } from './part-names.ts';

export const RESULTS_FILE = 'results.parquet';
/** A few million points. */
const REMEMBERED_BYTES = 64 * 2 ** 20;
/** What a summary takes of that: 3.7 kB on the heap, as measured, and up to 4 kB beside it. */
const SUMMARY_BYTES = 2 ** 13;

/** In the folder of the parts, with which it is deleted, whoever left it behind. */
const GROWING_FILE = 'growing';

export interface StoreOptions {
  /** Go on with what the folder holds; else a folder with results is refused. */
  readonly resume?: boolean;
  readonly files?: Files;
}

/** A folder that takes the results of one sweep. What was written once outlasts the process; what is merged, a loss of power. */
export class SweepStore {
  readonly folder: string;
  readonly plan: SweepPlan;
  readonly #files: Files;
  readonly #finished: Set<number>;
  readonly #growing: GrowingFile;
  /** Parts that wait for the growing file to come to them. */
  readonly #remembered = new Map<number, Uint8Array | PartSummary>();
  #rememberedBytes = 0;
  #isMerged: boolean;

  constructor(folder: string, plan: SweepPlan, files: Files, finished: Set<number>, isMerged: boolean) {
    this.folder = folder;
    this.plan = plan;
    this.#files = files;
    this.#finished = finished;
    this.#isMerged = isMerged;
    this.#growing = new GrowingFile(files, besides(join(folder, PARTS_FOLDER, GROWING_FILE)));
  }

  /** Batches that are on the disk. */
  get finishedBatches(): number {
    return this.#isMerged ? this.plan.batches : this.#finished.size;
  }

  /** Points that are on the disk. */
  get finishedPoints(): number {
    if (this.#isMerged) return this.plan.points;
    let points = 0;
    for (const batch of this.#finished) points += rowsOf(this.plan, batch);
    return points;
  }

  /** Batches still to do, in their order. */
  *missing(): Generator<number> {
    if (this.#isMerged) return;
    for (let batch = 0; batch < this.plan.batches; batch++) if (!this.#finished.has(batch)) yield batch;
  }

  has(batch: number): boolean {
    return this.#isMerged || this.#finished.has(batch);
  }

  /** Keeps a batch; when this returns it outlasts the process. Throws a SpecError of one line, on a full disk say. */
  async write(batch: number, bytes: Uint8Array): Promise<void> {
    const path = partPath(this.folder, batch);
    await explainFileErrors(path, async () => this.#writePart(path, bytes));
    this.#finished.add(batch);
    this.#grow(batch, bytes);
  }

  #writePart(path: string, bytes: Uint8Array): void {
    try {
      writeSmallSync(this.#files, path, bytes);
    } catch (error) {
      if (this.#growing.parts === 0) throw error;
      // Perhaps the disk is full: a part counts for more than what only saves time.
      this.#growing.giveUp();
      writeSmallSync(this.#files, path, bytes);
    }
  }

  /**
   * Takes over a part that a thread of this process has `kept` in this folder, or another process. Throws a FormatError
   * where it is not one.
   */
  async accept(batch: number, kept?: PartSummary): Promise<void> {
    const path = partPath(this.folder, batch);
    if (!kept) requirePart(path, await readFooter(this.#files, path), this.plan, batch);
    this.#finished.add(batch);
    if (kept) this.#grow(batch, kept);
  }

  /**
   * Joins all parts into `results.parquet` and deletes them; gives its path. The bytes are the same however the parts
   * came about. Throws a FormatError for a damaged part, an Error where batches are missing.
   */
  async merge(): Promise<string> {
    const target = join(this.folder, RESULTS_FILE);
    if (!this.#isMerged) {
      if (this.#finished.size < this.plan.batches) throw new Error('a sweep is merged when it is complete');
      const merged = await this.#growing.mergedSoFar();
      await mergeParts(this.#files, this.#parts(merged?.footer.count ?? 0), this.plan.key, target, merged);
      this.#isMerged = true;
      this.#remembered.clear();
    }
    await this.#files.rm(join(this.folder, PARTS_FOLDER), { recursive: true, force: true });
    return target;
  }

  /** Appends to the growing file what is next there, and remembers what is not yet. */
  #grow(batch: number, part: Uint8Array | PartSummary): void {
    this.#remember(batch, part);
    for (;;) {
      const next = this.#growing.parts;
      const known = this.#remembered.get(next);
      if (!known || !this.#append(next, known)) return;
      this.#remembered.delete(next);
      this.#rememberedBytes -= sizeOf(known);
    }
  }

  #append(batch: number, part: Uint8Array | PartSummary): boolean {
    const file = this.#part(batch);
    if (part instanceof Uint8Array) return this.#growing.append(parsePart(part, file, this.plan.key));
    return this.#growing.appendKept(file.path, part);
  }

  #remember(batch: number, part: Uint8Array | PartSummary): void {
    if (this.#rememberedBytes + sizeOf(part) > REMEMBERED_BYTES) return;
    this.#rememberedBytes += sizeOf(part);
    this.#remembered.set(batch, part);
  }

  *#parts(from: number): Generator<PartFile> {
    for (let batch = from; batch < this.plan.batches; batch++) yield this.#part(batch);
  }

  #part(batch: number): PartFile {
    const known = this.#remembered.get(batch);
    const bytes = known instanceof Uint8Array ? known : undefined;
    return { path: partPath(this.folder, batch), batch, rows: rowsOf(this.plan, batch), bytes };
  }
}

function sizeOf(part: Uint8Array | PartSummary): number {
  return part instanceof Uint8Array ? part.length : SUMMARY_BYTES;
}

function requirePart(path: string, footer: FileMetaData, plan: SweepPlan, batch: number): void {
  requireTags(path, footer, { key: plan.key, batch, rows: rowsOf(plan, batch) });
}

/** The batches whose parts are whole; one that a loss of power has torn is evaluated again. */
async function findParts(files: Files, folder: string, plan: SweepPlan): Promise<Set<number>> {
  const finished = new Set<number>();
  for (const name of await listNames(files, join(folder, PARTS_FOLDER))) {
    const batch = batchOfPart(name);
    if (batch === undefined || batch >= plan.batches) continue;
    const path = join(folder, PARTS_FOLDER, name);
    const footer = await readFooterIfWhole(files, path);
    if (!footer) continue;
    requirePart(path, footer, plan, batch);
    finished.add(batch);
  }
  return finished;
}

async function readFooterIfWhole(files: Files, path: string): Promise<FileMetaData | undefined> {
  return readFooter(files, path).catch((error: unknown) => {
    if (error instanceof FormatError) return undefined;
    throw error;
  });
}

/** Takes a folder that is new or empty for this sweep. */
async function begin(
  files: Files,
  folder: string,
  plan: SweepPlan,
  names: readonly string[],
): Promise<SweepStore> {
  if (names.length > 0) {
    throw new SpecError(
      `${folder}: holds other files and no sweep (no ${HEADER_FILE}); name a new or empty folder`,
    );
  }
  await makeFolder(files, folder);
  await writeDurable(files, join(folder, HEADER_FILE), (handle) =>
    handle.writeFile(formatHeader(headerOf(plan))),
  );
  await makeFolder(files, join(folder, PARTS_FOLDER));
  return new SweepStore(folder, plan, files, new Set(), false);
}

/**
 * Opens a folder for the results of a sweep: `sweep.json`, a Parquet file in `parts/` for each finished batch, and
 * `results.parquet` once all are there. Throws a SpecError or FormatError of one line for a folder that holds something
 * else, another sweep or another version, for a damaged part, and for one with results unless `resume` is set;
 * it is left as it was.
 */
export async function openStore(
  folder: string,
  plan: SweepPlan,
  { resume = false, files = NODE_FILES }: StoreOptions = {},
): Promise<SweepStore> {
  const found = await files.stat(folder).catch(() => undefined);
  if (found && !found.isDirectory())
    throw new SpecError(`${folder}: is a file; name a folder for the results`);
  const names = await explainFileErrors(folder, () => listNames(files, folder));
  if (!names.includes(HEADER_FILE)) return begin(files, folder, plan, names);
  requireSameSweep(folder, await readHeader(files, folder), plan);
  const store = await reopen(files, folder, plan, names.includes(RESULTS_FILE));
  if (store.finishedBatches > 0 && !resume) {
    throw new SpecError(
      `${folder}: holds ${store.finishedPoints} of ${plan.points} points of this sweep already; ` +
        'add --resume to go on with it, or name another folder',
    );
  }
  await dropGrowingFiles(files, folder);
  return store;
}

/** Deletes what killed processes have left behind. */
async function dropGrowingFiles(files: Files, folder: string): Promise<void> {
  const parts = join(folder, PARTS_FOLDER);
  const names = await files.readdir(parts).catch(() => []);
  const left = names.filter((name) => name.startsWith(GROWING_FILE));
  await Promise.all(left.map((name) => files.rm(join(parts, name), { force: true })));
}

async function reopen(files: Files, folder: string, plan: SweepPlan, isMerged: boolean): Promise<SweepStore> {
  if (!isMerged) {
    await makeFolder(files, join(folder, PARTS_FOLDER));
    return new SweepStore(folder, plan, files, await findParts(files, folder, plan), false);
  }
  const path = join(folder, RESULTS_FILE);
  requireTags(path, await readFooter(files, path), { key: plan.key, rows: plan.points });
  return new SweepStore(folder, plan, files, new Set(), true);
}
