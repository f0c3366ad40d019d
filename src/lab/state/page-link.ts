import { strFromU8, strToU8, unzlibSync, zlibSync } from 'fflate';
import { answer, experiment, lesson } from './lab-store.ts';

/** What a link carries: an experiment, the lesson, and the hashes of the traces that it gave when it was made. */
export interface Linked {
  readonly experiment: unknown;
  readonly hashes: readonly string[];
}

const MAX_LINK = 8000;
/** Digits of a hash that a link carries. */
export const HASH_DIGITS = 16;

const toText = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const toBytes = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));

/** Hashes of what stands now, shortened, one a board; empty where a board gives no time. */
export function hashesNow(): string[] {
  return (answer.value?.boards ?? []).map(
    ({ prediction }) => prediction?.traceHash.slice(0, HASH_DIGITS) ?? '',
  );
}

/** The fragment of what stands now. */
export function fragmentOf(): string {
  const linked: Linked = { experiment: experiment.value, hashes: hashesNow() };
  return `#s=${toText(zlibSync(strToU8(JSON.stringify(linked)), { level: 9 }))}`;
}

/** The address that shows what stands now. */
export function linkOf(): string {
  const query = lesson.value === undefined ? '' : `?lesson=${lesson.value}`;
  return `${location.origin === 'null' ? 'file://' : location.origin}${location.pathname}${query}${fragmentOf()}`;
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
