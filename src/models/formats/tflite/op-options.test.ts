import { Builder, ByteBuffer } from 'flatbuffers';
import { expect, test } from 'vitest';
import { Budget } from './budget.ts';
import { NUMBER, OPTIONAL_LIST, POSITIVE } from './codecs.ts';
import { addOptions, readAttributes, writeOptions } from './op-options.ts';
import { Operator } from './schema/schema.ts';

type Row = Parameters<typeof readAttributes>[0];

// One of each union; numbers from TensorFlow's schema.fbs.
const RESHAPE: Row = { options: 'ReshapeOptions', fields: { newShape: ['new_shape', OPTIONAL_LIST] } };
const SPLIT: Row = { options: 'SplitOptions', fields: { splits: ['num_splits', POSITIVE] } };
const WHILE: Row = {
  options: 'StablehloWhileOptions',
  fields: { condition: ['cond_subgraph_index', NUMBER], body: ['body_subgraph_index', NUMBER] },
};
const NONE: Row = { fields: {} };

function operatorWith(row: Row, attributes: object): Operator {
  const b = new Builder();
  const options = writeOptions(b, row, attributes);
  Operator.startOperator(b);
  addOptions(b, row, options);
  b.finish(Operator.endOperator(b));
  return Operator.getRootAsOperator(new ByteBuffer(b.asUint8Array()));
}

const read = (row: Row, operator: Operator) => readAttributes(row, operator, 'op 0', new Budget(0, 'x'));
const typesOf = (operator: Operator) => [operator.builtinOptionsType(), operator.builtinOptions2Type()];

test.each<[string, Row, object, number[]]>([
  ['the first union', SPLIT, { splits: 3 }, [35, 0]],
  ['the second union', WHILE, { condition: 4, body: 5 }, [0, 15]],
  ['a list', RESHAPE, { newShape: [-1, 9] }, [17, 0]],
  ['an optional list', RESHAPE, {}, [17, 0]],
  ['no options', NONE, {}, [0, 0]],
])('attributes of %s are read as they were written', (_, row, attributes, types) => {
  const operator = operatorWith(row, attributes);
  expect(typesOf(operator)).toEqual(types);
  expect(read(row, operator)).toStrictEqual(attributes);
});

test('an operator without its table has the defaults', () => {
  expect(read(WHILE, operatorWith(NONE, {}))).toEqual({ condition: 0, body: 0 });
  expect(read(RESHAPE, operatorWith(NONE, {}))).toStrictEqual({});
  expect(() => read(SPLIT, operatorWith(NONE, {}))).toThrow('op 0: splits is 0, it must be above 0');
});

test('a table of another kind is as none, in its own union', () => {
  expect(read(RESHAPE, operatorWith(SPLIT, { splits: 3 }))).toStrictEqual({});
  const scatter: Row = { options: 'StablehloScatterOptions', fields: {} };
  expect(read(WHILE, operatorWith(scatter, {}))).toEqual({ condition: 0, body: 0 });
  expect(read(WHILE, operatorWith(SPLIT, { splits: 3 }))).toEqual({ condition: 0, body: 0 });
});
