import type { Score } from '../../experiments/lessons/grade.ts';
import { formatTable } from '../../report/table.ts';

const COLUMNS = [
  { title: 'lesson', align: 'right' },
  { title: 'title' },
  { title: 'points', align: 'right' },
] as const;

/** Points by file and lesson. */
export function formatScores(scores: readonly (Score & { readonly file: string })[]): string {
  return scores
    .map(({ file, name, points, of, lessons }) => {
      const rows = lessons.map((lesson) => [
        `${lesson.lesson}`,
        lesson.title,
        `${lesson.points} of ${lesson.of}`,
      ]);
      const head = `${file}${name === '' ? '' : ` (${name})`}: ${points} of ${of} points`;
      return rows.length === 0 ? head : `${head}\n\n${formatTable(COLUMNS, rows)}`;
    })
    .join('\n\n');
}
