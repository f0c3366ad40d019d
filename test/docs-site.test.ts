import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, test } from 'vitest';
import { cliReference } from '../scripts/docs-site/cli-reference.ts';
import { SECTIONS } from '../scripts/docs-site/site-map.ts';
import { writeSite } from '../scripts/docs-site/write-site.ts';
import { launchBrowser } from './support/browser.ts';
import { needs } from './support/needs.ts';
import { commandsOf, shellLines } from './support/shell-lines.ts';
import { tempFolder } from './support/temp-folder.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const chromium = needs('chromium');
const out = tempFolder().path;

/** Every page that stands in the folder, with what it links to, shows and loads. */
function htmlPages(): { readonly path: string; readonly document: Document }[] {
  return readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.html'))
    .map((path) => ({ path, document: parseHTML(readFileSync(join(out, path), 'utf8')).document }));
}

/** Second words of two messages that a page quotes, what yargs brings, and what CONTRIBUTING.md adds (its own test walks that). */
const NOT_COMMANDS = ['has', 'does', 'completion', 'count'];

/** Words behind `inferscope`, of the lines of a page's `sh` blocks and of its text. */
function commandsShown(markdown: string): string[][] {
  const lines = shellLines(markdown).flatMap(commandsOf);
  const inText = [...markdown.matchAll(/`(?:npx )?(inferscope [a-z]+ [^`]*)`/g)].map(([, line = '']) =>
    line.split(' '),
  );
  return [...lines, ...inText]
    .map((words) => (words[0] === 'npx' ? words.slice(1) : words))
    .filter(([tool, command]) => tool === 'inferscope' && /^[a-z]+$/.test(command ?? ''))
    .map((words) => words.slice(1))
    .filter(([command = '']) => !NOT_COMMANDS.includes(command));
}

beforeAll(async () => void (await writeSite(out)));

describe('the site of the documents', () => {
  test('has every page of docs/', () => {
    const listed = SECTIONS.flatMap(({ pages }) => pages);
    const there = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md'))
      .map((path) => `docs/${path}`);
    expect(there.filter((path) => !listed.includes(path))).toEqual([]);
  });

  test('every link leads to a page, heading, picture or file of it', () => {
    const pages = htmlPages();
    const ids = new Map(
      pages.map(({ path, document }) => [
        path,
        new Set([...document.querySelectorAll('[id]')].map((element) => element.id)),
      ]),
    );
    const dead: string[] = [];
    let links = 0;
    for (const { path, document } of pages) {
      for (const element of document.querySelectorAll('a[href], img[src], script[src]')) {
        const href = element.getAttribute('href') ?? element.getAttribute('src') ?? '';
        if (/^https?:/.test(href) && element.localName === 'a') continue;
        links++;
        const [file = '', anchor] = href.split('#');
        const to = file === '' ? path : join(dirname(path), decodeURIComponent(file));
        const found = existsSync(join(out, to)) && statSync(join(out, to)).isFile();
        if (!found || (anchor !== undefined && !ids.get(to)?.has(anchor))) dead.push(`${path}: ${href}`);
      }
    }
    expect(dead).toEqual([]);
    expect(links).toBeGreaterThan(1000);
  });

  test.skipIf(chromium.missing)(
    `is searched in a page from a file, and asks for nothing from elsewhere${chromium.reason}`,
    async () => {
      const browser = await launchBrowser();
      try {
        const tab = await browser.newPage();
        const asked: string[] = [];
        const complaints: string[] = [];
        tab.on('request', (request) => asked.push(request.url()));
        tab.on('pageerror', (error) => complaints.push(error.message));
        await tab.goto(pathToFileURL(join(out, 'docs/lua.html')).href);
        await tab.fill('#query', 'pulse or period');
        await tab.click('#found a');
        expect(await tab.title()).toContain('inferscope');
        expect(tab.url()).toMatch(/^file:.*paper\.html#pulse-or-period$/);
        expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([]);
        expect(complaints).toEqual([]);
      } finally {
        await browser.close();
      }
    },
  );
});

test('a command that a page shows is one that there is, with options that it has', async () => {
  const reference = await cliReference();
  const helpOf = new Map(
    reference
      .split(/^## /m)
      .slice(1)
      .map((chapter) => [chapter.slice(0, chapter.indexOf('\n')), chapter]),
  );
  const shown = SECTIONS.flatMap(({ pages }) => pages)
    .filter((path) => existsSync(join(ROOT, path)))
    .flatMap((path) =>
      commandsShown(readFileSync(join(ROOT, path), 'utf8')).map((words) => ({ path, words })),
    );
  const odd = shown.flatMap(({ path, words: [command = '', ...rest] }) => {
    const help = helpOf.get(command);
    if (help === undefined) return [`${path}: ${command}`];
    return rest
      .flatMap((word) => word.match(/^--[a-z][\w-]*/) ?? [])
      .filter((option) => !new RegExp(`${option}(?![\\w-])`).test(help))
      .map((option) => `${path}: ${command} ${option}`);
  });
  expect(odd).toEqual([]);
  expect(shown.length).toBeGreaterThan(30);
});
