import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FormatError } from '../../src/errors.ts';
import type { Draw } from './mutate.ts';

/** A parser or sandbox, what it is fed with, and what is done with it. */
export interface Target {
  seeds(): readonly Uint8Array[] | Promise<readonly Uint8Array[]>;
  mutate(seeds: readonly Uint8Array[], draw: Draw): Uint8Array;
  /**
   * Throws an InferscopeError for what is no good input; anything else that it throws is a find. Where it gives a text, that
   * says how it went, so that files which go otherwise are told apart.
   */
  run(bytes: Uint8Array): unknown;
  /** Done before an input is tried and not counted as its own, such as starting an interpreter. */
  prepare?(): Promise<void>;
  /** Seconds of the processor that the last input took before it was looked at, such as starting an interpreter of its own. */
  startSeconds?(): number;
}

export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
export const bytesOf = (value: string): Uint8Array => new TextEncoder().encode(value);
export const jsonOf = (value: unknown): Uint8Array => bytesOf(JSON.stringify(value));

/** Mutates one of the seeds. */
export const one =
  (mutate: (seed: Uint8Array, draw: Draw) => Uint8Array): Target['mutate'] =>
  (seeds, draw) =>
    mutate(seeds[draw() % seeds.length]!, draw);

/** Reads JSON as the command line does. */
export function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(text(bytes));
  } catch {
    throw new FormatError('is not JSON');
  }
}

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Files of a folder of the project whose names end so, each `every`th of them. */
export function files(folder: string, ending: string, every = 1): Uint8Array[] {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(ending));
  return names.filter((_, at) => at % every === 0).map((name) => readFileSync(join(root, folder, name)));
}
