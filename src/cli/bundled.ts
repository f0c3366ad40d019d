import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

/** A file of the bundle, as CommonJS has it. */
type Chunk = (exports: object, module: { exports: object }, require: (id: string) => unknown) => void;
type Chunks = Readonly<Record<string, Chunk>>;

/** What the files evaluate to. `dist` is the URL of the folder dist/; `load` stands for import(), which a cached script has not. */
type Bundle = (dist: string, load: (id: string) => Promise<unknown>) => Chunks;

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** The command line in one file, and what of it has been evaluated. */
export interface LoadedBundle {
  readonly script: Script;
  readonly cli: typeof import('./command-line.ts');
  /** Names of the chunks that have been asked for, as `./name.cjs`. */
  readonly askedChunks: () => readonly string[];
}

/** Gives the module of a chunk (`./name.cjs`), which is evaluated when it is first asked for, or a module that Node finds. */
function chunkLoader(first: Chunks, more: () => Chunks, outside: NodeJS.Require) {
  const loaded = new Map<string, { exports: object }>();
  const load = (id: string): unknown => {
    if (!id.startsWith('./')) return outside(id);
    const known = loaded.get(id);
    if (known) return known.exports;
    const module = { exports: {} };
    loaded.set(id, module);
    const chunk = first[id] ?? more()[id];
    chunk(module.exports, module, load);
    return module.exports;
  };
  return { load, loaded };
}

/**
 * The command line as `npm run build` has put it into one file, with what V8 compiled of it then; where this is another V8, it
 * compiles anew. Nothing where there is no such file: from sources, or in a copy without it. `dist` is the folder dist/.
 */
export function loadBundle(dist: URL): LoadedBundle | undefined {
  const pathOf = (name: string): string => fileURLToPath(new URL(`command/${name}`, dist));
  const source = readIfThere(pathOf('cli.cjs'));
  if (source === undefined) return undefined;
  const evaluate = (script: Script): Chunks =>
    (script.runInThisContext() as Bundle)(dist.href, (id) => import(id));
  const script = new Script(source.toString('latin1'), {
    filename: pathOf('cli.cjs'),
    cachedData: readIfThere(pathOf('cli.cache')),
  });
  let rest: Chunks | undefined;
  const more = (): Chunks =>
    (rest ??= evaluate(
      new Script(readFileSync(pathOf('more.cjs'), 'latin1'), { filename: pathOf('more.cjs') }),
    ));
  const { load, loaded } = chunkLoader(evaluate(script), more, createRequire(pathOf('cli.cjs')));
  const cli = load('./cli.cjs') as LoadedBundle['cli'];
  return { script, cli, askedChunks: () => [...loaded.keys()] };
}
