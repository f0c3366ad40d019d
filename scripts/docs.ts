/** Writes the generated documents anew: docs/op-support.md, docs/settings.md, and the sections of README.md, docs/library.md and
 * docs/architecture.md. Run: npm run docs */
import { readFileSync, writeFileSync } from 'node:fs';
import { architectureWithSections } from './architecture-sections.ts';
import { libraryWithExamples } from './library-sections.ts';
import { opSupport } from './op-support.ts';
import { readmeWithSections } from './readme-sections.ts';
import { settingsPage } from './settings-page.ts';

const README = new URL('../README.md', import.meta.url);
const ARCHITECTURE = new URL('../docs/architecture.md', import.meta.url);
const LIBRARY = new URL('../docs/library.md', import.meta.url);

writeFileSync(new URL('../docs/op-support.md', import.meta.url), opSupport());
writeFileSync(README, await readmeWithSections(readFileSync(README, 'utf8')));
writeFileSync(LIBRARY, await libraryWithExamples(readFileSync(LIBRARY, 'utf8')));
writeFileSync(ARCHITECTURE, architectureWithSections(readFileSync(ARCHITECTURE, 'utf8')));
writeFileSync(new URL('../docs/settings.md', import.meta.url), settingsPage());
