import { formatTable } from './table.ts';

/** A board that cannot run or price a model, and why. */
export interface Refusal {
  readonly board: string;
  readonly reason: string;
}

const COLUMNS = [{ title: 'board' }, { title: 'refused, because', maxWidth: 76 }] as const;

/** A row for each board that refuses; nothing where none does. */
export function formatRefusals(refused: readonly Refusal[]): string[] {
  if (refused.length === 0) return [];
  return [
    formatTable(
      COLUMNS,
      refused.map(({ board, reason }) => [board, reason]),
    ),
  ];
}
