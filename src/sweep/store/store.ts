import { join } from 'node:path';
import { SpecError } from '../../errors.ts';
import { planRange, type SweepPlan } from '../run-plan.ts';
import { listNames, makeFolder, NODE_FILES, writeDurable, writeSmall, type Files } from './files.ts';
import { formatHeader, HEADER_FILE, headerOf, parseHeader, requireSameSweep } from './header.ts';
import { mergeParts, type PartFile } from './merge.ts';
import { readFooter, requireTags } from './parquet-footer.ts';

export const RESULTS_FILE = 'results.parquet';
export const PARTS_FOLDER = 'parts';

/** A few million points. */
const REMEMBERED_BYTES = 64 * 2 ** 20;

const PART_NAME = /^batch-(\d{8})\.parquet$/;

export function partName(batch: number): string {
  return `batch-${String(batch).padStart(8, '0')}.parquet`;
}

export function batchOfPart(name: string): number | undefined {
  const digits = PART_NAME.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export interface StoreOptions {
  /** Go on with what the folder holds; else a folder with results is refused. */
  readonly resume?: boolean;
  readonly files?: Files;
}

/** A folder that takes the results of one sweep. What was written once outlasts a crash. */
export class SweepStore {
  readonly folder: string;
  readonly plan: SweepPlan;
  readonly #files: Files;
  readonly #finished: Set<number>;
  /** Parts that `merge` need not read back. */
  readonly #remembered = new Map<number, Uint8Array>();
  #rememberedBytes = 0;
  #isMerged: boolean;

  constructor(folder: string, plan: SweepPlan, files: Files, finished: Set<number>, isMerged: boolean) {
    this.folder = folder;
    this.plan = plan;
    this.#files = files;
    this.#finished = finished;
    this.#isMerged = isMerged;
  }

  /** Batches that are on the disk. */
  get finishedBatches(): number {
    return this.#isMerged ? this.plan.batches : this.#finished.size;
  }

  /** Points that are on the disk. */
  get finishedPoints(): number {
    if (this.#isMerged) return this.plan.points;
    const { batchPoints, batches, points } = this.plan;
    const lastMissing = this.#finished.has(batches - 1) ? batches * batchPoints - points : 0;
    return this.#finished.size * batchPoints - lastMissing;
  }

  /** Batches still to do, in their order. */
  *missing(): Generator<number> {
    if (this.#isMerged) return;
    for (let batch = 0; batch < this.plan.batches; batch++) if (!this.#finished.has(batch)) yield batch;
  }

  has(batch: number): boolean {
    return this.#isMerged || this.#finished.has(batch);
  }

  partPath(batch: number): string {
    return join(this.folder, PARTS_FOLDER, partName(batch));
  }

  /** Keeps a batch; when this returns it outlasts a crash. Throws a SpecError of one line, on a full disk say. */
  async write(batch: number, bytes: Uint8Array): Promise<void> {
    await writeSmall(this.#files, this.partPath(batch), bytes);
    this.#finished.add(batch);
    this.#remember(batch, bytes);
  }

  /** Takes over a part that another process wrote to this folder. Throws a FormatError where it is not one. */
  async adopt(batch: number): Promise<void> {
    await checkPartFile(this.#files, this.partPath(batch), this.plan, batch);
    this.#finished.add(batch);
  }

  /**
   * Joins all parts into `results.parquet` and deletes them; gives its path. The bytes are the same however the parts
   * came about. Throws a FormatError for a damaged part, an Error where batches are missing.
   */
  async merge(): Promise<string> {
    const target = join(this.folder, RESULTS_FILE);
    if (!this.#isMerged) {
      if (this.#finished.size < this.plan.batches) throw new Error('a sweep is merged when it is complete');
      await mergeParts(this.#files, this.#parts(), this.plan.key, target);
      this.#isMerged = true;
      this.#remembered.clear();
    }
    await this.#files.rm(join(this.folder, PARTS_FOLDER), { recursive: true, force: true });
    return target;
  }

  #remember(batch: number, bytes: Uint8Array): void {
    if (this.#rememberedBytes + bytes.length > REMEMBERED_BYTES) return;
    this.#rememberedBytes += bytes.length;
    this.#remembered.set(batch, bytes);
  }

  *#parts(): Generator<PartFile> {
    for (let batch = 0; batch < this.plan.batches; batch++) {
      const { from, to } = planRange(this.plan, batch);
      yield { path: this.partPath(batch), batch, rows: to - from, bytes: this.#remembered.get(batch) };
    }
  }
}

async function checkPartFile(files: Files, path: string, plan: SweepPlan, batch: number): Promise<void> {
  const { from, to } = planRange(plan, batch);
  requireTags(path, await readFooter(files, path), { key: plan.key, batch, rows: to - from });
}

async function findParts(files: Files, folder: string, plan: SweepPlan): Promise<Set<number>> {
  const finished = new Set<number>();
  for (const name of await listNames(files, join(folder, PARTS_FOLDER))) {
    const batch = batchOfPart(name);
    if (batch === undefined || batch >= plan.batches) continue;
    await checkPartFile(files, join(folder, PARTS_FOLDER, name), plan, batch);
    finished.add(batch);
  }
  return finished;
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
  const names = await listNames(files, folder);
  if (!names.includes(HEADER_FILE)) return begin(files, folder, plan, names);
  const path = join(folder, HEADER_FILE);
  requireSameSweep(folder, parseHeader(path, await files.readFile(path, 'utf8')), plan);
  const store = await reopen(files, folder, plan, names.includes(RESULTS_FILE));
  if (store.finishedBatches > 0 && !resume) {
    throw new SpecError(
      `${folder}: holds ${store.finishedPoints} of ${plan.points} points of this sweep already; ` +
        'add --resume to go on with it, or name another folder',
    );
  }
  return store;
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
