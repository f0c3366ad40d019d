import { mutateJson } from './mutate-json.ts';
import { below, pick, type Draw } from './mutate.ts';

const COUNTS = [
  '1',
  '2',
  '3',
  '4',
  '7',
  '8',
  '16',
  '65536',
  '100000000',
  '9007199254740991',
  '0',
  '-1',
  '1.5',
];
const WINDOWS = ['1x1', '2x2', '3x3', '3x3', '5x1', '1x7', '9', '65536x1', '0x3', '3x3x3', 'x3'];
const ACTIVATIONS = ['relu', 'relu6', 'none', 'tanh', 'linear'];

const often = (draw: Draw, list: readonly string[], good: number): string =>
  draw() % 5 ? list[below(draw, good)]! : pick(draw, list);
const count = (draw: Draw) => often(draw, COUNTS, 6);
const window = (draw: Draw) => often(draw, WINDOWS, 6);

/** What may stand behind a layer's first words; now and then what belongs to another one. */
const MORE: Readonly<Record<string, (draw: Draw) => string>> = {
  activation: (draw) => (draw() % 2 ? '' : 'activation=') + pick(draw, ACTIVATIONS),
  padding: (draw) => (draw() % 2 ? pick(draw, ['same', 'valid']) : 'padding=valid'),
  stride: (draw) => `stride=${window(draw)}`,
  dilation: (draw) => `dilation=${window(draw)}`,
  bias: (draw) => `bias=${pick(draw, ['true', 'false', 'false', '0'])}`,
  multiplier: (draw) => `multiplier=${count(draw)}`,
  fuse: (draw) => `fuse=${pick(draw, ['true', 'false'])}`,
};

function more(draw: Draw, own: readonly string[]): string[] {
  const fields = Array.from({ length: below(draw, 3) }, () =>
    pick(draw, draw() % 16 ? own : Object.keys(MORE)),
  );
  return [...new Set(fields)].map((field) => MORE[field]!(draw));
}

const SLIDING = ['activation', 'padding', 'stride'];
const PLAIN = ['globalavgpool', 'flatten', 'softmax', 'sigmoid', 'tanh', 'hardswish', 'batchnorm'];
const LAYERS: readonly ((draw: Draw, names: readonly string[]) => string[])[] = [
  (draw) => ['conv', count(draw), window(draw), ...more(draw, [...SLIDING, 'dilation', 'bias'])],
  (draw) => ['depthwise', window(draw), ...more(draw, [...SLIDING, 'dilation', 'bias', 'multiplier'])],
  (draw) => [pick(draw, ['maxpool', 'avgpool']), window(draw), ...more(draw, ['padding', 'stride'])],
  (draw) => ['dense', count(draw), ...more(draw, ['activation', 'bias'])],
  (draw) => [
    'reshape',
    Array.from({ length: 1 + below(draw, 3) }, () => pick(draw, ['-1', count(draw)])).join('x'),
  ],
  (draw) => ['leakyrelu', `alpha=${pick(draw, ['0.1', '0.2', '-1', '1e300', 'NaN'])}`],
  (draw, names) => [pick(draw, ['add', 'concat']), `with=${pick(draw, names)}`],
  (draw, names) => ['add', pick(draw, names), ...more(draw, ['activation'])],
  (draw) => [pick(draw, ['relu', 'relu6']), ...more(draw, ['fuse'])],
  (draw) => [pick(draw, PLAIN)],
];

/** A layer as words, or as an object whose fields are those words. */
function layerOf(draw: Draw, at: number): unknown {
  const names = ['nobody', ...Array.from({ length: at }, (_, index) => `l${index}`)];
  const known = draw() % 8 && at > 0 ? names.slice(1) : names;
  const words = [...pick(draw, LAYERS)(draw, known), `name=l${at}`];
  if (draw() % 12 === 0) words.push(`from=${pick(draw, known)}`);
  if (draw() % 3) return words.join(' ');
  const [op, ...rest] = words as [string, ...string[]];
  const kernel = rest.find((word) => /^\d+x\d+$/.test(word));
  const whole = rest.find((word) => /^\d+$/.test(word));
  return {
    op,
    ...(kernel && { kernel: draw() % 2 ? kernel : kernel.split('x').map(Number) }),
    ...(whole && { [op === 'dense' ? 'units' : 'filters']: Number(whole) }),
    ...Object.fromEntries(rest.filter((word) => word.includes('=')).map((word) => word.split('='))),
  };
}

/** A spec of a few layers that know each other, with now and then a field that is wrong. */
export function mutateSpec(seed: Uint8Array, draw: Draw): Uint8Array {
  if (draw() % 6 === 0) return mutateJson(seed, draw);
  const layers = Array.from({ length: 1 + below(draw, 7) }, (_, at) => layerOf(draw, at));
  const input = pick(draw, [
    [8, 8, 3],
    [16, 16, 1],
    [5, 3, 2],
    [28, 28, 1],
    [40],
    [1, 1, 1],
    [7, 4],
    [65536, 65536, 1],
  ]);
  const isText = layers.every((layer) => typeof layer === 'string');
  const spec = {
    ...{ input, layers: isText && draw() % 2 ? layers.join(' | ') : layers },
    ...(draw() % 2 ? { dtype: draw() % 2 ? 'int8' : 'float32' } : {}),
  };
  const bytes = new TextEncoder().encode(JSON.stringify(spec));
  return draw() % 8 ? bytes : mutateJson(bytes, draw);
}
