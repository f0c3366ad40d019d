import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { arrowsBetweenFiles, arrowsInside, findCircles, roomsOf } from './architecture/circles.ts';
import { FREE, layerOf, MAY_IMPORT, MAY_IMPORT_TYPES, TOP } from './architecture/layers.ts';
import { isGenerated, isTest, readSources, resolveImport, type Source } from './architecture/source-tree.ts';

/** Where each library may be imported; one that is missing here may be imported nowhere. Paths are prefixes in src/. */
const LIBRARY_HOMES: Readonly<Record<string, readonly string[]>> = {
  yargs: ['cli/'],
  ajv: ['boards/json/', 'calibrate/kpu-golden.ts'],
  flatbuffers: ['models/formats/tflite/'],
  '@tensorflow/tfjs-core': ['training/'],
  '@tensorflow/tfjs-backend-wasm': ['training/'],
  '@noble/hashes': ['simulate/', 'kernels/execute/check-golden.ts', 'models/formats/kfpkg/kfpkg.ts'],
  'fast-png': ['pictures/png.ts'],
  'jpeg-js': ['pictures/jpeg.ts'],
  fflate: ['models/formats/kfpkg/kfpkg.ts', 'pictures/png-chunks.ts', 'experiments/experiment-link.ts'],
  preact: ['lab/'],
  '@preact/signals': ['lab/'],
  /** The package itself, by its public entries. */
  inferscope: ['lab/'],
  'ml-matrix': ['calibrate/'],
  papaparse: ['calibrate/', 'report/'],
  comlink: ['sweep/', 'firmware/', 'node/', 'web/', 'cli/train/', 'lab/worker/', 'lab/tabs/firmware/'],
  rolldown: ['dev-entry.mjs'],
  bullmq: ['sweep/queue'],
  ioredis: ['sweep/queue'],
  hyparquet: ['sweep/store'],
  'hyparquet-writer': ['sweep/store'],
  '@duckdb/node-api': ['sweep/answers/query'],
  yaml: ['sweep/'],
  pbf: ['instruments/perfetto.ts', 'models/formats/onnx/'],
  wasmoon: ['script/'],
  '@micropython/micropython-webassembly-pyscript': ['firmware/'],
  /** Files that the build puts into a script. */
  'virtual:firmware-files': ['lab/tabs/firmware/'],
  codemirror: ['lab/tabs/firmware/editor.ts'],
  '@codemirror/lang-python': ['lab/tabs/firmware/editor.ts'],
  '@codemirror/language': ['lab/tabs/firmware/editor.ts'],
  '@codemirror/state': ['lab/tabs/firmware/editor.ts'],
  '@codemirror/view': ['lab/tabs/firmware/editor.ts'],
  '@lezer/highlight': ['lab/tabs/firmware/editor.ts'],
  '@observablehq/plot': ['report/', 'lab/'],
  linkedom: ['report/', 'lab/first-markup.tsx'],
  'cli-table3': ['report/'],
  'cli-progress': ['cli/'],
  asciichart: ['report/'],
  node: ['cli/', 'node/', 'sweep/', 'firmware/', 'dev-entry.mjs'],
};

const NAMED_ONLY_IN = [
  'boards/',
  'deploy/',
  'models/formats/kmodel/',
  'firmware/',
  'calibrate/measurements/',
  // Each of these holds the model against one published table about one chip.
  'calibrate/instruction-rows.ts',
  'calibrate/simulated-rows.ts',
  'calibrate/validate-k210-layers.ts',
  'calibrate/validate-m7-counts.ts',
  'calibrate/whole-call.ts',
];
/** Names of subcommands, which the contract of the command line fixes. */
const COMMAND_NAMES = /k210-layers|validateK210Layers/g;
const BOARD_NAMES = /maixduino|openmv|k210|kendryte|stm32|h743|cortex-?m7/i;
const MAX_LINES = 300;

