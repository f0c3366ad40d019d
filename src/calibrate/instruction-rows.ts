import { FormatError } from '../errors.ts';
import type { Counts } from '../boards/pricing/terms.ts';
import { denseCounts, elementCounts, softmaxCounts } from '../kernels/definition/dense-counts.ts';
import { windowCounts, type WindowGeometry, type WindowKind } from '../kernels/windows/window-counts.ts';
import { readCount, readTable, type Cells } from './measured-table.ts';
import { COUNTED_BUILDS, INSTRUCTION_COUNTS, LAYER_COLUMNS } from './measurements/instruction-counts.ts';

/** One counted kernel call, a row of `data/instruction-counts.csv`. */
export interface InstructionRow {
  readonly id: string;
  readonly kernelLibrary: string;
  readonly op: string;
  readonly dtype: 'float32' | 'int8';
  /** Optimisation flag, "-O2". */
  readonly flag: string;
  readonly target: string;
  readonly counts: Counts;
  readonly instructions: number;
}

const OPS: Readonly<Record<string, { op: string; window?: WindowKind }>> = {
  conv: { op: 'CONV_2D', window: 'full' },
  dwconv: { op: 'DEPTHWISE_CONV_2D', window: 'perChannel' },
  maxpool: { op: 'MAX_POOL_2D', window: 'perChannel' },
  avgpool: { op: 'AVERAGE_POOL_2D', window: 'perChannel' },
  fc: { op: 'FULLY_CONNECTED' },
  softmax: { op: 'SOFTMAX' },
  add: { op: 'ADD' },
  reshape: { op: 'RESHAPE' },
};

const TEXT_COLUMNS = [
  'kernel_library',
  'op',
  'dtype',
  'compiler_flags',
  'padding',
  'target',
  'layer',
] as const;
const NUMBER_COLUMNS = [
  ...(['in_h', 'in_w', 'in_c', 'out_h', 'out_w', 'out_c', 'k_h', 'k_w', 'stride', 'instructions'] as const),
];

type Geometry = Readonly<Record<(typeof NUMBER_COLUMNS)[number], number>>;

function padBefore(input: number, output: number, kernel: number, stride: number, padding: string): number {
  return padding === 'SAME' ? Math.floor(Math.max(0, (output - 1) * stride + kernel - input) / 2) : 0;
}

function describeGeometry(g: Geometry, padding: string): WindowGeometry {
  return {
    ...{ inH: g.in_h, inW: g.in_w, inC: g.in_c, outH: g.out_h, outW: g.out_w, outC: g.out_c },
    ...{ kernelH: g.k_h, kernelW: g.k_w, strideH: g.stride, strideW: g.stride, dilationH: 1, dilationW: 1 },
    padTop: padBefore(g.in_h, g.out_h, g.k_h, g.stride, padding),
    padLeft: padBefore(g.in_w, g.out_w, g.k_w, g.stride, padding),
  };
}

function countElements(op: string, elements: number, elementBytes: number): Counts {
  if (op === 'SOFTMAX') return { elements, ...softmaxCounts(1, elements) };
  const bytes = elements * elementBytes;
  const operands = op === 'ADD' ? 2 : 1;
  const inputs = { inputElements: operands * elements, inputBytes: operands * bytes, operands };
  return { elements, ...elementCounts({ ...inputs, outputElements: elements, outputBytes: bytes }) };
}

function countWork(op: string, window: WindowKind | undefined, g: Geometry, fields: Cells): Counts {
  if (window) return windowCounts(describeGeometry(g, fields.padding), window);
  if (op === 'FULLY_CONNECTED') return denseCounts({ batches: 1, inChannels: g.in_c, outChannels: g.out_c });
  return countElements(op, g.out_h * g.out_w * g.out_c, fields.dtype === 'int8' ? 1 : 4);
}

function readRow(fields: Cells, index: number): InstructionRow {
  const line = index + 2;
  const known = OPS[fields.op];
  if (!known) throw new FormatError(`instruction counts: line ${line}: unknown op "${fields.op}"`);
  if (fields.dtype !== 'float32' && fields.dtype !== 'int8')
    throw new FormatError(`instruction counts: line ${line}: unknown dtype "${fields.dtype}"`);
  const entries = NUMBER_COLUMNS.map((column) => [column, readCount(fields, column, line)] as const);
  const geometry = Object.fromEntries(entries) as Geometry;
  return {
    id: `${fields.kernel_library} ${fields.target} ${fields.compiler_flags.split(' ')[0]} ${fields.dtype} ${fields.layer}`,
    kernelLibrary: fields.kernel_library,
    op: known.op,
    dtype: fields.dtype,
    flag: fields.compiler_flags.split(' ')[0],
    target: fields.target,
    counts: countWork(known.op, known.window, geometry, fields),
    instructions: geometry.instructions,
  };
}

/** Reads a table with the columns of `data/instruction-counts.csv`. Throws a FormatError that names line and column. */
export function readInstructionCounts(csvText: string): InstructionRow[] {
  const { columns, rows: data } = readTable(csvText);
  const missing = [...TEXT_COLUMNS, ...NUMBER_COLUMNS].filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new FormatError(`instruction counts: no column ${missing.join(', ')}`);
  if (data.length === 0) throw new FormatError('instruction counts: the table holds no rows');
  return data.map(readRow);
}

function unpivot(cells: readonly string[]): Cells[] {
  const layer = Object.fromEntries(LAYER_COLUMNS.map((column, index) => [column, cells[index]]));
  return COUNTED_BUILDS.flatMap((build, index) => {
    const instructions = cells[LAYER_COLUMNS.length + index];
    if (instructions === '') return [];
    const [kernel_library, dtype, compiler_flags, target] = build.split('|') as [
      string,
      string,
      string,
      string,
    ];
    return [{ ...layer, kernel_library, dtype, compiler_flags, target, instructions }];
  });
}

/** The counted rows that the project carries with it (see `measurements/instruction-counts.ts`). */
export function carriedInstructionCounts(): InstructionRow[] {
  const lines = INSTRUCTION_COUNTS.trim().split('\n');
  return lines.flatMap((line) => unpivot(line.split(','))).map(readRow);
}

/** Name by which the cost rows of a core know a counted library: kernels called directly, "-O2" being the default. */
export function kernelsOf({
  kernelLibrary,
  flag,
  target,
}: Pick<InstructionRow, 'kernelLibrary' | 'flag' | 'target'>): string {
  if (kernelLibrary.startsWith('openmv')) return kernelLibrary;
  const library = target === 'cortex-m7' ? `${kernelLibrary}-direct` : kernelLibrary;
  return flag === '-O2' ? library : `${library}${flag}`;
}
