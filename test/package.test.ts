import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { diskMegabytes } from '../scripts/disk-megabytes.ts';
import { undocumented } from './support/declarations.ts';
import { needs } from './support/needs.ts';
import { runInPage } from './support/packed-page.ts';
import { compile, filesBelow, installPacked, ROOT, run } from './support/packed-package.ts';

const chromium = needs('chromium');

const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: Record<string, unknown>;
};
const ENTRIES = Object.keys(exports)
  .filter((path) => path !== './package.json')
  .map((path) => `inferscope${path.slice(1)}`);
/** Their libraries' types are written for pages. */
const NEEDS_DOM = ['inferscope/node', 'inferscope/sweep'];
const PAGES = ['README.md', 'docs/library.md'];
const EXAMPLES = PAGES.flatMap((page) => examplesOf(readFileSync(join(ROOT, page), 'utf8')));

/** Examples of a page that run: their name there, their source, and what the page says that they print. */
function examplesOf(
  page: string,
): { readonly name: string; readonly source: string; readonly output: string }[] {
  const blocks = page.matchAll(/<!-- begin (\S+) -->\n```ts\n([^]*?)```\n\n```text\n([^]*?)```/g);
  return [...blocks].map(([, name, source, output]) => ({ name: name!, source: source!, output: output! }));
}

let folder = '';
let packageFolder = '';
let typeFiles: readonly string[] = [];

beforeAll(() => {
  ({ folder, packageFolder } = installPacked());
  EXAMPLES.forEach(({ source }, at) => writeFileSync(join(folder, `example-${at}.ts`), source));
  cpSync(join(packageFolder, 'examples', 'sweep-in-page'), join(folder, 'page'), { recursive: true });
  const files = EXAMPLES.map((_, at) => `example-${at}.ts`);
  typeFiles = compile(
    folder,
    [...files, 'page/my-worker.ts', 'page/page.ts', importAll(ENTRIES)],
    ['es2023', 'dom'],
  );
});

/** The declarations of an entry of the package. */
function typesOf(entry: unknown): string | undefined {
  const { types } = entry as { types?: string };
  return types === undefined ? undefined : join(packageFolder, types);
}

/** A module that imports entries whole, so that all of their types are looked at. */
function importAll(entries: readonly string[]): string {
  const name = `all-${entries.length}.ts`;
  const imports = entries.map((entry, at) => `import * as m${at} from '${entry}';\n`);
  const names = entries.map((_, at) => `m${at}`).join(', ');
  writeFileSync(join(folder, name), `${imports.join('')}export const all = [${names}];\n`);
  return name;
}

test.each(EXAMPLES.map(({ name, output }, at) => [name, output, at] as const))(
  'installed, %s prints what its page shows',
  (_, output, at) => {
    expect(run(process.execPath, [join('out', `example-${at}.js`)], folder)).toBe(output);
  },
);

it('leaves the libraries that it depends on their share of 75 MB: they take 57.3', () => {
  expect(diskMegabytes(packageFolder)).toBeLessThan(17.7);
});

it('says in a sentence what each thing is that it exports', () => {
  const names = undocumented(Object.values(exports).flatMap((entry) => typesOf(entry) ?? []));
  expect(names).toEqual([]);
});

it('has types that ask for no others than those of its libraries', () => {
  expect(typeFiles.length).toBeGreaterThan(200);
  // Which version of these is found depends on what else is installed.
  expect(typeFiles.filter((path) => path.includes('/@types/'))).toEqual([]);
});

it('has types that hold without those of pages, but for what runs on libraries for pages', () => {
  const entries = ENTRIES.filter((entry) => !NEEDS_DOM.includes(entry));
  expect(() => compile(folder, [importAll(entries)], ['es2023'])).not.toThrow();
});

test('errors are of the same classes whichever entry threw them', () => {
  const script = `
    import { deepStrictEqual } from 'node:assert/strict';
    import { FormatError, InferscopeError, SpecError } from 'inferscope';
    import { parseBoard } from 'inferscope/boards';
    import { readTflite } from 'inferscope/files';
    import { createNodeRunner } from 'inferscope/node';
    import { designSpace } from 'inferscope/sweep';
    const thrown = [
      () => readTflite(new Uint8Array(9), 'x'),
      () => parseBoard({}, 'x'),
      () => createNodeRunner(0),
      () => designSpace({ model: { kind: 'spec', text: 'paper:{f}' }, axes: [] }),
    ].map((call) => {
      try { call(); } catch (error) { return error; }
    });
    deepStrictEqual(thrown.map((error) => error instanceof InferscopeError), [true, true, true, true]);
    deepStrictEqual(thrown.map((error) => error instanceof FormatError), [true, false, false, false]);
    deepStrictEqual(thrown.slice(1).map((error) => error instanceof SpecError), [true, true, true]);`;
  writeFileSync(join(folder, 'errors.mjs'), script);
  expect(run(process.execPath, ['errors.mjs'], folder)).toBe('');
});

