import { formatTable } from '../table.ts';

/** A classifier's accuracy and confusion matrix, rows by label. */
export interface ConfusionResult {
  readonly preparation: string;
  readonly images: number;
  readonly accuracy: number;
  readonly confusion: readonly (readonly number[])[];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Accuracy, then a row for each label: how often each class was named, and the share that was right. */
export function formatConfusion({ preparation, images, accuracy, confusion }: ConfusionResult): string {
  const right = sum(confusion.map((row, label) => row[label]));
  const classes = confusion.map((_, index) => `${index}`);
  const columns = ['label', ...classes, 'right %'].map((title) => ({ title, align: 'right' as const }));
  const rows = confusion.map((row, label) => {
    const all = sum(row);
    const share = all === 0 ? '' : ((100 * row[label]) / all).toFixed(1);
    return [`${label}`, ...row.map((value) => (value === 0 ? '.' : `${value}`)), share];
  });
  return [
    `  accuracy ${accuracy.toFixed(4)} (${right} of ${images} images)`,
    `  ${preparation}`,
    '',
    '  images by label (row) and by the class named (column)',
    '',
    formatTable(columns, rows),
  ].join('\n');
}