const sources = readSources('src');
const shipped = sources.filter((source) => !isTest(source));

function mayImport(from: string, to: string, typeOnly: boolean): boolean {
  if (from === to || FREE.includes(to) || TOP.includes(from)) return true;
  if (MAY_IMPORT[from]?.includes(to)) return true;
  return typeOnly && (MAY_IMPORT_TYPES[from]?.includes(to) ?? false);
}

function findWrongLayers({ path, imports }: Source): string[] {
  return imports
    .filter(({ target }) => target.startsWith('.'))
    .map(({ target, typeOnly }) => ({ to: layerOf(resolveImport(path, target)), target, typeOnly }))
    .filter(({ to, typeOnly }) => !mayImport(layerOf(path), to, typeOnly))
    .map(({ target }) => `${path} imports ${target}`);
}

function libraryOf(target: string): string {
  if (target.startsWith('node:')) return 'node';
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
}

function findStrayLibraries({ path, imports }: Source): string[] {
  return imports
    .filter(({ target }) => !target.startsWith('.'))
    .map(({ target }) => libraryOf(target))
    .filter((library) => !(LIBRARY_HOMES[library] ?? []).some((home) => path.startsWith(home)))
    .map((library) => `${path} imports ${library}`);
}

/** Code whose comments and imports are blanked out: a source that is cited there is not a use of the name. */
function blankOut(text: string): string {
  const blank = (found: string) => found.replace(/[^\n]/g, ' ');
  const code = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g, blank);
  return code.replace(/^import [\s\S]*?';$|import\('[^']+'\)/gm, blank);
}

/** Lines of code that name a board or a chip; in the command line only the examples of the help may. */
function findBoardNames({ path, text }: Source): string[] {
  if (NAMED_ONLY_IN.some((home) => path.startsWith(home))) return [];
  const isCli = path.startsWith('cli/');
  return blankOut(text)
    .split('\n')
    .map((line, index) => ({ line: isCli ? line.replace(COMMAND_NAMES, '') : line, at: index + 1 }))
    .filter(({ line }) => BOARD_NAMES.test(line) && !(isCli && line.includes('.example(')))
    .map(({ line, at }) => `${path}:${at}: ${line.trim()}`);
}

test('there is something to look at', () => {
  expect(shipped.length).toBeGreaterThan(50);
});

test('imports point down the layers', () => {
  expect(shipped.flatMap(findWrongLayers)).toEqual([]);
});

test('each layer of src/ is in the table', () => {
  const layers = [...new Set(sources.map(({ path }) => layerOf(path)))];
  expect(layers.filter((layer) => !(layer in MAY_IMPORT) && ![...FREE, ...TOP].includes(layer))).toEqual([]);
});

describe('circles', () => {
  const files = arrowsBetweenFiles(shipped);

  test('no file leads back to itself, not even by types', () => {
    expect(findCircles(files)).toEqual([]);
  });

  test('in no room does a file or folder lead back to itself: arrows point one way on every floor', () => {
    expect(roomsOf(files).flatMap((room) => findCircles(arrowsInside(room, files)))).toEqual([]);
  });
});

/** Files that those files draw along, types left out. */
function drawnBy(...files: readonly string[]): readonly string[] {
  const needed = new Map(shipped.map(({ path, imports }) => [path, imports.filter((one) => !one.typeOnly)]));
  const drawn = new Set(files);
  for (const path of drawn) {
    for (const { target } of needed.get(path) ?? []) drawn.add(resolveImport(path, target));
  }
  return [...drawn];
}

test('a page that predicts takes no kernels in WebAssembly along', () => {
  const drawn = drawnBy('index.ts');
  expect(drawn).toContain('simulate/predict.ts');
  expect(drawn.filter((path) => path.startsWith('kernels/execute/fast/'))).toEqual([]);
});

