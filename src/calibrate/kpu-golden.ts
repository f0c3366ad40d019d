import { Ajv2020 } from 'ajv/dist/2020.js';
import { FormatError } from '../errors.ts';
import type { KpuRanges } from '../kernels/kpu/kpu-conv2d/index.ts';

/** A single layer as it would stand in a file, in hex, and what each tie mode gives. */
export interface SingleCase extends KpuRanges {
  readonly id: string;
  readonly weightBits: 8 | 16;
  readonly words: readonly string[];
  readonly bnBytes: string;
  readonly actBytes: string;
  readonly weights: string;
  readonly input: string;
  readonly halfAway: { readonly out: string };
  readonly halfEven: { readonly out: string };
}

export interface ChainLayer extends KpuRanges {
  readonly layer: number;
  readonly sum: number;
  readonly crc32: string;
  readonly first32: readonly number[];
  readonly full?: string;
}

export interface ChainRun {
  readonly input: string;
  readonly mode: 'halfAway' | 'halfEven';
  readonly layers: readonly ChainLayer[];
}

export interface FloatRun {
  readonly input: readonly number[];
  readonly fused: { readonly output: readonly number[] };
}

/** Single layers, or the layers of a model and runs through them. */
export interface KpuGolden {
  readonly model?: string;
  readonly cases?: readonly SingleCase[];
  readonly layers?: readonly { readonly layer?: number; readonly fedBy?: string }[];
  readonly runs?: readonly (ChainRun | FloatRun)[];
}

const number = { type: 'number' };
const hex = { type: 'string', pattern: '^([0-9a-f]{2})*$' };
const numbers = { type: 'array', items: number };
const ranges = { accMin: number, accMax: number, normMin: number, normMax: number };

const record = (properties: object, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});

const output = record({ out: hex });
const single = record({
  ...ranges,
  id: { type: 'string' },
  weightBits: { enum: [8, 16] },
  words: {
    type: 'array',
    items: { type: 'string', pattern: '^[0-9a-f]{1,16}$' },
    minItems: 12,
    maxItems: 12,
  },
  ...{ bnBytes: hex, actBytes: hex, weights: hex, input: hex },
  ...{ halfAway: output, halfEven: output },
});
const chainLayer = record(
  { ...ranges, layer: number, sum: number, crc32: { type: 'string' }, first32: numbers, full: hex },
  ['full'],
);
const chain = record({
  input: { type: 'string' },
  mode: { enum: ['halfAway', 'halfEven'] },
  layers: { type: 'array', items: chainLayer },
});
const floats = record({ input: numbers, fused: record({ output: numbers }) });
const run = { if: { required: ['mode'] }, then: chain, else: floats };
// Float layers carry no index: their runs start at the network's input.
const layer = record({ layer: number, fedBy: { type: 'string' } }, ['layer', 'fedBy']);

const SCHEMA = {
  type: 'object',
  if: { required: ['cases'] },
  then: { properties: { cases: { type: 'array', items: single, minItems: 1 } } },
  else: record({
    layers: { type: 'array', items: layer },
    runs: { type: 'array', items: run, minItems: 1 },
  }),
};

const validate = new Ajv2020({ strictTypes: false }).compile<KpuGolden>(SCHEMA);

/** The parsed JSON of a golden file. Throws a FormatError that says where it has another shape. */
export function parseKpuGolden(json: unknown): KpuGolden {
  if (validate(json)) return json;
  const problem = validate.errors?.find(({ keyword }) => keyword !== 'if') ?? validate.errors?.[0];
  const where = problem?.instancePath || 'the document';
  const what = problem?.message ?? 'is wrong';
  throw new FormatError(`golden file: expected "cases", or "layers" and "runs": ${where} ${what}`);
}
