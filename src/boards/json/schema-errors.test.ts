import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it, test } from 'vitest';
import { seededWords } from '../../seeded-random.ts';
import { maixduino, openmvH7Plus } from '../index.ts';
import { MAIXDUINO } from '../maixduino.ts';
import { OPENMV_H7_PLUS } from '../openmv-h7-plus.ts';
import { BOARD_SCHEMA } from './board-schema.ts';
import { findSchemaErrors } from './schema-errors.ts';

const ajv = new Ajv2020({ allErrors: true, discriminator: true, verbose: true });
const validate = ajv.compile(BOARD_SCHEMA);

interface Told {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
  readonly parentSchema?: object;
}

/** What Ajv says of a value, but that a branch of `if` is not met. */
function ajvErrors(value: unknown): Told[] {
  validate(value);
  return (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if');
}

/** What a sentence for a person is made of. */
function essence({ keyword, instancePath, params, data, parentSchema }: Told): unknown {
  const { missingProperty, property, additionalProperty, allowedValues, tagValue, type } = params;
  const told = { missingProperty, property, additionalProperty, allowedValues, tagValue, type };
  return { keyword, instancePath, told, data, parentSchema };
}

/** Keywords whose message a person reads as it is. */
const isReadAsItIs = ({ keyword }: Told) =>
  ['minimum', 'exclusiveMinimum', 'minItems', 'pattern', 'const'].includes(keyword);
const messages = (errors: readonly (Told & { readonly message?: string })[]) =>
  errors.filter(isReadAsItIs).map(({ message }) => message);

/** Objects and lists of a value. */
function containersIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(containersIn)];
}

const ODD_VALUES = [
  null,
  true,
  '',
  'x',
  'X y',
  0,
  -1,
  1.5,
  NaN,
  [],
  [1],
  {},
  { kind: 'dma' },
  { a: 1 },
  [[]],
];

/** The board with one to three fields gone, added or made something else. */
function spoilt(board: unknown, draw: () => number): unknown {
  const copy = structuredClone(board);
  for (let left = 1 + (draw() % 3); left > 0; left--) {
    const all = containersIn(copy);
    const at = all[draw() % all.length]!;
    const keys = Object.keys(at);
    const key = keys[draw() % Math.max(1, keys.length)] ?? 'a/b~c';
    const how = draw() % 4;
    if (how === 0 && !Array.isArray(at)) Reflect.deleteProperty(at, key);
    else if (how === 1 && !Array.isArray(at)) at['new/field~'] = ODD_VALUES[draw() % ODD_VALUES.length];
    else at[key] = structuredClone(ODD_VALUES[draw() % ODD_VALUES.length]);
  }
  return copy;
}

const BOARDS = [
  ['maixduino', maixduino],
  ['openmv-h7-plus', openmvH7Plus],
  ['the file of maixduino', MAIXDUINO],
  ['the file of openmv-h7-plus', OPENMV_H7_PLUS],
] as const;
const SPOILT = 60;

describe.each(BOARDS)('of %s', (_, board) => {
  it('finds nothing wrong', () => {
    expect(findSchemaErrors(BOARD_SCHEMA, board)).toEqual([]);
  });

  it(`says what Ajv says of ${SPOILT} that are spoilt, in its order`, () => {
    const draw = seededWords(7);
    const cases = Array.from({ length: SPOILT }, () => spoilt(board, draw));
    const found = cases.map((value) => findSchemaErrors(BOARD_SCHEMA, value));
    const expected = cases.map(ajvErrors);
    expect(expected.filter(({ length }) => length > 0).length).toBeGreaterThan(SPOILT / 2);
    expect(found.map((errors) => errors.map(essence))).toEqual(expected.map((errors) => errors.map(essence)));
    expect(found.map(messages)).toEqual(expected.map(messages));
  });
});

test.each([[null], [7], ['board'], [[]], [{}], [{ core: 'x' }]])('%j is no board, as Ajv has it', (value) => {
  expect(findSchemaErrors(BOARD_SCHEMA, value).map(essence)).toEqual(ajvErrors(value).map(essence));
});

test('a keyword without a rule is a mistake of the schema', () => {
  expect(() => findSchemaErrors({ maximum: 3 }, 2)).toThrow('the keyword maximum has no rule');
});
