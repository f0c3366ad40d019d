import { describe, expect, it, test } from 'vitest';
import { specMaker } from './design-models.ts';
import { jsonTemplate } from './json-template.ts';

describe('jsonTemplate', () => {
  const point = { f: 7, k: 3, word: 'same relu', small: 1e-7, zero: -0, dtype: 'int8' };

  test.each([
    ['words of layers', '{"input": [9,8,1], "layers": "conv {f} {k}x{k} {word} | dense {k}"}'],
    ['a list of layers', '{"input": [9,8,1], "layers": ["conv {f} {k}x{k} {word}", "dense 3"]}'],
    [
      'layers as objects',
      '{"input": [9], "layers": [{"op": "{word}", "shape": ["{f}", {k}]}, {"op": "leakyrelu", "alpha": {small}}]}',
    ],
    ['numbers', '{"input": [{f}, { "f": [] }, {zero}, 1], "layers": "dense 3{k}", "name": "{f}-{small}"}'],
    ['nothing', '{"input": [9], "layers": "dense 3"}'],
    ['the dtype', '{"dtype": "{dtype}", "input": [9], "layers": "dense 3"}'],
    ['all but the dtype, which is given', '{"dtype": "float32", "input": [{f}], "layers": "dense 3"}'],
    ['the last of two values', '{"layers": "dense 3", "layers": "dense 4 {word}", "input": {}}'],
  ])('puts the values of a point into %s as the parser of the filled text reads them', (_, text) => {
    const parsed = JSON.parse(specMaker(text)(point)) as { layers: unknown };
    if (typeof parsed.layers === 'string') parsed.layers = parsed.layers.split('|');
    const read = jsonTemplate(text)!(point) as object;
    expect(read).toEqual(parsed);
    expect(Object.keys(read)).toEqual(Object.keys(parsed));
  });

  test.each([
    ['a key', '{"{word}": 3, "input": [{f}]}'],
    ['a key without quotes', '{{word}: 3}'],
    ['a value that a later one replaces', '{"input": [{word}], "input": [3], "layers": "dense 3"}'],
    ['a part of a number', '{"input": [1{f}], "layers": "dense 3"}'],
    ['what follows a backslash', '{"input": [9], "layers": "dense 3", "name": "\\\\u00{f}"}'],
    ['something deeper than specs go', '{"input": [[[[["{f}"]]]]]}'],
    ['the key of a prototype', '{"input": [{f}], "layers": [{"__proto__": "{word}"}]}'],
    ['another kind of spec', 'paper:{f}'],
    ['a part of what is no JSON', '{"input": [9], layers: "dense {f}"}'],
  ])('leaves templates to the parser in which a placeholder stands for %s', (_, text) => {
    expect(jsonTemplate(text)).toBeUndefined();
  });

  it('leaves values to the parser that JSON reads as something else', () => {
    const inText = jsonTemplate('{"input": [9], "layers": "dense {f}"}')!;
    for (const f of ['3"', '3", "name": "x', '3\\u0031', '3\n', '3 | dense 4'])
      expect(inText({ f })).toBeUndefined();
    const bare = jsonTemplate('{"input": [{f}], "layers": "dense 3"}')!;
    for (const f of ['3', '3,4', 'null', '"3"']) expect(bare({ f })).toBeUndefined();
  });
});
