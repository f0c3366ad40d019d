import { below, pick, type Draw } from './mutate.ts';
import { mutateText } from './mutate-text.ts';
import { times } from './programs.ts';

const MODELS = [
  'paper:1',
  'paper:2',
  'paper:6',
  'paper:8',
  '{"input":[8,8,1],"layers":"conv 2 3x3 | flatten | dense 4"}',
];
const ODD_MODELS = [
  '',
  ' ',
  'paper:0',
  'paper:99999999',
  'paper:8 ',
  'none.tflite',
  '{"input":[],"layers":""}',
  '__proto__',
  '{',
  '.',
];
const TIMES = ['0.36', '0.4', '0.62', '1.1', '1.25', '2e0', ' 3 '];
const ODD_TIMES = [
  '',
  '0',
  '-1',
  '1e-300',
  '1e300',
  '5e-324',
  '1e999',
  '0x10',
  '1,5',
  '0.4 ms',
  'NaN',
  '1e3',
  '١',
];
const OPS = ['', '', '0', '2', '0+2'];
const ODD_OPS = ['1', '2+2', '99', '4294967296', '1e3', '-1', '+', '0+', '0 + 2', `0${'+0'.repeat(300)}`];
const KERNELS = ['', '', '', 'tflm-reference', 'cmsis-nn', 'openmv-libtf-2020-11', 'maixpy-0.5'];
const ODD_KERNELS = ['none', '__proto__', ' ', 'cmsis-nn '];
const OTHER_COLUMNS = ['note', 'run', '', 'latency', 'units', 'board', 'model', '__proto__', 'ops ', 'MODEL'];
const OTHER_CELLS = ['', 'x', '1', 'two\nlines', 'a "b"', '\0', '=1+1'];

const CELLS: Readonly<Record<string, readonly [good: readonly string[], odd: readonly string[]]>> = {
  model: [MODELS, ODD_MODELS],
  latency_ms: [TIMES, ODD_TIMES],
  ops: [OPS, ODD_OPS],
  kernels: [KERNELS, ODD_KERNELS],
};

function cellOf(column: string, odds: number, draw: Draw): string {
  const [good, odd] = Object.hasOwn(CELLS, column) ? CELLS[column]! : [OTHER_CELLS, OTHER_CELLS];
  return pick(draw, draw() % odds === 0 ? odd : good);
}

/** Quoted where it has to be, and sometimes where it has not. */
function quoted(cell: string, delimiter: string, draw: Draw): string {
  const needs = cell.includes(delimiter) || /["\n]/.test(cell);
  const isQuoted = draw() % 24 === 0 ? !needs : needs;
  return isQuoted ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function columnsOf(draw: Draw): string[] {
  const columns = ['model', 'latency_ms'];
  if (draw() % 2) columns.push('ops');
  if (draw() % 2) columns.push('kernels');
  if (draw() % 4 === 0) columns.push(pick(draw, OTHER_COLUMNS));
  for (let at = columns.length - 1; at > 0; at--) {
    const other = below(draw, at + 1);
    [columns[at], columns[other]] = [columns[other]!, columns[at]!];
  }
  if (draw() % 24 === 0) columns.splice(below(draw, columns.length), 1);
  return columns;
}

/** A table of own times whose cells are good but for a few, so that networks are simulated and constants fitted; or a seed with odd words. */
export function mutateTimes(seed: Uint8Array, draw: Draw): Uint8Array {
  if (draw() % 4 === 0) return mutateText(seed, draw);
  const columns = columnsOf(draw);
  const delimiter = pick(draw, [',', ',', ';', '\t', '|']);
  const odds = pick(draw, [8, 32, 1024]);
  const rows = times(1 + below(draw, 6), () => columns.map((column) => cellOf(column, odds, draw)));
  if (draw() % 16 === 0) rows.push(...times(below(draw, 300), () => rows[0]!));
  if (draw() % 16 === 0) pick(draw, rows).splice(below(draw, 3), 1);
  const lines = [columns, ...rows].map((cells) =>
    cells.map((cell) => quoted(cell, delimiter, draw)).join(delimiter),
  );
  return new TextEncoder().encode(lines.join(draw() % 8 ? '\n' : '\r\n'));
}
