import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Ends with the output of a command. Throws an Error with all that it said where it fails. */
export function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
}

export interface Installation {
  readonly folder: string;
  readonly packageFolder: string;
}

/** What `npm pack` makes of this checkout, built if it is stale, unpacked where an installation in the folder has it. */
function unpackInto(folder: string): string {
  run(process.execPath, [join(ROOT, 'scripts', 'prepare.mjs')], ROOT);
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  const [{ filename }] = JSON.parse(
    run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], ROOT),
  ) as [{ filename: string }];
  run('tar', ['-xzf', filename], folder);
  const packageFolder = join(modules, 'inferscope');
  renameSync(join(folder, 'package'), packageFolder);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  return packageFolder;
}

/**
 * A folder of somebody who has installed the package, and the libraries that it depends on, which are this checkout's; the
 * tools that it is developed with are not there.
 */
export function installPacked(): Installation {
  const folder = mkdtempSync(join(tmpdir(), 'inferscope-user-'));
  const packageFolder = unpackInto(folder);
  const modules = join(folder, 'node_modules');
  const { dependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(packageFolder, 'package.json'), 'utf8'),
  ) as Record<'dependencies' | 'optionalDependencies', Record<string, string>>;
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name), 'junction');
  }
  return { folder, packageFolder };
}

/** The same in a folder that exists, whose libraries, theirs and those named besides are copies: all files lie in it. */
export function installCopied(folder: string, besides: readonly string[]): Installation {
  const packageFolder = unpackInto(folder);
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  const paths = Object.keys(packages).filter(
    (path) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && !packages[path]!.dev,
  );
  for (const path of [...paths, ...besides.map((name) => `node_modules/${name}`)]) {
    const from = join(ROOT, path);
    if (existsSync(from)) cpSync(realpathSync(from), join(folder, path), { recursive: true });
  }
  return { folder, packageFolder };
}

/**
 * Compiles modules as strictly as TypeScript can, without types that the user would have to install. Returns the files
 * that it has looked at.
 */
export function compile(folder: string, files: readonly string[], lib: readonly string[]): string[] {
  const compilerOptions = {
    ...{ strict: true, skipLibCheck: false, exactOptionalPropertyTypes: true },
    ...{ target: 'es2023', lib, module: 'nodenext', moduleResolution: 'nodenext', types: [], typeRoots: [] },
    ...{ rootDir: '.', outDir: 'out', listFiles: true },
  };
  const config = `tsconfig.${lib.length}.json`;
  writeFileSync(join(folder, config), JSON.stringify({ compilerOptions, files }));
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  return run(process.execPath, [tsc, '-p', config], folder).trim().split('\n');
}

/** Files of a folder and of those below it, from the folder on. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
