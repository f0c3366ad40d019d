import { fileURLToPath } from 'node:url';
import type { Alias } from 'vite';

const SOURCE = fileURLToPath(new URL('../../src/', import.meta.url));

/** Where the package's entries are before it is built, for Vite. */
export const SOURCE_ENTRIES: Alias[] = [
  { find: /^inferscope$/, replacement: `${SOURCE}index.ts` },
  { find: /^inferscope\/(.*)$/, replacement: `${SOURCE}api/$1.ts` },
];
