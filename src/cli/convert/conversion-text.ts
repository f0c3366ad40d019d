import type { NccAddress } from '../../deploy/ncc/plan.ts';
import { formatCount } from '../../report/format.ts';
import { formatTable } from '../../report/table.ts';
import type { KmodelSummary } from './conversion.ts';

/** A file that a command has written. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
}

const COLUMNS = [
  { title: '#', align: 'right' },
  { title: 'layer' },
  { title: 'reads' },
  { title: 'writes' },
  { title: 'body bytes', align: 'right' },
] as const;

function placeText({ main, line }: NccAddress): string {
  const parts = [main === undefined ? '' : `main ${main}`, line === undefined ? '' : `line ${line}`];
  return parts.filter((part) => part !== '').join(', ');
}

/** Files written, and of a kmodel its layers with their memory. */
export function formatConversion(written: readonly WrittenFile[], kmodel?: KmodelSummary): string {
  const files = written.map(({ path, bytes }) => `${path}: ${formatCount(bytes)} bytes`);
  if (!kmodel) return files.join('\n');
  const { plan, bodyBytes, mainMemoryBytes, outputAddress } = kmodel;
  const rows = plan.map(({ index, op, reads, writes }) => [
    ...[`${index}`, op, reads.map(placeText).join('; '), placeText(writes), formatCount(bodyBytes[index])],
  ]);
  const total = `  main memory ${formatCount(mainMemoryBytes)} bytes, output at ${formatCount(outputAddress)}`;
  return [files.join('\n'), formatTable(COLUMNS, rows), total].join('\n\n');
}