it('installs a command that predicts', () => {
  const main = join(packageFolder, 'dist', 'cli', 'main.js');
  expect(run(process.execPath, [main, 'predict', 'paper:8', '--board', 'maixduino'], folder)).toContain('ms');
});

it('says the same from its bundle, from one whose cache another V8 made, and from its modules', () => {
  const main = join(packageFolder, 'dist', 'cli', 'main.js');
  const bundle = join(packageFolder, 'dist', 'command');
  const lines = [
    ['predict', 'paper:8', '--board', 'maixduino'],
    ['memory', '--help'],
    ['predict', 'paper:8', '-b', 'x'],
  ];
  const answers = () =>
    lines
      .map((line) => spawnSync(process.execPath, [main, ...line], { encoding: 'utf8' }))
      .map(({ status, stdout, stderr }) => ({ status, stdout, stderr }));
  const fromBundle = answers();
  const cache = readFileSync(join(bundle, 'cli.cache'));
  // The first four bytes of a code cache say which V8 it is of.
  writeFileSync(join(bundle, 'cli.cache'), cache.fill(0, 0, 4));
  const fromOther = answers();
  renameSync(bundle, `${bundle}-away`);
  const fromModules = answers();
  renameSync(`${bundle}-away`, bundle);
  expect(fromBundle.map(({ status }) => status)).toEqual([0, 0, 2]);
  expect([fromOther, fromModules]).toEqual([fromBundle, fromBundle]);
});

it('has the licences of the libraries that its bundle holds', () => {
  const text = readFileSync(join(packageFolder, 'dist', 'command', 'LICENSES.txt'), 'utf8');
  for (const name of ['cli-table3', 'cliui', 'yargs', 'yargs-parser'])
    expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
});

test.skipIf(chromium.missing)(
  `installed, it predicts, runs a model and sweeps in web workers in a page that Vite built${chromium.reason}`,
  async () => {
    const lines = await runInPage(folder, join(packageFolder, 'examples'));
    expect(lines).toEqual(['0.47', '10', '4 of 4 points', 'end']);
  },
);

describe('what is imported', () => {
  test.each(ENTRIES)('%s, and not used, leaves nothing in a bundle', async (entry) => {
    writeFileSync(join(folder, 'unused.js'), `import '${entry}';\n`);
    const bundle = await rolldown({
      ...{ input: join(folder, 'unused.js'), platform: 'browser', logLevel: 'silent' },
      external: (id) => id.startsWith('node:') || id === '@duckdb/node-api',
    });
    const { output } = await bundle.generate({ minify: true });
    expect(output.map((file) => (file.type === 'chunk' ? file.code : file.fileName))).toEqual(['']);
  });

  test('from the root comes from few files, and from no library but the one that hashes', () => {
    const loaded = loadedFrom(join(packageFolder, 'dist', 'bundle', 'index.js'));
    expect(loaded.libraries).toEqual(new Set(['@noble/hashes/sha2.js', '@noble/hashes/utils.js']));
    expect(loaded.files.size).toBeLessThan(6);
  });
});

/** What Node loads for a module besides itself. */
function loadedFrom(path: string, found = { files: new Set<string>(), libraries: new Set<string>() }) {
  found.files.add(path);
  for (const [, target] of readFileSync(path, 'utf8').matchAll(
    /^(?:import|export)\b[^'"]*["']([^'"]+)["'];$/gm,
  )) {
    if (!target!.startsWith('.')) found.libraries.add(target!);
    else if (!found.files.has(join(dirname(path), target!))) loadedFrom(join(dirname(path), target!), found);
  }
  return found;
}

describe('pages of the package', () => {
  const pages = () => filesBelow(packageFolder).filter((path) => path.endsWith('.md'));

  it('lie in it with all that they link to', () => {
    const broken = pages().flatMap((page) =>
      [...readFileSync(join(packageFolder, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)]
        .map(([, link]) => link!)
        .filter((link) => !existsSync(join(packageFolder, dirname(page), link)))
        .map((link) => `${page}: ${link}`),
    );
    expect(broken).toEqual([]);
    expect(pages().length).toBeGreaterThan(5);
  });

  it('name no example that is not in it', () => {
    const text = readFileSync(join(packageFolder, 'README.md'), 'utf8');
    const named = [...text.matchAll(/\bexamples\/[\w./-]*\w/g)].map(([path]) => path);
    expect(named.filter((path) => !existsSync(join(packageFolder, path)))).toEqual([]);
    expect(named.length).toBeGreaterThan(3);
  });
});
