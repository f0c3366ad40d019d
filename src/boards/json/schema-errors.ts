/** A JSON Schema, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

/** Where a value does not hold to a schema. */
export interface SchemaError {
  readonly keyword: string;
  /** JSON pointer of the value. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Continues a sentence that begins with the value. */
  readonly message: string;
  readonly data: unknown;
  readonly parentSchema: Schema;
}

/** A value and what is asked of it. */
interface Place {
  readonly root: Schema;
  readonly schema: Schema;
  readonly value: unknown;
  readonly path: string;
}

type Fault = Pick<SchemaError, 'params' | 'message'>;
/** Errors of a place by one keyword, whose value is the first argument: of the keyword itself, or of what lies below. */
type Rule = (told: never, place: Place) => readonly (Fault | SchemaError)[];

type Fields = Readonly<Record<string, unknown>>;

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const IS_OF_TYPE: Readonly<Record<string, (value: unknown) => boolean>> = {
  number: isNumber,
  integer: Number.isInteger,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: isObject,
};

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
const NONE: readonly never[] = [];

const below = (place: Place, schema: Schema, key: string | number): readonly SchemaError[] =>
  errorsAt({
    root: place.root,
    schema,
    value: (place.value as Fields)[key],
    path: `${place.path}/${typeof key === 'number' ? key : escaped(key)}`,
  });

const faultIf = (isWrong: boolean, message: string, params: Fields = {}): readonly Fault[] =>
  isWrong ? [{ message, params }] : NONE;

const lacks = (object: Fields, names: readonly string[]): string[] =>
  names.filter((name) => object[name] === undefined);

/** Rules that ask nothing of a value of another type. */
const forNumbers =
  (rule: (told: never, value: number) => readonly Fault[]): Rule =>
  (told, { value }) =>
    isNumber(value) ? rule(told, value) : NONE;
const forTexts =
  (rule: (told: never, value: string) => readonly Fault[]): Rule =>
  (told, { value }) =>
    typeof value === 'string' ? rule(told, value) : NONE;
const forLists =
  (rule: (told: never, value: readonly unknown[], place: Place) => ReturnType<Rule>): Rule =>
  (told, place) =>
    Array.isArray(place.value) ? rule(told, place.value, place) : NONE;
const forObjects =
  (rule: (told: never, value: Fields, place: Place) => ReturnType<Rule>): Rule =>
  (told, place) =>
    isObject(place.value) ? rule(told, place.value, place) : NONE;

function definitionOf(root: Schema, reference: string): Schema {
  return (root.$defs as Readonly<Record<string, Schema>>)[reference.slice('#/$defs/'.length)]!;
}

/** The alternative whose `kind`, or whatever the field is called, is the value's. */
function discriminated({ propertyName }: { readonly propertyName: string }, value: Fields, place: Place) {
  const kind = value[propertyName];
  const refs = place.schema.oneOf as readonly { readonly $ref: string }[];
  const chosen = refs
    .map(({ $ref }) => definitionOf(place.root, $ref))
    .find(({ properties }) => (properties as Readonly<Record<string, Schema>>)[propertyName]!.const === kind);
  if (chosen) return errorsAt({ ...place, schema: chosen });
  return faultIf(true, `must have a known ${propertyName}`, { tag: propertyName, tagValue: kind });
}

function inNone(options: readonly Schema[], place: Place): ReturnType<Rule> {
  const errors = options.map((schema) => errorsAt({ ...place, schema }));
  if (errors.some(({ length }) => length === 0)) return NONE;
  return [...errors.flat(), { message: 'must match a schema in anyOf', params: {} }];
}

function beyond(told: Schema | false, value: Fields, place: Place): ReturnType<Rule> {
  const known = place.schema.properties ?? {};
  const others = Object.keys(value).filter((name) => !Object.hasOwn(known, name));
  if (told) return others.flatMap((name) => below(place, told, name));
  return others.map((name) => ({
    message: 'must NOT have additional properties',
    params: { additionalProperty: name },
  }));
}

