/*
 * JSON Schema (2020-12) of a board: as `board.ts` types it, or, where it names a `core`, as `board-file.ts` does.
 * `schemas/board.schema.json` is a copy for editors.
 */

const TEXT = { type: 'string', minLength: 1 };
const KERNELS = { anyOf: [TEXT, { type: 'array', items: TEXT, minItems: 1 }] };
const GRADE = { enum: ['measured', 'documented', 'fitted', 'estimated'] };
const DTYPE_OR_ANY = {
  enum: [
    'any',
    ...['float16', 'float32', 'float64', 'int4', 'int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32'],
    ...['int64', 'uint64', 'bool', 'string', 'complex64', 'complex128', 'resource', 'variant'],
  ],
};
const refer = (name: string) => ({ $ref: `#/$defs/${name}` });
const listOf = (items: object) => ({ type: 'array', items });
const mapOf = (values: object) => ({ type: 'object', additionalProperties: values });

function record(required: Record<string, object>, optional: Record<string, object> = {}) {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

const CONSTANT_FIELDS = { value: { type: 'number' }, unit: TEXT, source: TEXT, grade: GRADE };

const UNCERTAIN_FIELDS = { sigma: { type: 'number', exclusiveMinimum: 0 }, group: TEXT };

function unit(kind: string, required: Record<string, object> = {}, optional: Record<string, object> = {}) {
  const shared = { id: TEXT, kind: { const: kind }, clock: TEXT, constants: mapOf(refer('constant')) };
  return record({ ...shared, ...required }, optional);
}

const IDENTITY = {
  id: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]*$' },
  name: TEXT,
  soc: TEXT,
  summary: TEXT,
  clocks: { type: 'array', items: refer('clock'), minItems: 1 },
};

function someOf(items: object) {
  return { type: 'array', items, minItems: 1 };
}

/** Units whose field `kind` says which. */
function unitsOf(...kinds: object[]) {
  return { type: 'object', discriminator: { propertyName: 'kind' }, required: ['kind'], oneOf: kinds };
}

const MEMORY_FIELDS = { id: TEXT, kind: { enum: ['ram', 'flash'] }, availableBytes: refer('positive') };
const MEMORY_TIMES = { lineFillAtHz: { type: 'number', exclusiveMinimum: 0 }, accessNs: refer('positive') };
const uncertainConstants = { constants: mapOf(refer('uncertain')) };

const SETUP = record(
  { clocksHz: mapOf({ type: 'number', exclusiveMinimum: 0 }), placement: mapOf(TEXT), kernels: TEXT },
  { dataCacheBytes: { type: 'integer', minimum: 1 } },
);
const DOMAIN = record(
  {
    ops: listOf(TEXT),
    dtypes: listOf(TEXT),
    rows: listOf(TEXT),
    maxMacs: { type: 'number', minimum: 0 },
    kernelSizes: listOf({ type: 'number' }),
  },
  { setup: SETUP },
);
const COVARIANCE = listOf(listOf({ type: 'number' }));
const RESIDUAL = { type: 'number', minimum: 0 };

const constants = (definition: string, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, refer(definition)]));

/** Camera and screen, as `frame-path.ts` types them. */
const FRAME_DEFINITIONS = {
  clockedSensor: record({
    id: TEXT,
    kind: { const: 'clocked' },
    ...constants('positive', 'frameClocks', 'activePart'),
  }),
  readoutSensor: record({
    id: TEXT,
    kind: { const: 'readout' },
    ...constants('positive', 'pixelHz', 'mostHalvedWidth', 'mostHalvedHeight', 'lineClocks', 'lines'),
    ...constants('constant', 'narrowWidth', 'twoClocksWidth', 'narrowClocks', 'blankClocks', 'blankLines'),
    ...constants('positive', 'leastLineClocks', 'leastLines'),
  }),
  peripheralClock: record(
    { askedHz: refer('positive'), divider: { enum: ['rounded', 'even', 'power of two'] } },
    constants('positive', 'sourceHz', 'coreDivider'),
  ),
  framePath: record(
    {
      sensors: someOf(unitsOf(refer('clockedSensor'), refer('readoutSensor'))),
      memory: TEXT,
      screenClock: refer('peripheralClock'),
      ...constants('positive', 'buffers', 'mostBuffers', 'burstBytes', 'burstCycles', 'screenBytesPerClock'),
      ...constants('positive', 'loopCores'),
      ...constants('constant', 'colourBytes', 'greyBytes', 'lineInterruptCycles', 'frameInterruptCycles'),
    },
    {
      cameraClock: refer('peripheralClock'),
      ...constants('positive', 'fasterCoreHz', 'fasterScreenHz'),
    },
  ),
};

