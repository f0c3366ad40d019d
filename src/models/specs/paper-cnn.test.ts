import { describe, expect, it, test } from 'vitest';
import { tensorBytes } from '../graph/graph.ts';
import { paperCnn } from './paper-cnn.ts';
import { modelFromSpec } from './spec.ts';

const shapes = (spec: string) => modelFromSpec(spec)!.tensors.map((tensor) => tensor.shape.join('x'));

// 14x14 image, F filters KxK SAME, so 196 F inputs of the dense layer (the paper's section on the network).
it('paper:8 is the network of the paper with 8 filters', () => {
  expect(shapes('paper:8')).toEqual([
    '1x14x14x1',
    '8x3x3x1',
    '8',
    '1x14x14x8',
    '2',
    '1x1568',
    '10x1568',
    '10',
    '1x10',
  ]);
});

test.each([
  ['paper:8,k=5,size=28', '1x28x28x8', '10x6272'],
  ['paper:2,stride=2', '1x7x7x2', '10x98'],
  ['paper:2,size=15,stride=2', '1x8x8x2', '10x128'],
  ['paper:3,padding=valid', '1x12x12x3', '10x432'],
  ['paper:3,channels=3,classes=2', '1x14x14x3', '2x588'],
])('%s: maps %s, dense weights %s', (spec, maps, weights) => {
  expect([shapes(spec)[3], shapes(spec)[6]]).toEqual([maps, weights]);
});

it('names itself by what differs from the paper, and the name builds it again', () => {
  const graph = paperCnn({ filters: 4, kernel: 5, side: 28, dtype: 'int8', padding: 'VALID' });
  expect(graph.name).toBe('paper:4,k=5,size=28,padding=valid,dtype=int8');
  expect(modelFromSpec(graph.name)).toEqual(graph);
});

it('int8 weights have int32 biases; weights are constants without data', () => {
  const [, weights, bias, , shape] = paperCnn({ filters: 4, dtype: 'int8' }).tensors;
  expect([weights.dtype, bias.dtype, weights.isConstant, weights.data]).toEqual([
    'int8',
    'int32',
    true,
    undefined,
  ]);
  expect([...shape.data!]).toEqual([255, 255, 255, 255, 16, 3, 0, 0]);
});

// Sizes of the ten files of test/golden/paper.
test.each([
  [1, 9184],
  [2, 17056],
  [3, 24928],
  [4, 32816],
  [5, 40704],
  [6, 48576],
  [7, 56448],
  [8, 64336],
  [9, 72224],
  [10, 80096],
])('%i filters: the file is estimated at %i bytes, give or take 16', (filters, bytes) => {
  expect(Math.abs(paperCnn({ filters }).fileBytes - bytes)).toBeLessThanOrEqual(16);
});

it('sizes beyond any memory still build', () => {
  const graph = modelFromSpec('paper:1000000,size=1000')!;
  expect(tensorBytes(graph.tensors[6])).toBe(4e13);
});

describe('impossible specs are one line that says what is allowed', () => {
  test.each([
    ['paper:0', 'F must be a whole number above 0, got "0"'],
    ['paper:', 'F must be a whole number above 0, got ""'],
    ['paper:-3', 'F must be a whole number above 0, got "-3"'],
    ['paper:NaN', 'F must be a whole number above 0'],
    ['paper:1.5', 'F must be a whole number above 0'],
    ['paper:1e3', 'F must be a whole number above 0'],
    ['paper:99999999999999999999', 'F must be a whole number above 0'],
    ['paper:8,k=0', 'k must be a whole number above 0, got "0"'],
    ['paper:8,k', 'unknown key "k"'],
    ['paper:8,depth=3', 'unknown key "depth"; write paper:F or paper:F,k=5,size=28'],
    ['paper:8,toString=1', 'unknown key "toString"'],
    ['paper:8,k=3,k=5', '"k=5" repeats a key'],
    ['paper:8,dtype=int4', 'dtype must be float32 or int8, got "int4"'],
    ['paper:8,padding=full', 'padding must be same or valid, got "full"'],
    ['paper:8,k=15,padding=valid', 'a 15x15 VALID kernel does not fit into 14x14 pixels'],
    ['paper:100000,size=100000', 'pass 2^53 and cannot be counted'],
    [`paper:8,${'x'.repeat(5000)}=1`, 'unknown key'],
  ])('%s', (spec, message) => {
    const build = () => modelFromSpec(spec);
    expect(build).toThrow(message);
    expect(build).toThrow(/^.{1,400}$/);
  });

  test.each([{ filters: 0 }, { filters: 8, kernel: NaN }, { filters: 8, side: -1 }, { filters: 1.5 }])(
    'options %o',
    (options) => {
      expect(() => paperCnn(options)).toThrow('must be a whole number above 0');
    },
  );
});

test.each(['filters', 'kernel', 'side', 'channels', 'stride', 'classes'])(
  'a network whose %s is no whole number above 0 is refused by name',
  (key) => {
    const word = { kernel: 'k', side: 'size' }[key] ?? key;
    for (const value of [0, -1, 1.5, Number.NaN])
      expect(() => paperCnn({ filters: 2, [key]: value })).toThrow(`paper model: ${word} must be`);
  },
);