test('a page with one board and the published network takes neither arithmetic nor all operators along', () => {
  const drawn = drawnBy('simulate/predict.ts', 'models/specs/paper-cnn.ts', 'boards/maixduino.ts');
  expect(drawn).toContain('kernels/windows/conv-2d/conv-2d-facts.ts');
  expect(
    drawn.filter((path) => /^kernels\/(ops|index|execute\/graph-executor|.*(int8|float32))\.ts$/.test(path)),
  ).toEqual([]);
});

test('the Lab takes of the package what its public entries give, and nothing takes the Lab', () => {
  const [inside, outside] = [true, false].map((isLab) =>
    shipped.filter(({ path }) => path.startsWith('lab/') === isLab),
  );
  expect(inside.length).toBeGreaterThan(10);
  const leaves = ({ path, imports }: Source) =>
    imports.filter(({ target }) => target.startsWith('.') && !resolveImport(path, target).startsWith('lab/'));
  const enters = ({ path, imports }: Source) =>
    imports.filter(({ target }) => target.startsWith('.') && resolveImport(path, target).startsWith('lab/'));
  expect(inside.flatMap(leaves)).toEqual([]);
  expect(outside.flatMap(enters)).toEqual([]);
});

test('libraries stay inside their fences', () => {
  expect(shipped.flatMap(findStrayLibraries)).toEqual([]);
});

test('boards and chips are named only where they are described', () => {
  expect(shipped.flatMap(findBoardNames)).toEqual([]);
});

describe('the look of the files', () => {
  const all = ['src', 'test', 'bench', 'scripts'].flatMap((folder) =>
    readSources(folder).map((source) => ({ ...source, path: `${folder}/${source.path}` })),
  );

  test('two files of one name do the same job: an index, both ways of a format, an arithmetic, a command or an entry', () => {
    const sameJob = /(^|\/)(index|read|write|int8|int16|float32)\.ts$|^(cli\/commands|api)\//;
    const owners = new Map<string, string>();
    const twice = shipped.flatMap(({ path }) => {
      const name = posix.basename(path);
      const owner = owners.get(name);
      if (sameJob.test(path)) return [];
      owners.set(name, path);
      return owner === undefined ? [] : [`${owner} and ${path}`];
    });
    expect(twice).toEqual([]);
  });

  test('names are in kebab-case', () => {
    const isKebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|bench|d))?\.(tsx?|mjs)$/;
    expect(all.map(({ path }) => path).filter((path) => !isKebab.test(posix.basename(path)))).toEqual([]);
  });

  test(`no file has more than ${MAX_LINES} lines, but for generated ones`, () => {
    const long = all.filter(
      (source) => source.text.split('\n').length > MAX_LINES + 1 && !isGenerated(source),
    );
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  test('the median file has at most 120 lines', () => {
    const lines = shipped.filter((source) => !isGenerated(source)).map(({ text }) => text.split('\n').length);
    expect(lines.sort((a, b) => a - b)[lines.length >> 1]).toBeLessThanOrEqual(120);
  });

  test('relative imports end in .ts, .tsx or .mjs', () => {
    const wrong = all.flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => target.startsWith('.') && !/\.(tsx?|mjs|js|json)$/.test(target))
        .map(({ target }) => `${path}: ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test('factors between picoseconds and other units stand in units.ts alone', () => {
    const factor = /\b(PS_PER_\w+|(MS|US|NS|SECONDS?)_PS) = |\w+Ps\b\)? [*/] 1e(3|6|9|12)\b/;
    const found = shipped.filter(({ path, text }) => path !== 'units.ts' && factor.test(text));
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  test('no path of one machine, no wall clock and no unseeded random in src/', () => {
    const forbidden = /\/(work|home|Users|tmp)\/|Math\.random|Date\.now|performance\.now/;
    expect(shipped.filter(({ text }) => forbidden.test(text)).map(({ path }) => path)).toEqual([]);
  });
});
