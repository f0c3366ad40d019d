// Starts threads and processes from TypeScript: modules are bundled when they last changed, since one that loads five hundred
// of them one by one takes seconds to start. The bundles lie beside the packages that they import.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { threadId } from 'node:worker_threads';
import { rolldown } from 'rolldown';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const KEPT = join(ROOT, 'node_modules/.cache/inferscope-dev');
/** What an entry may import, itself among it. */
const SOURCES = ['src', 'test/support'];
/** Bundles of one entry that are kept: what runs from an older one may yet load a part of it. */
const MOST = 8;

function stateOf(entry) {
  const hash = createHash('sha256').update(entry);
  for (const folder of SOURCES) {
    for (const file of readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
      if (!file.isFile() || !/\.(ts|js|mjs|json)$/.test(file.name)) continue;
      const path = join(file.parentPath, file.name);
      const stat = statSync(path);
      hash.update(`\n${path} ${stat.mtimeMs} ${stat.size}`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** Modules look for files beside themselves. */
const inPlace = {
  name: 'in-place',
  transform: (code, id) =>
    code.includes('import.meta.url')
      ? code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
      : null,
};

async function write(entry, folder) {
  const bundle = await rolldown({
    input: entry,
    external: (id) => !id.startsWith('.') && !id.startsWith('/'),
    ...{ platform: 'node', plugins: [inPlace], checks: { invalidAnnotation: false } },
  });
  const unfinished = `${folder}.${process.pid}.${threadId}`;
  await bundle.write({ dir: unfinished, format: 'esm', entryFileNames: 'entry.js' });
  try {
    renameSync(unfinished, folder);
  } catch {
    // Another process was first.
    rmSync(unfinished, { recursive: true });
  }
}

/** Removes all but the newest. */
function forgetOld(folder) {
  const states = readdirSync(folder).map((name) => join(folder, name));
  const ages = new Map(states.map((path) => [path, statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0]));
  const old = states.sort((a, b) => ages.get(b) - ages.get(a)).slice(MOST);
  for (const path of old) rmSync(path, { recursive: true, force: true });
}

/** Imports a module of TypeScript, given as a file URL. */
export async function importSource(url) {
  const entry = fileURLToPath(url);
  const folder = join(KEPT, basename(entry, '.ts'), stateOf(entry));
  if (!existsSync(folder)) {
    mkdirSync(dirname(folder), { recursive: true });
    await write(entry, folder);
    forgetOld(dirname(folder));
  }
  await import(pathToFileURL(join(folder, 'entry.js')).href);
}
