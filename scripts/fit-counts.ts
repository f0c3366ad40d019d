/** Refits the instructions of every counted build and writes src/boards/libraries/counted/. Run: npm run fit-counts */
import { mkdirSync, writeFileSync } from 'node:fs';
import { countFiles } from './count-files.ts';

for (const { url, text } of countFiles()) {
  mkdirSync(new URL('.', url), { recursive: true });
  writeFileSync(url, text);
  console.log(url.pathname.slice(url.pathname.indexOf('src/')));
}
