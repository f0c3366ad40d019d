import type { CostRow, CountCondition } from '../../board/board.ts';

/** How the instructions of a kernel grow; a line of a table of forms. */
export interface KernelForm {
  readonly op: string;
  readonly dtype: 'float32' | 'int8';
  readonly when?: CostRow['when'];
  readonly terms: readonly string[];
}

function parseCondition(text: string): [string, CountCondition] {
  const [, name, relation, value] = /^(\w+)(<=|>=|=|:)(\d+)$/.exec(text)!;
  const bound = Number(value);
  if (relation === '=') return [name!, bound];
  if (relation === ':') return [name!, { multipleOf: bound }];
  return [name!, relation === '>=' ? { min: bound } : { max: bound }];
}

function parseForm(line: string): KernelForm[] {
  const [kernel, terms] = line.split(' | ');
  const [op, dtype, ...conditions] = kernel!.split(' ');
  const when = Object.fromEntries(conditions.map(parseCondition));
  const types = dtype === '*' ? (['float32', 'int8'] as const) : ([dtype] as ('float32' | 'int8')[]);
  return types.map((type) => ({
    ...{ op: op!, dtype: type, terms: terms!.split(' ') },
    ...(conditions.length > 0 && { when }),
  }));
}

/** The forms of a table, a line with the type "*" as one of each type, in their order. */
export function parseForms(table: string): KernelForm[] {
  return table.trim().split('\n').flatMap(parseForm);
}
