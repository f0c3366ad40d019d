// dist/command/: the command line as one file for Node, and beside it what V8 has compiled of it.
//   cli.cjs            an object of functions, one for each chunk, so that a chunk is evaluated when it is asked for
//   cli.cache          V8's code cache of cli.cjs, after commands have run; another V8 refuses it and compiles anew
//   more.cjs           the chunks that none of these commands asked for
//   yargs/locales      what yargs reads beside itself
//   LICENSES.txt       of the libraries that are inside
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { standaloneValidator } from './standalone-validator.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [src, out] = [join(root, 'src'), join(root, 'dist', 'command')];

/** Libraries that a start needs, or that only `import` finds; all others are looked up where they are installed. */
const INSIDE = [
  'yargs',
  'cli-table3',
  '@noble/hashes',
  'papaparse',
  'flatbuffers',
  'pbf',
  'fast-png',
  'comlink',
  'fflate',
  '@observablehq/plot',
];
const isInside = (id) => INSIDE.some((name) => id === name || id.startsWith(`${name}/`));
const isPath = (id) => /^[./\0]/.test(id) || /^[a-z]:\\/i.test(id);
const isForeign = (id, importer) =>
  id.startsWith('node:') || (!isPath(id) && !isInside(id) && !importer?.includes('node_modules'));

const slashed = (path) => path.split(sep).join('/');

/** `import.meta.url` is where dist/ has the module itself, so that it finds what lies beside it; yargs has a folder of its own. */
const placeOfModule = {
  name: 'place-of-module',
  transform: {
    filter: { code: 'import.meta.url' },
    handler(code, id) {
      const inYargs = slashed(id).split('node_modules/yargs/')[1];
      const place = inYargs ? `command/yargs/${inYargs}` : slashed(relative(src, id)).replace(/\.ts$/, '.js');
      return code.replaceAll('import.meta.url', `new URL('${place}', __dist).href`);
    },
  },
};

/**
 * Rules of segmentation and classes of emoji take V8 as long to load as a prediction takes, and texts of ASCII need neither:
 * string-width is evaluated at the first text that does.
 */
const lateStringWidth = {
  name: 'late-string-width',
  transform: {
    filter: { id: /string-width[\\/]index\.js$/, code: 'Intl.Segmenter' },
    handler(code, id) {
      const start = code.indexOf('const segmenter');
      const body = code.slice(start).replace('export default function', 'return function');
      if (start < 0 || /^(import|export)\b/m.test(body)) throw new Error(`${id} is not as it was`);
      return `${code.slice(0, start)}
        let made;
        const make = () => {\n${body}\n};
        const isPlain = (text) => typeof text === 'string' && /^[\x20-\x7e]*$/.test(text);
        export default (text, options) => isPlain(text) ? text.length : (made ??= make())(text, options);`;
    },
  },
};

/** What a command that runs from its modules would import when it runs. */
const leavesOut = (isUnbundled) => ({
  name: 'leaves-out',
  resolveId(id, importer, { kind }) {
    const command = /[\\/]cli[\\/]commands[\\/](\w+)\.ts$/.exec(importer ?? '')?.[1];
    return command !== undefined && isUnbundled(command) && kind === 'dynamic-import'
      ? { id: 'inferscope:left-out', external: true }
      : undefined;
  },
});

/** The folder of the package that a module is of. */
function packageOf(id) {
  for (let folder = dirname(id); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && /node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+$/.test(folder))
      return folder;
  }
  return undefined;
}

function licensesOf(chunks) {
  const ids = chunks.flatMap(({ moduleIds }) => moduleIds).filter((id) => id.includes('node_modules'));
  const folders = [...new Set(ids.map(packageOf))].filter((folder) => folder !== undefined).sort();
  return folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
    return `${name} ${version} (${license})\n${text}`;
  });
}

/** V8 forgets who answers `import()` in a script that comes from its cache, so it is asked of `__import`. */
const asFunction = ({ fileName, code }) =>
  `"./${fileName}"(exports, module, require) {\n${code.replace(/\bimport\((`[^`$]+`)\)/g, '__import($1)')}\n}`;

/** Characters beyond Latin-1 as escapes: V8 keeps such a source in a byte a character, and reads it as it lies on the disk. */
const escaped = (code) =>
  code.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Runs commands in a Node of its own; the chunks that they asked for. */
function warm() {
  const child = spawn(process.execPath, [join(root, 'scripts', 'warm-command.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text) => void (printed += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(JSON.parse(printed)) : reject(new Error(`warming ended with ${code}`)),
    );
  });
}

function write(name, chunks) {
  const functions = chunks.map(asFunction).join(',\n');
  writeFileSync(join(out, name), escaped(`(__dist, __import) => ({\n${functions}\n})`));
}

/** The chunks that are asked for in every start lie by themselves: what is not read costs nothing. */
async function writeWarm(chunks) {
  write('cli.cjs', chunks);
  write('more.cjs', []);
  const asked = new Set(await warm());
  const isAsked = ({ fileName }) => asked.has(`./${fileName}`);
  write('cli.cjs', chunks.filter(isAsked));
  write(
    'more.cjs',
    chunks.filter((chunk) => !isAsked(chunk)),
  );
  await warm();
}

/** Needs dist/ as it is but for this. */
export async function buildCommand() {
  const { isUnbundled } = await import(
    pathToFileURL(join(root, 'dist', 'cli', 'unbundled-commands.js')).href
  );
  const bundle = await rolldown({
    input: { cli: join(src, 'cli', 'command-line.ts') },
    external: isForeign,
    platform: 'node',
    treeshake: { moduleSideEffects: (id) => id.includes('node_modules') },
    plugins: [standaloneValidator, placeOfModule, lateStringWidth, leavesOut(isUnbundled)],
    logLevel: 'silent',
  });
  const { output } = await bundle.generate({
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    minify: { mangle: false, compress: false, codegen: { removeWhitespace: true } },
    comments: false,
  });
  const chunks = output.filter(({ type }) => type === 'chunk');
  mkdirSync(join(out, 'yargs'), { recursive: true });
  writeFileSync(join(out, 'LICENSES.txt'), licensesOf(chunks).join(`\n${'-'.repeat(80)}\n\n`));
  const yargs = join(root, 'node_modules', 'yargs');
  cpSync(join(yargs, 'locales', 'en.json'), join(out, 'yargs', 'locales', 'en.json'));
  await writeWarm(chunks);
}
