/** Writes the generated documents anew: docs/op-support.md and the sections of README.md. Run: npm run docs */
import { readFileSync, writeFileSync } from 'node:fs';
import { opSupport } from './op-support.ts';
import { withSections } from './readme-sections.ts';

const README = new URL('../README.md', import.meta.url);

writeFileSync(new URL('../docs/op-support.md', import.meta.url), opSupport());
writeFileSync(README, await withSections(readFileSync(README, 'utf8')));
