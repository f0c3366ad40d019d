import { InferscopeError, SpecError } from '../../errors.ts';
import { checkGraph } from '../graph/check-graph.ts';
import type { Graph } from '../graph/graph.ts';
import { parseFields, type Field } from './layer-fields.ts';
import { LAYER_KINDS, type LayerKind } from './layer-kinds.ts';
import { NetBuilder } from './net-builder.ts';
import { isPlainName, quote, showValue } from '../graph/quote.ts';

type Raw = Readonly<Record<string, unknown>>;

/** A network as a list of layers, each as words (`conv 8 3x3 same relu`) or as an object (`{op: 'conv', filters: 8}`). */
export interface ModelSpec {
  readonly name?: string;
  /** Height, width and channels of the input, or one length; the batch of 1 is added. */
  readonly input: readonly number[];
  readonly dtype?: 'float32' | 'int8';
  /** A list, or one text with `|` between the layers. */
  readonly layers: string | readonly (string | Raw)[];
}

const SPEC_KEYS = ['name', 'input', 'dtype', 'layers'];
/** Ten thousand times the layers of networks that fit a microcontroller; as many are still predicted in seconds. */
const MAX_LAYERS = 100_000;
const EXAMPLE = '{"input": [14,14,1], "layers": "conv 8 3x3 same relu | flatten | dense 10"}';
/** Stands between the layers of a text, and in none of their words. */
export const SEPARATOR = '|';

/** Reads a JSON spec; `file` is what errors call it. Throws a SpecError of one line. */
export function parseModelJson(text: string, file: string): Graph {
  let spec: unknown;
  try {
    spec = JSON.parse(text);
  } catch (error) {
    const reason = quote((error as SyntaxError).message);
    throw new SpecError(`${file}: not valid JSON: ${reason}; a model spec looks like ${EXAMPLE}`);
  }
  return graphOfSpec(spec, file);
}

/** The graph of a spec as it came out of JSON; `file` is what errors call it. Throws a SpecError of one line. */
export function graphOfSpec(spec: unknown, file: string): Graph {
  try {
    return buildGraph(checkSpec(spec), file);
  } catch (error) {
    if (error instanceof InferscopeError) throw new SpecError(`${file}: ${error.message}`);
    throw error;
  }
}

/** One layer as it is about to be built, its fields checked. */
export interface SpecLayer {
  readonly op: string;
  readonly fields: unknown;
  /** "layer 3 (dense)". */
  readonly where: string;
  /** Shape of what it reads, batch included. */
  readonly inputShape: readonly number[];
  /** It reads another tensor than the layer before wrote. */
  readonly branches: boolean;
  readonly isNamed: boolean;
}

/**
 * Builds a graph from a spec; weights are constants without data. `onLayer` is called before each layer is built.
 * Throws a SpecError naming layer and field.
 */
export function buildGraph(
  spec: ModelSpec,
  fallbackName = 'model',
  onLayer?: (layer: SpecLayer) => void,
): Graph {
  const net = new NetBuilder([1, ...spec.input], spec.dtype ?? 'float32');
  const layers = typeof spec.layers === 'string' ? spec.layers.split(SEPARATOR) : spec.layers;
  if (layers.length > MAX_LAYERS) throw new SpecError(`${layers.length} layers; at most ${MAX_LAYERS}`);
  layers.forEach((layer, index) => addLayer(net, layer, index, onLayer));
  const graph = net.graph(spec.name ?? fallbackName);
  if (graph.nodes.length === 0) throw new SpecError(`no layers; a model spec looks like ${EXAMPLE}`);
  checkGraph(graph);
  return graph;
}

function checkSpec(spec: unknown): ModelSpec {
  if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) {
    throw new SpecError(`a model spec is an object, such as ${EXAMPLE}`);
  }
  const odd = Object.keys(spec).find((key) => !SPEC_KEYS.includes(key));
  if (odd !== undefined) throw new SpecError(`unknown key ${quote(odd)}; a spec has ${SPEC_KEYS.join(', ')}`);
  const { name, input, dtype, layers } = spec as Record<string, unknown>;
  checkName(name, () => 'name');
  if (!isShape(input)) throw new SpecError('input must be whole numbers above 0, such as [14,14,1]');
  if (!['float32', 'int8', undefined].includes(dtype as string | undefined)) {
    throw new SpecError(`dtype must be float32 or int8, got ${showValue(dtype)}`);
  }
  if (typeof layers !== 'string' && !Array.isArray(layers)) {
    throw new SpecError(`layers must be a list or a text; a model spec looks like ${EXAMPLE}`);
  }
  return spec as ModelSpec;
}

