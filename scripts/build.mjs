// npm run build: dist/ anew from src/.
//   dist/**/*.js       each module of src/ by itself: the command line, worker threads, and bundlers, which leave out
//                      what a page does not use
//   dist/bundle/*.js   the entries of package.json as few files, for Node, which pays for each file that it loads
//   dist/**/*.d.ts     types of what the entries export
//   dist/command/      the command line in one file and V8's code cache of it, see build-command.mjs
//   dist/lab*          the Lab, see build-lab.mjs
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { buildCommand } from './build-command.mjs';
import { buildLab } from './build-lab.mjs';
import { emitBoardValidator, standaloneValidator } from './standalone-validator.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [src, dist] = [join(root, 'src'), join(root, 'dist')];
const { exports, dependencies, optionalDependencies } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);
const libraries = Object.keys({ ...dependencies, ...optionalDependencies });

/** What is not of the project: Node's modules and the libraries, and each module below them. */
const isForeign = (id) =>
  id.startsWith('node:') || libraries.some((name) => id === name || id.startsWith(`${name}/`));

/** The Lab is built by itself. */
const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(src, join(entry.parentPath, entry.name)).split(sep).join('/'))
  .filter((file) => !file.startsWith('lab/'));
const modules = files.filter((file) => /(?<!\.d|\.test)\.ts$/.test(file));
const assets = files.filter((file) => !/\.(ts|fbs|md)$/.test(file));

const entriesOf = (names) =>
  Object.fromEntries(names.map((name) => [name.replace(/\.ts$/, ''), join(src, name)]));

async function emit(inputOptions, outputOptions) {
  const bundle = await rolldown({ external: isForeign, ...inputOptions });
  await bundle.write({ format: 'esm', entryFileNames: '[name].js', ...outputOptions });
}

/** Each module by itself. */
function emitModules() {
  return emit(
    { input: entriesOf(modules), platform: 'neutral' },
    { dir: dist, preserveModules: true, preserveModulesRoot: src },
  );
}

/** The source of an export, from the module that its types are of: "./dist/api/run.d.ts" is api/run.ts. */
const publicModules = Object.values(exports)
  .filter((target) => typeof target === 'object')
  .map(({ types }) => types.replace(/^\.\/dist\/(.*)\.d\.ts$/, '$1.ts'));

/** Threads that run one script each: 500 files of their modules would take them longer than the script. */
const THREADS = ['firmware/guest/guest-worker.ts', 'cli/lua/lua-worker.ts'];

/**
 * A module in a bundle finds what lies beside it (workers, Python files) where dist/ has the module itself: `import.meta.url`
 * is replaced by that place. Bundles lie in one folder, so the way is the same from each.
 */
const placeOfModule = {
  name: 'place-of-module',
  transform: {
    filter: { code: 'import.meta.url' },
    handler(code, id) {
      const place = relative(src, id).split(sep).join('/').replace(/\.ts$/, '.js');
      return code.replaceAll('import.meta.url', `new URL('../${place}', import.meta.url).href`);
    },
  },
};

/** Half a megabyte of weights lies in dist/ once: bundles load it where the modules have it. */
const weightsOfModules = {
  name: 'weights-of-modules',
  resolveId: {
    filter: { id: /\/paper-weights\.ts$/ },
    handler: () => ({ id: '../training/paper/paper-weights.js', external: true }),
  },
};

/** What `inferscope` itself loads goes into one file; what several of the other entries share is cut out of them. */
function coreGroup() {
  const core = new Set();
  const add = (context, id) => {
    if (core.has(id) || isForeign(id)) return;
    core.add(id);
    for (const next of context.getModuleInfo(id)?.importedIds ?? []) add(context, next);
  };
  const plugin = {
    name: 'core-group',
    buildEnd() {
      add(this, join(src, 'index.ts'));
    },
  };
  return { plugin, group: { name: 'core', test: (id) => core.has(id) } };
}

function emitBundle() {
  const { plugin, group } = coreGroup();
  return emit(
    {
      input: entriesOf([...publicModules, ...THREADS]),
      platform: 'neutral',
      treeshake: { moduleSideEffects: false },
      plugins: [standaloneValidator, placeOfModule, weightsOfModules, plugin],
    },
    {
      dir: join(dist, 'bundle'),
      entryFileNames: ({ name }) => `${basename(name)}.js`,
      chunkFileNames: '[name].js',
      codeSplitting: { groups: [group] },
    },
  );
}

function emitTypes() {
  const tsc = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));
  const child = spawn(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`tsc ended with ${code}`))));
  });
}

async function emitAll() {
  const validator = join(src, 'boards', 'json', 'board-validator.ts');
  await Promise.all([
    emitTypes(),
    emitModules().then(emitBundle),
    buildLab(),
    emitBoardValidator(validator, dist),
  ]);
  for (const file of assets) cpSync(join(src, file), join(dist, file));
  await buildCommand();
  chmodSync(join(dist, 'cli', 'main.js'), 0o755);
}

rmSync(dist, { recursive: true, force: true });
try {
  await emitAll();
} catch (error) {
  // Half of it would look as fresh as all of it.
  rmSync(dist, { recursive: true, force: true });
  throw error;
}