/** A board that names its core, libraries and runtime by id. */
const FILE_DEFINITIONS = {
  uncertain: record(CONSTANT_FIELDS, UNCERTAIN_FIELDS),
  fileMemory: record(MEMORY_FIELDS, {
    ...MEMORY_TIMES,
    lineFillCycles: refer('uncertain'),
    lineFillNs: refer('positive'),
  }),
  fileKpu: unit('kpu', uncertainConstants),
  fileDma: unit('dma', uncertainConstants),
  filePrograms: unit('programs', { kernels: TEXT, ...uncertainConstants }),
  fileCalibration: record({
    measurements: TEXT,
    domain: DOMAIN,
    values: listOf({ type: 'number' }),
    covariance: COVARIANCE,
    residualMs: RESIDUAL,
  }),
  boardFile: record(
    {
      ...IDENTITY,
      core: TEXT,
      libraries: someOf(TEXT),
      runtime: TEXT,
      memories: someOf(refer('fileMemory')),
      placement: mapOf(TEXT),
    },
    {
      $schema: TEXT,
      otherRuntimes: listOf(TEXT),
      fpu: { enum: ['none', 'single', 'double'] },
      doubt: refer('doubt'),
      dataCache: refer('cache'),
      codeFetch: refer('codeFetch'),
      ...uncertainConstants,
      accelerators: listOf(unitsOf(refer('fileKpu'), refer('fileDma'), refer('filePrograms'))),
      readingOffsetMs: record({ ...CONSTANT_FIELDS, doubt: TEXT }, UNCERTAIN_FIELDS),
      calibration: refer('fileCalibration'),
    },
  ),
};

const DEFINITIONS = {
  constant: record(CONSTANT_FIELDS),
  positive: record({ ...CONSTANT_FIELDS, value: { type: 'number', exclusiveMinimum: 0 } }),
  terms: mapOf({ type: 'number' }),
  condition: {
    description: 'a number, or an object with min, max or multipleOf',
    anyOf: [
      { type: 'number' },
      record({}, { min: { type: 'number' }, max: { type: 'number' }, multipleOf: { type: 'number' } }),
    ],
  },
  clock: record({ id: TEXT, hz: refer('positive') }),
  memory: record(MEMORY_FIELDS, { ...MEMORY_TIMES, lineFillCycles: refer('constant') }),
  codeFetch: record({ missesPerInstruction: refer('positive'), missNs: refer('positive') }),
  doubt: record({
    factor: { type: 'number', exclusiveMinimum: 1 },
    grade: { enum: ['measured', 'estimate'] },
    source: TEXT,
  }),
  cache: record(
    {
      bytes: { type: 'integer', minimum: 1 },
      ways: { type: 'integer', minimum: 1 },
      lineBytes: { type: 'integer', minimum: 1 },
      replacement: { enum: ['random', 'lru'] },
      source: TEXT,
    },
    { writeMissesStall: { type: 'boolean' } },
  ),
  stream: record(
    {
      operand: { enum: ['input', 'weights', 'output'] },
      access: { enum: ['read', 'write'] },
      bytes: refer('terms'),
      passes: refer('terms'),
    },
    { rounds: refer('terms'), accesses: refer('terms') },
  ),
  cost: {
    ...record(
      { op: TEXT, dtype: DTYPE_OR_ANY, kernels: KERNELS, source: TEXT, grade: GRADE },
      {
        instructions: refer('terms'),
        cpi: TEXT,
        when: mapOf(refer('condition')),
        coreCycles: refer('terms'),
        constantCycles: mapOf(TEXT),
        streams: listOf(refer('stream')),
        cost: record({
          lua: {
            description: 'a script as a text, or as a list of its lines',
            anyOf: [TEXT, { type: 'array', items: { type: 'string' }, minItems: 1 }],
          },
        }),
      },
    ),
    dependentRequired: { instructions: ['cpi'] },
  },
  core: unit(
    'core',
    { core: TEXT, costs: listOf(refer('cost')) },
    {
      dataCache: refer('cache'),
      codeFetch: refer('codeFetch'),
    },
  ),
  kpu: unit('kpu'),
  dma: unit('dma'),
  programs: unit('programs', { kernels: TEXT }),
  runtime: record(
    {
      toolchain: TEXT,
      firmware: TEXT,
      kernels: { type: 'array', items: TEXT, minItems: 1 },
      placement: mapOf(TEXT),
    },
    {
      call: { enum: ['classify', 'invoke'] },
      readingOffsetMs: record({ ...CONSTANT_FIELDS, doubt: TEXT }),
      script: refer('script'),
    },
  ),
  script: record(
    {
      modules: TEXT,
      heapBytes: refer('positive'),
      bytecodeCycles: refer('positive'),
      calls: mapOf(refer('constant')),
      waits: mapOf(refer('constant')),
    },
    { frames: refer('framePath') },
  ),
  ...FRAME_DEFINITIONS,
  parameter: record(
    {
      path: TEXT,
      priorMean: { type: 'number' },
      priorSigma: { type: 'number', minimum: 0 },
      priorSource: TEXT,
    },
    { group: TEXT },
  ),
  group: record({ name: TEXT, relativeSigma: { type: 'number', minimum: 0 }, source: TEXT }),
  calibration: record(
    {
      measurements: TEXT,
      parameters: listOf(refer('parameter')),
      covariance: COVARIANCE,
      residualMs: RESIDUAL,
      domain: DOMAIN,
    },
    { groups: listOf(refer('group')) },
  ),
  board: record(
    {
      ...IDENTITY,
      memories: someOf(refer('memory')),
      units: someOf(unitsOf(refer('core'), refer('kpu'), refer('dma'), refer('programs'))),
      runtime: refer('runtime'),
    },
    { $schema: TEXT, doubt: refer('doubt'), calibration: refer('calibration') },
  ),
  ...FILE_DEFINITIONS,
};

export const BOARD_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:inferscope:board',
  title: 'A board: clocks, memories, units with their costs, runtime; every number with its source and grade',
  if: { type: 'object', required: ['core'] },
  then: refer('boardFile'),
  else: refer('board'),
  $defs: DEFINITIONS,
};
