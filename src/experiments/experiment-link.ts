import { strFromU8, strToU8, unzlibSync, zlibSync } from 'fflate';
import { bytesFromBase64 } from '../base64.ts';
import type { Answer } from './answer.ts';
import type { Experiment } from './experiment-state.ts';

/** What a link carries: an experiment, and the hashes of the traces that it gave when the link was made. */
export interface Linked {
  readonly experiment: unknown;
  readonly hashes: readonly string[];
}

const MAX_LINK = 8000;
/** Digits of a hash that a link carries. */
const HASH_DIGITS = 16;

const toText = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const toBytes = (text: string) => bytesFromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));

/** Hashes of the traces of an answer, shortened, one a board; empty where a board gives no time. */
export function traceHashesOf({ boards }: Pick<Answer, 'boards'>): string[] {
  return boards.map(({ prediction }) => prediction?.traceHash.slice(0, HASH_DIGITS) ?? '');
}

/** The fragment of an address by which the Lab shows an experiment, `#s=` and zlib in base64 for URLs. */
export function experimentFragment(experiment: Experiment, hashes: readonly string[]): string {
  const linked: Linked = { experiment, hashes };
  return `#s=${toText(zlibSync(strToU8(JSON.stringify(linked)), { level: 9 }))}`;
}

/** What a fragment carries; undefined where it carries nothing. Throws an Error of one line for one that was damaged. */
export function readFragment(fragment: string): Linked | undefined {
  if (!fragment.startsWith('#s=')) return undefined;
  if (fragment.length > MAX_LINK) {
    throw new Error(
      `This link is longer than ${MAX_LINK} characters, so it was not read; ask for a new one.`,
    );
  }
  try {
    const value = JSON.parse(strFromU8(unzlibSync(toBytes(fragment.slice(3))))) as Partial<Linked>;
    if (!Array.isArray(value.hashes)) throw new Error('no hashes');
    return { experiment: value.experiment, hashes: value.hashes };
  } catch {
    throw new Error(
      'This link is damaged: it cannot be read. The first experiment stands; ask for the link again.',
    );
  }
}
