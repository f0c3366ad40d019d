import { describe, expect, it, test } from 'vitest';
import { buildGraph, parseModelJson, type ModelSpec } from './builder.ts';
import { paperCnn } from './paper-cnn.ts';

const IMAGE = [8, 8, 3];
const build = (layers: ModelSpec['layers'], input: readonly number[] = IMAGE) =>
  buildGraph({ input, layers });

/** Nodes as `OP 1x8x8x4`. */
const trace = (layers: ModelSpec['layers'], input?: readonly number[]) => {
  const graph = build(layers, input);
  return graph.nodes.map((node) => `${node.op} ${graph.tensors[node.outputs[0]].shape.join('x')}`);
};

it('the words for the paper build the same graph as paper:8 but for names', () => {
  const built = build('conv 8 3x3 same relu | flatten | dense 10', [14, 14, 1]);
  const paper = paperCnn({ filters: 8 });
  const bare = ({ tensors }: typeof built) => tensors.map((tensor) => ({ ...tensor, name: '' }));
  expect({ ...built, name: '', tensors: bare(built) }).toEqual({ ...paper, name: '', tensors: bare(paper) });
});

it('a layer as words, as an object and as a list of both is the same layer', () => {
  const words = build('conv 4 3x5 valid relu stride=2 dilation=1x2 name=stem', [16, 16, 1]);
  const layer = {
    op: 'conv',
    filters: 4,
    kernel: [3, 5],
    padding: 'valid',
    activation: 'relu',
    stride: 2,
    dilation: [1, 2],
    name: 'stem',
  };
  expect(build([layer], [16, 16, 1])).toEqual(words);
  expect(words.nodes[0].attributes).toEqual({
    padding: 'VALID',
    strideH: 2,
    strideW: 2,
    dilationH: 1,
    dilationW: 2,
    activation: 'RELU',
  });
  expect(words.tensors[3]).toMatchObject({ name: 'stem', shape: [1, 7, 4, 4] });
});

test.each<[string, string[]]>([
  ['depthwise 3x3 stride=2 relu6 | conv 16 1x1', ['DEPTHWISE_CONV_2D 1x4x4x3', 'CONV_2D 1x4x4x16']],
  ['depthwise 3 multiplier=4', ['DEPTHWISE_CONV_2D 1x8x8x12']],
  ['maxpool 2x2 | avgpool 3 stride=1', ['MAX_POOL_2D 1x4x4x3', 'AVERAGE_POOL_2D 1x2x2x3']],
  ['maxpool 3 same', ['MAX_POOL_2D 1x3x3x3']],
  ['globalavgpool | dense 2 | softmax', ['MEAN 1x3', 'FULLY_CONNECTED 1x2', 'SOFTMAX 1x2']],
  ['reshape 4x-1 | flatten', ['RESHAPE 1x4x48', 'RESHAPE 1x192']],
  ['leakyrelu alpha=0.1 | sigmoid', ['LEAKY_RELU 1x8x8x3', 'LOGISTIC 1x8x8x3']],
  ['relu | tanh', ['RELU 1x8x8x3', 'TANH 1x8x8x3']],
])('%s', (layers, expected) => {
  expect(trace(layers)).toEqual(expected);
});

describe('what a converter fuses', () => {
  it('batch norm and the activation after a convolution go into it', () => {
    const graph = build('conv 4 3x3 | batchnorm | relu6');
    expect(graph.nodes.map((node) => node.op)).toEqual(['CONV_2D']);
    expect(graph.nodes[0].attributes).toMatchObject({ activation: 'RELU6' });
  });

  it('stays apart after an activation, or where fuse=false asks for it', () => {
    expect(trace('conv 4 3x3 relu | batchnorm')).toHaveLength(3);
    expect(trace('conv 4 3x3 | relu fuse=false')).toHaveLength(2);
  });

  it('stays apart where the layer has a name that others may read', () => {
    expect(trace('conv 4 3x3 name=stem | relu')).toHaveLength(2);
  });
});

describe('branches', () => {
  it('a residual block adds an earlier layer by its name', () => {
    const graph = build(['conv 4 3x3 relu name=stem', 'conv 4 3x3 relu', 'conv 4 3x3', 'add stem relu']);
    const add = graph.nodes[3];
    expect([add.op, add.inputs, add.attributes]).toEqual(['ADD', [9, 3], { activation: 'RELU' }]);
  });

  it('a second branch starts from a named layer and is joined by channels', () => {
    expect(trace(['conv 4 1x1 name=left', 'conv 6 1x1 from=input', 'concat left'])).toEqual([
      'CONV_2D 1x8x8x4',
      'CONV_2D 1x8x8x6',
      'CONCATENATION 1x8x8x10',
    ]);
  });
});

it('int8 models have int8 activations and int32 biases', () => {
  const graph = buildGraph({ input: IMAGE, dtype: 'int8', layers: 'conv 4 3x3' });
  expect(graph.tensors.map((tensor) => tensor.dtype)).toEqual(['int8', 'int8', 'int32', 'int8']);
});

