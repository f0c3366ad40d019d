import Papa from 'papaparse';

/** Records as CSV with a header line; numbers in full, line ends LF. */
export function formatCsv(rows: readonly object[]): string {
  return `${Papa.unparse([...rows], { newline: '\n' })}\n`;
}
