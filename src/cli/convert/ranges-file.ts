import { FormatError, SpecError } from '../../errors.ts';
import type { Graph } from '../../models/graph/graph.ts';
import type { ValueRange } from '../../numbers.ts';
import { parseJson, readText } from '../inputs.ts';

/** One line of a file of ranges: a tensor by name, or by its number in the model. */
interface NamedRange {
  readonly tensor: string;
  readonly low: number;
  readonly high: number;
}

const CSV_HEAD = 'tensor,min,max';
/** A name may hold commas of its own, two numbers may not. */
const CSV_LINE = /^(.*),([^,]*),([^,]*)$/;

/**
 * Ranges by tensor out of a JSON file, `{"conv1": [-1, 2.5], "7": [0, 6]}`, or a CSV file headed `tensor,min,max`; tensors
 * go by name, or by number where none has that name. Throws FormatError, SpecError of one line that begins with the path.
 */
export async function readRanges(path: string, graph: Graph): Promise<ReadonlyMap<number, ValueRange>> {
  const text = await readText(path);
  const named = /^\s*\{/.test(text) ? fromJson(text, path) : fromCsv(text, path);
  const ranges = new Map<number, ValueRange>();
  for (const { tensor, low, high } of named) {
    if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high)) {
      throw new SpecError(
        `${path}: ${tensor}: a range is a least and a largest number, got ${low} and ${high}`,
      );
    }
    const index = tensorNamed(graph, tensor, path);
    if (ranges.has(index)) throw new SpecError(`${path}: ${tensor} is given twice`);
    ranges.set(index, { low, high });
  }
  return ranges;
}

function fromJson(text: string, path: string): NamedRange[] {
  return Object.entries(parseJson(text, path) as object).map(([tensor, range]: [string, unknown]) => {
    const ends = Array.isArray(range) && range.length === 2 ? (range as unknown[]) : [];
    if (!ends.every((end) => typeof end === 'number') || ends.length === 0) {
      throw new FormatError(`${path}: ${tensor}: write [min, max], got ${JSON.stringify(range)}`);
    }
    return { tensor, low: ends[0] as number, high: ends[1] as number };
  });
}

function fromCsv(text: string, path: string): NamedRange[] {
  const [head = '', ...lines] = text.trim().split(/\r?\n/);
  if (head.replaceAll(' ', '') !== CSV_HEAD) {
    throw new FormatError(`${path}: is neither a JSON object nor a CSV headed "${CSV_HEAD}"`);
  }
  return lines.map((line, at) => {
    const [, tensor, low, high] = CSV_LINE.exec(line) ?? [];
    if (tensor === undefined || low.trim() === '' || high.trim() === '') {
      throw new FormatError(`${path}: line ${at + 2}: write ${CSV_HEAD}, got "${line}"`);
    }
    return { tensor: tensor.trim().replace(/^"(.*)"$/, '$1'), low: Number(low), high: Number(high) };
  });
}

function tensorNamed({ tensors, name }: Graph, text: string, path: string): number {
  const found = tensors.flatMap((tensor, index) => (tensor.name === text ? [index] : []));
  if (found.length === 1) return found[0];
  if (found.length > 1) {
    throw new SpecError(
      `${path}: ${found.length} tensors of ${name} are named ${text}; give their numbers, ${found.join(', ')}`,
    );
  }
  if (/^\d+$/.test(text) && Number(text) < tensors.length) return Number(text);
  throw new SpecError(`${path}: ${name} has no tensor "${text}"; inspect lists them`);
}