it('sizes beyond any memory still build', () => {
  expect(trace('flatten | dense 100000', [10000, 10000, 1])).toEqual([
    'RESHAPE 1x100000000',
    'FULLY_CONNECTED 1x100000',
  ]);
});

describe('errors name the layer, the field and what is allowed', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const spec = (layers: unknown, rest: object = {}) => JSON.stringify({ input: IMAGE, layers, ...rest });
  test.each<[string, string]>([
    [spec('conv 0 3x3'), 's.json: layer 1 (conv): filters must be a whole number above 0, got "0"'],
    [spec('conv 4 0x3'), 'layer 1 (conv): kernel must be a whole number above 0 or HxW'],
    [spec('conv 4'), 'layer 1 (conv): kernel is missing'],
    [spec('conv 4 3x3 fast'), 'layer 1: (conv) "fast" is not understood; it takes filters, kernel, stride'],
    [spec('conv 4 3x3 stride=0'), 'layer 1 (conv): stride must be'],
    [spec('conv 4 3x3 stride=1 stride=2'), 'stride is given twice'],
    [spec('conv 4 3x3 __proto__=1'), 'unknown field "__proto__"'],
    [spec('conv 4 3x3 | dense 10'), 'layer 2 (dense): its input is [1,8,8,4]; put "flatten" before dense'],
    [spec('flatten | conv 4 3x3'), 'it needs an image [1,height,width,channels]'],
    [spec('conv 4 9x9 valid'), 'a valid 9x9 window does not fit into 8x8 pixels'],
    [spec('fold 3'), 'layer 1: unknown layer "fold"; there are conv, depthwise'],
    [spec('toString'), 'layer 1: unknown layer "toString"'],
    [spec([{ filters: 3 }]), 'layer 1: unknown layer undefined'],
    [spec([7]), 'layer 1: must be words such as "conv 8 3x3 same relu" or an object'],
    [spec([{ op: 'conv', filters: {}, kernel: 3 }]), 'filters must be a whole number above 0, got an object'],
    [spec([{ op: 'dense', units: 3, colour: 1 }]), 'layer 1 (dense): unknown field "colour"; it takes units'],
    [spec('add stem'), 'no earlier layer is named "stem"; there are "input"'],
    [spec('conv 4 1x1 | add input'), 'do not broadcast'],
    [spec('conv 4 1x1 name=input'), 'the name "input" is taken'],
    [spec('conv 4 1x1 stride=2 | concat input'), 'differ in more than channels'],
    [spec('reshape 7x7'), 'cannot reshape 192 elements to [1,7,7]'],
    [spec([]), 'no layers'],
    [spec('flatten | dense 99999999999999'), 'pass 2^53'],
    [spec('relu', { dtype: 'int4' }), 'dtype must be float32 or int8, got "int4"'],
    [spec('relu', { input: [0, 8, 1] }), 'input must be whole numbers above 0'],
    [spec('relu', { input: [1e9, 1e9, 1] }), 'passes 2^53 bytes'],
    [spec('relu', { layer: 1 }), 'unknown key "layer"; a spec has name, input, dtype, layers'],
    [spec('relu', { name: 'a\nb' }), 'name must be a text of one line'],
    ['{"input":', 's.json: not valid JSON'],
    ['[1]', 'a model spec is an object'],
    [`{"input":[1],"layers":[{"op":${deep}}]}`, 'unknown layer a list'],
    [`{"input":[1],"layers":[{"op":"dense","units":${deep}}]}`, 'got a list'],
  ])('%.80s', (text, message) => {
    const parse = () => parseModelJson(text, 's.json');
    expect(parse).toThrow(message);
    expect(parse).toThrow(/^s\.json: .{1,500}$/);
  });
});

test('the same words mean the same layer wherever they stand, and are named by their place', () => {
  const words = 'conv 4 3x3 same relu';
  const { tensors, nodes } = build([words, 'maxpool 2x2', words]);
  const weights = [nodes[0], nodes[2]].map(({ inputs }) => tensors[inputs[1]]);
  expect(weights.map(({ name, shape }) => [name, shape])).toEqual([
    ['conv1/weights', [4, 3, 3, 3]],
    ['conv3/weights', [4, 3, 3, 4]],
  ]);
  expect(() => build([words, 'flatten', words])).toThrow('layer 3 (conv): its input is [1,256]');
  expect(() => build([`${words} from=a`])).toThrow('no earlier layer is named "a"');
  expect(build([`${words} name=a`, `relu`, `${words} from=a`]).nodes[2].inputs[0]).toBe(3);
});

test('more layers than any network has are refused by their number, in a list and in a text', () => {
  expect(() => build(Array.from({ length: 100_001 }, () => 'relu'))).toThrow('100001 layers; at most 100000');
  const layers = 'relu | '.repeat(140_000);
  expect(() => buildGraph({ input: [2, 2, 1], layers })).toThrow('140001 layers; at most 100000');
});
