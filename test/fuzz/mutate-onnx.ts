import { onnxFromObject, onnxToObject } from '../support/onnx-file.ts';
import { changeValue } from './mutate-json.ts';
import { below, mutateBytes, pick, type Draw } from './mutate.ts';

/** Words of other operators: what follows an operator that is another one. */
const OPS = [
  ...[
    'Conv',
    'Gemm',
    'MatMul',
    'Relu',
    'Clip',
    'MaxPool',
    'AveragePool',
    'GlobalAveragePool',
    'Reshape',
    'Flatten',
  ],
  ...[
    'Squeeze',
    'Unsqueeze',
    'Transpose',
    'Add',
    'Mul',
    'Sub',
    'Concat',
    'Pad',
    'Softmax',
    'Sigmoid',
    'Shape',
  ],
  ...[
    'Gather',
    'Slice',
    'Cast',
    'Constant',
    'QuantizeLinear',
    'DequantizeLinear',
    'BatchNormalization',
    'Split',
  ],
  ...['ConvTranspose', 'ReduceMean', 'Resize', 'Identity', 'LSTM', 'Where', 'Expand', 'ConstantOfShape'],
];
const ATTRIBUTES = [
  'axis',
  'axes',
  'perm',
  'pads',
  'strides',
  'dilations',
  'group',
  'auto_pad',
  'to',
  'value',
  'alpha',
];

type Message = Record<string, unknown>;
const listOf = (value: unknown): Message[] => (Array.isArray(value) ? (value as Message[]) : []);

function changeNetwork(model: Message, draw: Draw): Message {
  const graph = (model['graph'] ?? {}) as Message;
  const nodes = listOf(graph['node']);
  if (nodes.length === 0) return changeValue(model, draw);
  const node = pick(draw, nodes);
  const names = nodes.flatMap(({ input, output }) => [...listOf(input), ...listOf(output)]);
  const kind = below(draw, 6);
  if (kind === 0) node['opType'] = pick(draw, OPS);
  else if (kind === 1) listOf(node['input'])[below(draw, 3)] = pick(draw, names);
  else if (kind === 2) nodes.splice(below(draw, nodes.length), 1);
  else if (kind === 3) {
    const value =
      draw() % 2 ? { i: below(draw, 9) - 3, type: 2 } : { ints: [below(draw, 5) - 2, 1], type: 7 };
    node['attribute'] = [...listOf(node['attribute']), { name: pick(draw, ATTRIBUTES), ...value }];
  } else changeValue(graph, draw);
  return model;
}

/** An ONNX file whose messages fit each other and say odd things; some have their bytes mixed up like any other file. */
export function mutateOnnx(seed: Uint8Array, draw: Draw): Uint8Array {
  if (draw() % 6 === 0) return mutateBytes(seed, draw);
  try {
    const model = onnxToObject(seed);
    for (let left = draw() % 2 ? 1 : 1 + below(draw, 3); left > 0; left--) changeNetwork(model, draw);
    return onnxFromObject(model);
  } catch {
    return mutateBytes(seed, draw);
  }
}
