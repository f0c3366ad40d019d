import { SpecError } from '../errors.ts';
import { formatCsv } from '../report/csv.ts';
import { layerRows, type StepChoice } from '../report/layer-rows.ts';
import { nodeData } from '../report/node-data.ts';
import type { Prediction } from '../simulate/prediction.ts';
import type { Io } from './io.ts';
import { replaceFile } from './replace-file.ts';

interface TableArgs extends StepChoice {
  readonly csv?: string | undefined;
  readonly nodeData?: string | undefined;
  readonly json: boolean;
}

/**
 * Writes the steps as CSV and as node data, where either is asked for; true where CSV was printed in the place of text. Throws a
 * SpecError for a --top that is no count, and for what cannot be told in one file.
 */
export async function writeTables(
  predictions: readonly Prediction[],
  { csv, nodeData: path, sort, top, json }: TableArgs,
  io: Io,
): Promise<boolean> {
  if (top !== undefined && !(Number.isInteger(top) && top > 0)) {
    throw new SpecError(`--top must be a whole number above 0, got ${top}`);
  }
  if (csv === '-' && json) throw new SpecError('--csv - and --json both print; leave one out');
  if (path !== undefined) {
    if (predictions.length !== 1) throw new SpecError('--node-data is of one board; name one');
    await replaceFile(path, `${JSON.stringify(nodeData(predictions[0]), null, 1)}\n`);
  }
  if (csv === undefined) return false;
  const text = formatCsv(predictions.flatMap((one) => layerRows(one, { sort, top })));
  if (csv !== '-') await replaceFile(csv, text);
  else io.out(text);
  return csv === '-';
}
