// npm run build, the Lab: from src/lab/ and the modules of src/ that are its package,
//   dist/lab/       a page, its worker and what it loads later, for any static host; not packed, the one file is
//   dist/lab.html   the same in one file, for file:// and for sticks
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

const root = fileURLToPath(new URL('..', import.meta.url));
const [src, dist] = [join(root, 'src'), join(root, 'dist')];
const lab = join(src, 'lab');

/** `inferscope` in the Lab is the package that it lies in, by its public entries. */
const alias = [
  { find: /^inferscope$/, replacement: join(src, 'index.ts') },
  { find: /^inferscope\/(.+)$/, replacement: join(src, 'api', '$1.ts') },
];
const shared = {
  configFile: false,
  logLevel: 'error',
  root: lab,
  base: './',
  resolve: { alias },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
};

async function outputOf(options) {
  const result = await build({ ...shared, ...options, build: { ...options.build, write: false } });
  return [result].flat().flatMap((one) => one.output);
}

/** Module of files of the package that a worker in a page cannot read: src/lab/tabs/firmware/firmware-files.d.ts. */
const firmwareFiles = {
  name: 'firmware-files',
  resolveId: (id) => (id === 'virtual:firmware-files' ? id : undefined),
  load(id) {
    if (id !== 'virtual:firmware-files') return undefined;
    const filesOf = (folder, { below = '', pattern = /./, encoding }) =>
      Object.fromEntries(
        readdirSync(join(root, folder), { recursive: true })
          .filter((path) => pattern.test(path))
          .map((path) => [
            below + path.split(sep).join('/'),
            readFileSync(join(root, folder, path), encoding),
          ]),
      );
    const wasm = fileURLToPath(
      import.meta.resolve('@micropython/micropython-webassembly-pyscript/micropython.wasm'),
    );
    const exports = {
      PYTHON_TEXTS: filesOf('src/firmware', { pattern: /\.py$/, encoding: 'utf8' }),
      EXAMPLE_SCRIPTS: filesOf('examples/firmware', { pattern: /\.py$/, encoding: 'utf8' }),
      EXAMPLE_FILES: filesOf('examples/spots', { below: 'examples/spots/', encoding: 'base64' }),
      MICROPYTHON_WASM: readFileSync(wasm, 'base64'),
    };
    return Object.entries(exports)
      .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
      .join('\n');
  },
  // The package's own way to its module, which Vite would put in a second time.
  transform: {
    filter: { id: /\/micropython\.mjs$/ },
    handler: (code) => code.replaceAll('new URL("micropython.wasm",import.meta.url)', '{href:""}'),
  },
};

/** One script that a classic worker or a script element runs. */
async function scriptOf(entry, format = 'iife') {
  const output = await outputOf({
    plugins: [firmwareFiles],
    build: {
      // A module may wait at its top, as MicroPython's does.
      target: format === 'es' ? 'esnext' : 'es2022',
      lib: { entry: join(lab, entry), formats: [format], name: 'lab' },
      rolldownOptions: { output: { codeSplitting: false, minify: true } },
    },
  });
  return output.find(({ type }) => type === 'chunk').code;
}

/** A module of the project, built to run here. */
async function moduleOf(entry) {
  const [{ code }] = await outputOf({
    ssr: { noExternal: true },
    build: {
      ssr: join(lab, entry),
      minify: false,
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const place = join(dist, `lab-${basename(entry).replace(/\W/g, '-')}.mjs`);
  writeFileSync(place, code);
  try {
    return await import(pathToFileURL(place).href);
  } finally {
    rmSync(place);
  }
}

/** The page's markup with the first answer, as it stands before any script has run. */
const firstMarkup = async () => (await moduleOf('first-markup.tsx')).firstMarkup();

/** Trained networks, and ten digits: the ranges of quantizers, and something to begin with. */
async function weightsJson() {
  const { PAPER_WEIGHTS } = await moduleOf('../training/paper/paper-weights.ts');
  const { readPicture } = await moduleOf('../api/files.ts');
  const digits = Array.from({ length: 10 }, (_, digit) => {
    const bytes = readFileSync(join(root, 'examples', 'digits', `${digit}.png`));
    const { width, height, channels, pixels } = readPicture(bytes, `${digit}.png`);
    if (width !== 28 || height !== 28 || channels !== 1)
      throw new Error(`examples/digits/${digit}.png: not 28 x 28 grey`);
    return Buffer.from(pixels).toString('base64');
  });
  return JSON.stringify({ networks: PAPER_WEIGHTS, digits });
}

const inert = (text) => text.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
const json = (value) => JSON.stringify(value).replaceAll('<', '\\u003c');

const withFirst = (html, { markup, first }) =>
  html
    .replace('<!--first-markup-->', () => `${markup}<!--end of first markup-->`)
    .replace(/(<script type="application\/json" id="lab-first">)\s*null\s*/, (_, tag) => tag + json(first));

/** What the page loads when it is asked for: of the one file, parts of it. */
async function resourcesOf() {
  const [predictWorker, worker, weights, firmware, workbench] = await Promise.all([
    scriptOf('worker/predict-worker.ts'),
    scriptOf('worker/lab-worker.ts'),
    weightsJson(),
    scriptOf('tabs/firmware/firmware-worker.ts', 'es'),
    scriptOf('tabs/firmware/workbench.ts', 'es'),
  ]);
  return {
    'predict-worker.js': predictWorker,
    'worker.js': worker,
    'weights.json': weights,
    'firmware.js': firmware,
    'workbench.js': workbench,
  };
}

const asElement = ([name, text]) =>
  `<script type="text/plain" data-resource="${name}">${inert(text)}</script>`;

/** Builds both. */
export async function buildLab() {
  mkdirSync(join(dist, 'lab', 'assets'), { recursive: true });
  const [resources, first] = await Promise.all([resourcesOf(), firstMarkup()]);
  const page = join(lab, 'index.html');
  const chunks = await outputOf({ build: { rolldownOptions: { input: page } } });
  const single = await outputOf({
    plugins: [viteSingleFile({ removeViteModuleLoader: true })],
    build: { rolldownOptions: { input: page } },
  });
  for (const file of chunks) {
    const text = file.type === 'chunk' ? file.code : file.source;
    const isPage = file.fileName.endsWith('.html');
    writeFileSync(join(dist, 'lab', file.fileName), isPage ? withFirst(text, first) : text);
  }
  for (const [name, text] of Object.entries(resources)) writeFileSync(join(dist, 'lab', name), text);
  const html = single.find(({ fileName }) => fileName.endsWith('.html')).source;
  const elements = Object.entries(resources).map(asElement).join('\n');
  writeFileSync(
    join(dist, 'lab.html'),
    withFirst(html, first).replace('<!--resources-->', () => elements),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildLab();