/** The keywords that are known, in the order in which their errors come. */
const RULES: Readonly<Record<string, Rule>> = {
  type: (type: string, { value }) => faultIf(!IS_OF_TYPE[type]!(value), `must be ${type}`, { type }),
  $ref: (reference: string, place) => errorsAt({ ...place, schema: definitionOf(place.root, reference) }),
  const: (only: unknown, { value }) => faultIf(value !== only, 'must be equal to constant'),
  enum: (allowedValues: readonly unknown[], { value }) =>
    faultIf(!allowedValues.includes(value), 'must be equal to one of the allowed values', { allowedValues }),
  anyOf: inNone,
  if: (asked: Schema, place) => {
    const isMet = errorsAt({ ...place, schema: asked }).length === 0;
    return errorsAt({ ...place, schema: (isMet ? place.schema.then : place.schema.else) as Schema });
  },
  minimum: forNumbers((least: number, value) => faultIf(value < least, `must be >= ${least}`)),
  exclusiveMinimum: forNumbers((bound: number, value) => faultIf(value <= bound, `must be > ${bound}`)),
  minLength: forTexts((least: number, value) =>
    faultIf(value.length < least, `must NOT have fewer than ${least} characters`),
  ),
  pattern: forTexts((pattern: string, value) =>
    faultIf(!new RegExp(pattern, 'u').test(value), `must match pattern "${pattern}"`),
  ),
  minItems: forLists((least: number, value) =>
    faultIf(value.length < least, `must NOT have fewer than ${least} items`),
  ),
  items: forLists((items: Schema, value, place) => value.flatMap((_, at) => below(place, items, at))),
  required: forObjects((names: readonly string[], value) =>
    lacks(value, names).map((missingProperty) => ({
      message: `must have required property '${missingProperty}'`,
      params: { missingProperty },
    })),
  ),
  additionalProperties: forObjects(beyond),
  properties: forObjects((properties: Readonly<Record<string, Schema>>, value, place) =>
    Object.entries(properties).flatMap(([name, schema]) =>
      value[name] === undefined ? NONE : below(place, schema, name),
    ),
  ),
  dependentRequired: forObjects((needs: Readonly<Record<string, readonly string[]>>, value) =>
    Object.entries(needs)
      .filter(([property]) => value[property] !== undefined)
      .flatMap(([property, names]) => lacks(value, names).map((name) => [property, name] as const))
      .map(([property, missingProperty]) => ({
        message: `must have property ${missingProperty} when property ${property} is present`,
        params: { property, missingProperty },
      })),
  ),
  discriminator: forObjects(discriminated),
};

/** Keywords that say nothing by themselves. */
const WITHOUT_RULE = ['$schema', '$id', '$defs', 'title', 'description', 'then', 'else', 'oneOf'];

/** Rules of a schema in their order; a schema is looked at once. */
const rulesOf = new WeakMap<Schema, readonly (readonly [keyword: string, told: unknown, rule: Rule])[]>();

function rulesIn(schema: Schema) {
  const known = rulesOf.get(schema);
  if (known) return known;
  const strange = Object.keys(schema).find((name) => !(name in RULES) && !WITHOUT_RULE.includes(name));
  if (strange !== undefined) throw new Error(`schema: the keyword ${strange} has no rule`);
  if ('oneOf' in schema && !('discriminator' in schema))
    throw new Error('schema: oneOf without a discriminator');
  const rules = Object.entries(RULES)
    .filter(([name]) => name in schema)
    .map(([name, rule]) => [name, schema[name], rule] as const);
  rulesOf.set(schema, rules);
  return rules;
}

function errorsAt(place: Place): readonly SchemaError[] {
  const { schema, value, path } = place;
  let errors: SchemaError[] | undefined;
  for (const [keyword, told, rule] of rulesIn(schema)) {
    for (const found of rule(told as never, place)) {
      const fault = { keyword, instancePath: path, data: value, parentSchema: schema };
      (errors ??= []).push('keyword' in found ? found : { ...found, ...fault });
    }
  }
  return errors ?? NONE;
}

/**
 * Every place where a value does not hold to a schema, in the order and in the words of Ajv with `allErrors` and
 * `discriminator`, but for `if`, whose branch's errors stand alone. Knows the keywords of schemas of boards, throws an Error at any other. Ajv compiles a
 * schema before it looks at the first value, which for a board takes fifty times as long as looking does.
 */
export function findSchemaErrors(schema: Schema, value: unknown): readonly SchemaError[] {
  return errorsAt({ root: schema, schema, value, path: '' });
}
