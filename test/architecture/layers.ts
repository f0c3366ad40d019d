/** Layers that every other may import; each is one file. */
export const FREE: readonly string[] = [
  'units',
  'errors',
  'numbers',
  'seeded-random',
  'closest-name',
  'optional-package',
  'base64',
  'dev-entry',
];

const BELOW_SIMULATE = ['engine', 'pictures', 'models', 'kernels', 'files', 'boards', 'deploy', 'simulate'];
const SIMULATE_AND_BELOW = [...BELOW_SIMULATE, 'instruments'];

/** Who may import whom. A layer that is not named here may import nothing but what is free to all. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  pictures: [],
  datasets: ['pictures'],
  models: [],
  kernels: ['models', 'datasets'],
  files: ['models', 'kernels', 'deploy'],
  training: ['models', 'datasets'],
  boards: ['engine', 'models', 'kernels'],
  deploy: ['engine', 'pictures', 'models', 'kernels', 'boards'],
  simulate: ['engine', 'models', 'kernels', 'boards', 'deploy'],
  instruments: [],
  firmware: SIMULATE_AND_BELOW,
  calibrate: [...SIMULATE_AND_BELOW, 'training'],
  sweep: [...SIMULATE_AND_BELOW, 'calibrate', 'training'],
  suggest: [...BELOW_SIMULATE],
  profiles: [],
  script: [...SIMULATE_AND_BELOW, 'calibrate'],
  report: [],
  experiments: [...SIMULATE_AND_BELOW, 'calibrate', 'training', 'report'],
};

/** Of these layers only types may be imported. */
export const MAY_IMPORT_TYPES: Readonly<Record<string, readonly string[]>> = {
  instruments: ['engine'],
  report: [...SIMULATE_AND_BELOW, 'calibrate', 'sweep', 'firmware'],
};

/** Layers at the top, which may import anything. */
export const TOP: readonly string[] = ['cli', 'lab', 'index', 'api', 'node', 'web'];

export const layerOf = (path: string): string => path.split('/')[0]!.replace(/(\.test)?\.(ts|mjs)$/, '');
