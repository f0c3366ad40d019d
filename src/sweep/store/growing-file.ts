import type { SchemaElement } from 'hyparquet';
import type { Files } from './store-files.ts';
import { FooterWriter, MAGIC, MAGIC_BYTES } from './footer-writer.ts';
import type { PartSummary } from './parquet-file.ts';
import type { Part } from './part.ts';

/** What a merged file holds so far: row groups, and what its footer will say of them. */
export interface MergedSoFar {
  readonly path: string;
  readonly fileBytes: number;
  readonly footer: FooterWriter;
  readonly schema: SchemaElement[];
}

/** Written out at a time: little enough that the end of a sweep waits for a few ms of disk at most. */
const FLUSHED_BYTES = 4 * 2 ** 20;

/**
 * The merged file of a sweep, extended part by part while the sweep runs, so that little is left to do at its end. It only
 * saves time: where it cannot be written it is given up, and whoever merges begins from the parts.
 */
export class GrowingFile {
  readonly #files: Files;
  readonly #path: string;
  #footer = new FooterWriter();
  #schema: SchemaElement[] = [];
  #fileBytes = 0;
  #room = new Uint8Array(0);
  /** Of the file, that are on the disk or on their way to it. */
  #flushedBytes = 0;
  #isFlushing = false;
  #isGivenUp = false;

  constructor(files: Files, path: string) {
    this.#files = files;
    this.#path = path;
  }

  /** Parts that it holds, from the first on; none once it is given up. */
  get parts(): number {
    return this.#footer.count;
  }

  /** Appends the next part; false where the file is given up. */
  append(part: Part): boolean {
    return this.#attempt(() => this.#write(part));
  }

  /** Appends the next part from the file into which a thread of this process has put it. */
  appendKept(path: string, summary: PartSummary): boolean {
    return this.#attempt(() => this.#write({ ...summary, body: this.#readBody(path, summary.bodyBytes) }));
  }

  #attempt(append: () => void): boolean {
    if (this.#isGivenUp) return false;
    try {
      append();
    } catch {
      this.giveUp();
    }
    return !this.#isGivenUp;
  }

  #write({ body, group, schema }: Part): void {
    if (this.#fileBytes === 0) {
      this.#files.writeFileSync(this.#path, MAGIC);
      this.#fileBytes = MAGIC_BYTES;
    }
    this.#files.appendFileSync(this.#path, body);
    this.#footer.add(group, this.#fileBytes);
    this.#fileBytes += body.length;
    this.#schema = schema;
    if (this.#fileBytes - this.#flushedBytes >= FLUSHED_BYTES && !this.#isFlushing) void this.#flush();
  }

  /** Writes out what is there while the sweep goes on: its end would have to wait for the disk else. */
  async #flush(): Promise<void> {
    this.#isFlushing = true;
    this.#flushedBytes = this.#fileBytes;
    // Whoever merges flushes the file again, and says what is wrong.
    const handle = await this.#files.open(this.#path, 'r+').catch(() => undefined);
    await handle?.datasync().catch(() => undefined);
    await handle?.close().catch(() => undefined);
    this.#isFlushing = false;
  }

  #readBody(path: string, bodyBytes: number): Uint8Array {
    // Used again for each part: the collector is called for each new 200 kB or so beside its heap.
    if (this.#room.length < bodyBytes) this.#room = new Uint8Array(2 * bodyBytes);
    const handle = this.#files.openSync(path, 'r');
    try {
      const read = this.#files.readSync(handle, this.#room, 0, bodyBytes, MAGIC_BYTES);
      if (read < bodyBytes) throw new Error(`${path} is shorter than what was written to it`);
    } finally {
      this.#files.closeSync(handle);
    }
    return this.#room.subarray(0, bodyBytes);
  }

  /** What it holds; undefined where that is nothing, or somebody else has touched the file. */
  async mergedSoFar(): Promise<MergedSoFar | undefined> {
    const found = await this.#files.stat(this.#path).catch(() => undefined);
    if (this.parts === 0 || found?.size !== this.#fileBytes) return undefined;
    return { path: this.#path, fileBytes: this.#fileBytes, footer: this.#footer, schema: this.#schema };
  }

  /** Deletes the file: its room may be needed for parts. */
  giveUp(): void {
    this.#isGivenUp = true;
    this.#footer = new FooterWriter();
    this.#files.rmSync(this.#path, { force: true });
  }
}
