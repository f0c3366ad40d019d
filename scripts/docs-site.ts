/** Writes the documents as a static site, `site/` or the folder that is given: npm run docs:site [-- FOLDER] */
import { resolve } from 'node:path';
import { writeSite } from './docs-site/write-site.ts';

const folder = process.argv[2] ?? 'site';
const pages = await writeSite(resolve(folder));
console.log(`${pages.length} pages in ${folder}; open ${folder}/index.html`);
