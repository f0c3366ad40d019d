/** What earlier runs found, so that an interrupted run goes on where it was: lines of JSON, the last one of a key counts. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

export class Memory {
  readonly #file: string;
  readonly #values = new Map<string, unknown>();

  /** `isFresh`: what is in the file counts no longer. */
  constructor(file: string, isFresh = false) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    if (isFresh || !existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) this.#remember(line);
  }

  /** A line that was cut off by the end of a process is as good as none. */
  #remember(line: string): void {
    try {
      const { key, value } = JSON.parse(line) as { key: string; value: unknown };
      this.#values.set(key, value);
    } catch {
      return;
    }
  }

  get<T>(key: string): T | undefined {
    return this.#values.get(key) as T | undefined;
  }

  put(key: string, value: unknown): void {
    this.#values.set(key, value);
    appendFileSync(this.#file, `${JSON.stringify({ key, value })}\n`);
  }
}
