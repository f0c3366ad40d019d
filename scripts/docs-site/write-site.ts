import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { escapeMarkup } from '../../src/report/escape-markup.ts';
import { boardsPage } from './boards-page.ts';
import { cliReference } from './cli-reference.ts';
import { renderMarkdown, sitePath, type MarkdownPage } from './markdown-page.ts';
import { pageShell, type Contents } from './page-shell.ts';
import { searchIndex, SEARCH_SCRIPT } from './search.ts';
import { SECTIONS } from './site-map.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const isFolder = (path: string): boolean =>
  existsSync(join(ROOT, path)) && statSync(join(ROOT, path)).isDirectory();

async function readPages(): Promise<Map<string, MarkdownPage>> {
  const generated: Readonly<Record<string, () => string | Promise<string>>> = {
    'cli.md': cliReference,
    'boards.md': boardsPage,
  };
  const pages = new Map<string, MarkdownPage>();
  for (const path of SECTIONS.flatMap((section) => section.pages)) {
    const markdown = await (generated[path]?.() ?? readFileSync(join(ROOT, path), 'utf8'));
    pages.set(path, renderMarkdown(path, markdown, isFolder));
  }
  return pages;
}

function write(out: string, path: string, text: string): void {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), text);
}

function copy(out: string, path: string): void {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  copyFileSync(join(ROOT, path), join(out, path));
}

/** A folder that a page links to: its files, and a page that lists them. */
function copyFolder(out: string, folder: string, contents: readonly Contents[]): void {
  const names = readdirSync(join(ROOT, folder)).filter((name) => !isFolder(`${folder}/${name}`));
  names.forEach((name) => copy(out, `${folder}/${name}`));
  const rows = names.map((name) => `<li><a href="${name}">${escapeMarkup(name)}</a></li>`).join('\n');
  const entry = { path: `${folder}/README.md`, title: folder };
  write(out, `${folder}/index.html`, pageShell(entry, `<h1>${folder}</h1>\n<ul>\n${rows}\n</ul>`, contents));
}

/** Writes the documents as pages that need no server and no network. Gives the paths of the pages, from `out`. */
export async function writeSite(out: string): Promise<readonly string[]> {
  const pages = await readPages();
  const contents = SECTIONS.map(({ title, pages: paths }) => ({
    title,
    entries: paths.map((path) => ({ path, title: pages.get(path)!.title })),
  }));
  for (const [path, { title, html }] of pages) {
    write(out, sitePath(path), pageShell({ path, title }, html, contents));
  }
  const files = new Set([...pages.values()].flatMap((page) => page.files));
  for (const path of files) {
    if (isFolder(path)) copyFolder(out, path, contents);
    else copy(out, path);
  }
  const library = join(
    dirname(createRequire(import.meta.url).resolve('minisearch')),
    '..',
    'umd',
    'index.js',
  );
  write(out, 'minisearch.js', readFileSync(library, 'utf8').replace(/^\/\/# sourceMappingURL.*$/m, ''));
  write(out, 'search-index.js', searchIndex(pages));
  write(out, 'search.js', SEARCH_SCRIPT);
  return [...pages.keys()].map((path) => posix.normalize(sitePath(path)));
}
