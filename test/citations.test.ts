import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CODE = ['src', 'test', 'bench', 'scripts', 'examples', 'wasm'];
const PAGES = ['docs', 'data', 'examples', 'test'];

/** Files of other repositories, which the comment names beside them. */
const OF_OTHERS = new Set(['ports/stm32/boards/OPENMV4P/pins.csv', 'doc/specs/thrift-compact-protocol.md']);

interface File {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

function listFiles(folder: string, names: RegExp): File[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && names.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

const code = CODE.flatMap((folder) => listFiles(folder, /\.(ts|mjs|js|py|lua)$/));
const pages = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...PAGES.flatMap((folder) => listFiles(folder, /\.md$/)).map(({ path }) => path),
].map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

/** Anchors that GitHub gives the headings of a page: letters, digits, hyphens; a repeated heading is numbered. */
function anchorsOf(page: string): Set<string> {
  const seen = new Map<string, number>();
  const text = page.replace(/^```[^]*?^```/gm, '');
  return new Set(
    [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
      const slug = heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\- _]/gu, '')
        .replaceAll(' ', '-');
      const repeats = seen.get(slug) ?? 0;
      seen.set(slug, repeats + 1);
      return repeats === 0 ? slug : `${slug}-${repeats}`;
    }),
  );
}

const anchors = new Map(pages.map(({ path, text }) => [path, anchorsOf(text)]));

const leadsSomewhere = (path: string, anchor?: string): boolean =>
  anchor === undefined ? existsSync(join(ROOT, path)) : (anchors.get(path)?.has(anchor) ?? false);

/** Comments and titles of tests: where a source is named, and not a file that the code reads or writes. */
function proseOf(text: string): string {
  const comments = text.match(/\/\*[^]*?\*\/|(?<=^|\s)\/\/.*$|^\s*(?:#|--) .*$/gm) ?? [];
  const titles = text.replace(/\.each\(\[.*?\]\)/g, '').match(/\b(?:it|test|describe)\b[^\n]*$/gm) ?? [];
  return [...comments, ...titles].join('\n');
}

it('a page and heading that code cites is there', () => {
  const cited = code.flatMap(({ path, text }) =>
    [...text.matchAll(/\b((?:docs|data)\/[\w./-]*\.(?:md|csv))(?:#([\w-]+))?/g)].map(
      ([name, page, anchor]) => ({
        from: `${path}: ${name}`,
        found: leadsSomewhere(page!, anchor),
      }),
    ),
  );
  expect(cited.filter(({ found }) => !found).map(({ from }) => from)).toEqual([]);
  expect(cited.length).toBeGreaterThan(40);
});

it('no comment and no title of a test cites a page or table that the repository lacks', () => {
  const lacking = code.flatMap(({ path, text }) =>
    [...proseOf(text).matchAll(/[\w./-]*\w\.(?:md|csv)\b/g)]
      .map(([name]) => name)
      .filter((name) => !OF_OTHERS.has(name))
      .filter((name) => !existsSync(join(ROOT, name)) && !existsSync(join(ROOT, dirname(path), name)))
      .map((name) => `${path}: ${name}`),
  );
  expect(lacking).toEqual([]);
});

it('every link of a page leads to a file, and to a heading if it names one', () => {
  const dead = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)/g)]
      .filter(([, target, anchor]) => {
        const file = target === '' ? path : join(dirname(path), target!);
        return !leadsSomewhere(file, file.endsWith('.md') ? anchor : undefined);
      })
      .map(([link]) => `${path}: ${link}`),
  );
  expect(dead).toEqual([]);
});

/** Folders of the repository; pages on hardware name files of other repositories, and the changelog files that were. */
const OWN_PATH = /`((?:src|test|scripts|docs|data|examples|schemas|bench|wasm|\.ci|\.github)\/[^`\s]*)`/g;
const OF_OTHER_TREES = /^(docs\/hardware\/|CHANGELOG\.md$)/;

/** `a/{b,c}` as the paths that it stands for, and `a/*.ts` as the folder that it begins with. */
function expand(path: string): string[] {
  const [, before, list, after] = /^(.*)\{(.*)\}(.*)$/.exec(path) ?? [];
  const paths = list === undefined ? [path] : list.split(',').map((one) => `${before}${one}${after}`);
  return paths.map((one) => one.replace(/[^/]*\*.*$/, ''));
}

it('every file and folder that a page names is there', () => {
  const named = pages
    .filter(({ path }) => !OF_OTHER_TREES.test(path))
    .flatMap(({ path, text }) => [...text.matchAll(OWN_PATH)].map(([, name]) => ({ path, name: name! })));
  const lacking = named.flatMap(({ path, name }) =>
    expand(name)
      .filter((one) => !existsSync(join(ROOT, one)))
      .map((one) => `${path}: ${one}`),
  );
  expect(lacking).toEqual([]);
  expect(named.length).toBeGreaterThan(100);
});

it('every source that a comment names by its path is there', () => {
  const named = code.flatMap(({ path, text }) =>
    [...proseOf(text).matchAll(/`([\w-]+(?:\/[\w.-]+)+\.(?:ts|mjs|py))`/g)].map(([, name]) => ({
      path,
      places: ['', 'src', dirname(path), dirname(dirname(path))].map((folder) => join(ROOT, folder, name!)),
    })),
  );
  const lacking = named.filter(({ places }) => !places.some((place) => existsSync(place)));
  expect(lacking.map(({ path, places }) => `${path}: ${places[0]}`)).toEqual([]);
  expect(named.length).toBeGreaterThan(5);
});
