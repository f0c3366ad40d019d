import type { OptionsName } from './options-table.ts';
import type { Layout } from './schema/layout-types.ts';
import { LAYOUT } from './schema/layout.ts';

const UNIONS = ['builtin_options', 'builtin_options_2'] as const;

/** Where an operator keeps a table of options: in one of two unions, under a number. */
export interface OptionsPlace {
  readonly union: (typeof UNIONS)[number];
  readonly number: number;
}

const PLACES: ReadonlyMap<string, OptionsPlace> = new Map(
  UNIONS.flatMap((union) => {
    const field = LAYOUT.Operator.find(({ name }) => name === union);
    return field?.kind === 'union'
      ? Object.entries(field.members).map(
          ([number, table]) => [table, { union, number: Number(number) }] as const,
        )
      : [];
  }),
);

/** The union that a table of options belongs to, and its number there. */
export function placeOfOptions(table: OptionsName): OptionsPlace {
  return PLACES.get(table)!;
}

/**
 * The layout that the verifier goes by: of operators' options only `tables` are looked into, since nobody reads the
 * others; a union without any of them is not even followed.
 */
export function narrowOptions(layout: Layout, tables: ReadonlySet<string | undefined>): Layout {
  const operator = layout.Operator.map((field) => {
    if (field.kind !== 'union') return field;
    const members = Object.entries(field.members).filter(([, table]) => tables.has(table));
    if (members.length > 0) return { ...field, members: Object.fromEntries(members) };
    return { name: field.name, kind: 'scalar', type: 'uint', bytes: 4 } as const;
  });
  return { ...layout, Operator: operator };
}