function checkName(name: unknown, where: () => string): void {
  if (name === undefined || (typeof name === 'string' && isPlainName(name))) return;
  throw new SpecError(`${where()} must be a text of one line, got ${showValue(name)}`);
}

function isShape(value: unknown): boolean {
  const isSide = (side: unknown) => Number.isSafeInteger(side) && (side as number) > 0;
  return Array.isArray(value) && value.length > 0 && value.length <= 3 && value.every(isSide);
}

function addLayer(
  net: NetBuilder,
  layer: unknown,
  index: number,
  onLayer?: (layer: SpecLayer) => void,
): void {
  const known = typeof layer === 'string' ? readLayers.get(layer) : undefined;
  net.layer = index + 1;
  net.op = undefined;
  const { kind, op, name, from, raw } = known ?? readLayer(net, layer);
  net.op = op;
  checkName(name, () => `${net.where}: name`);
  net.label = name === undefined ? `${op}${index + 1}` : (name as string);
  if (from !== undefined) net.current = net.find(from);
  const fields = known?.fields ?? parseFields(kind.fields, raw, net.where);
  if (known === undefined && typeof layer === 'string')
    keepLayer(layer, { kind, op, name, from, raw, fields });
  onLayer?.({
    op,
    fields,
    where: net.where,
    inputShape: net.shape(),
    branches: from !== undefined,
    isNamed: name !== undefined,
  });
  kind.build(net, fields);
  if (name !== undefined) net.name(net.label);
}

/** A layer as it is written. */
interface ReadLayer {
  readonly kind: LayerKind;
  readonly op: string;
  readonly name: unknown;
  readonly from: unknown;
  /** What is left: the fields of the kind, not yet checked. */
  readonly raw: Raw;
}

/** Layers by their words, their fields checked: the networks of a sweep have most of them in common. */
const readLayers = new Map<string, ReadLayer & { readonly fields: unknown }>();
/** Choices: more than the layers of a sweep's neighbours, longer than any of them, and little memory. */
const KEPT_LAYERS = 1024;
const KEPT_LETTERS = 200;

function keepLayer(words: string, layer: ReadLayer & { readonly fields: unknown }): void {
  if (words.length > KEPT_LETTERS) return;
  if (readLayers.size === KEPT_LAYERS) readLayers.clear();
  readLayers.set(words, layer);
}

function readLayer(net: NetBuilder, layer: unknown): ReadLayer {
  const { op, name, from, ...raw } =
    typeof layer === 'string' ? readWords(net, layer) : readObject(net, layer);
  return { kind: kindOf(net, op), op: op as string, name, from, raw };
}

function kindOf(net: NetBuilder, op: unknown): LayerKind {
  if (typeof op === 'string' && Object.hasOwn(LAYER_KINDS, op)) return LAYER_KINDS[op];
  net.fail(`unknown layer ${showValue(op)}; there are ${Object.keys(LAYER_KINDS).join(', ')}`);
}

function readObject(net: NetBuilder, layer: unknown): Raw {
  if (typeof layer === 'object' && layer !== null && !Array.isArray(layer)) return layer as Raw;
  net.fail(`must be words such as "conv 8 3x3 same relu" or an object such as {"op": "dense", "units": 10}`);
}

/** `conv 8 3x3 same relu stride=2 name=stem`: words without a key go to the first field that takes them. */
function readWords(net: NetBuilder, text: string): Raw {
  const [op = '', ...parts] = text.trim().split(/\s+/);
  const { fields } = kindOf(net, op);
  // Without a prototype, so that no word is known before it is given.
  const raw: Record<string, unknown> = Object.assign(Object.create(null), { op });
  for (const part of parts) {
    const equals = part.indexOf('=');
    const key = equals > 0 ? part.slice(0, equals) : firstField(fields, raw, part);
    if (key === undefined)
      net.fail(`(${op}) ${quote(part)} is not understood; it takes ${Object.keys(fields).join(', ')}`);
    if (Object.hasOwn(raw, key)) net.fail(`(${op}) ${key} is given twice`);
    raw[key] = part.slice(equals + 1);
  }
  return raw;
}

function firstField(fields: object, raw: Raw, word: string): string | undefined {
  const entries = Object.entries(fields) as [string, Field<unknown>][];
  return entries.find(([key, field]) => !Object.hasOwn(raw, key) && field.takes(word))?.[0];
}
