import { signal } from '@preact/signals';
import { bytesFromBase64 } from 'inferscope/experiments';

/** A file of the reader's that this browser keeps. */
export interface RecentFile {
  readonly name: string;
  readonly base64: string;
}

const KEY = 'inferscope-recent';
const MOST = 3;
/** Browsers keep about five million characters for all pages of a place. */
const MAX_BYTES = 500_000;

/** Files that were opened last, the newest first; empty until `loadRecent`. */
export const recent = signal<readonly RecentFile[]>([]);

const isRecent = (value: unknown): value is RecentFile =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as RecentFile).name === 'string' &&
  typeof (value as RecentFile).base64 === 'string';

/** Reads what is kept; what is no list of files is none. */
export function recentFrom(text: string | null): RecentFile[] {
  try {
    const value = JSON.parse(text ?? '[]') as unknown;
    return Array.isArray(value) ? value.filter(isRecent).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** The list with one more in front, each name once. */
export const withRecent = (files: readonly RecentFile[], file: RecentFile): RecentFile[] =>
  [file, ...files.filter(({ name }) => name !== file.name)].slice(0, MOST);

function keep(files: readonly RecentFile[]): void {
  recent.value = files;
  try {
    if (files.length === 0) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(files));
  } catch {
    // A browser that keeps nothing, or has no more room: the page has them until it is closed.
  }
}

/** Takes what this browser has kept. */
export function loadRecent(): void {
  try {
    recent.value = recentFrom(localStorage.getItem(KEY));
  } catch {
    recent.value = [];
  }
}

/** Keeps a file that was opened, in this browser alone; a large one not. */
export function keepRecent(name: string, bytes: Uint8Array): void {
  if (bytes.length > MAX_BYTES) return;
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  keep(withRecent(recent.value, { name, base64: btoa(text) }));
}

/** Forgets all of them. */
export const forgetRecent = (): void => keep([]);

export const bytesOfRecent = ({ base64 }: RecentFile): Uint8Array => bytesFromBase64(base64);
