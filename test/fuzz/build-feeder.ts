import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** What is started by itself: the feeder, and threads that modules of src/ look for beside them. */
const ENTRIES = ['test/fuzz/feed', 'src/firmware/guest/guest-worker'];
/** What modules find by their place in the project. */
const LINKED = [
  'node_modules',
  'package.json',
  'data',
  'examples',
  'schemas',
  'test/golden',
  'test/fixtures',
];

interface Manifest {
  readonly dependencies: object;
  readonly optionalDependencies: object;
  readonly devDependencies: object;
}

/**
 * Writes the feeder and what it feeds as JavaScript into a folder that looks like the project, and gives its path: from their
 * sources a process takes seconds to start, a thread that runs Python longer than its script.
 */
export async function buildFeeder(folder: string): Promise<string> {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  const { dependencies, optionalDependencies, devDependencies } = manifest;
  const libraries = Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies });
  const bundle = await rolldown({
    input: Object.fromEntries(ENTRIES.map((entry) => [entry, join(root, `${entry}.ts`)])),
    external: (id) =>
      id.startsWith('node:') || libraries.some((name) => id === name || id.startsWith(`${name}/`)),
    ...{ platform: 'node' as const, checks: { invalidAnnotation: false } },
  });
  await bundle.write({
    ...{ dir: folder, format: 'esm', preserveModules: true, preserveModulesRoot: root },
    entryFileNames: '[name].js',
  });
  const assets = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  for (const asset of assets) cpSync(join(root, asset), join(folder, asset));
  // A package has the thread in one file, which starts sooner and does the same.
  mkdirSync(join(folder, 'src/bundle'));
  writeFileSync(join(folder, 'src/bundle/guest-worker.js'), "import '../firmware/guest/guest-worker.js';\n");
  for (const path of LINKED) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(root, path), join(folder, path));
  }
  return join(folder, `${ENTRIES[0]!}.js`);
}
