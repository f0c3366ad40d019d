import type { CostRow, Terms } from '../../board/board.ts';
import type { KernelLibrary } from '../../board/board-parts.ts';
import { untilMoreLoads } from '../../board/loaded-parts.ts';
import { countedRows, renamedRows, type CountedBuild, type CountedKernel } from '../counted-rows.ts';
import { furtherRows } from '../further-rows.ts';
import { estimatedKernels as kernelsNotCounted } from '../estimated-rows.ts';
import { BLOCKED_STREAMS, REFERENCE_STREAMS } from '../kernel-streams.ts';
import type { CountedTable } from '../counted-table.ts';
import { parseForms, type KernelForm } from './kernel-forms.ts';

/** A library as one compiler built it for one core: what was counted of it, as far as it is loaded. */
export interface EvalBuild {
  readonly core: string;
  /** Compiler and flag: "GCC 12.2 -O2". */
  readonly build: string;
  /** Width of the floating-point unit that it was compiled for. */
  readonly fpu: KernelLibrary['fpu'];
  readonly reference: () => CountedTable;
  /** Absent where CMSIS-NN does not run. */
  readonly cmsis?: () => CountedTable;
  /** What becomes of the estimates of kernels that nobody counted, for cores that are unlike the counted M7. */
  readonly estimate?: (kernel: CountedKernel) => CountedKernel;
  /** What becomes of each row where this build was not counted, and another was. */
  readonly row?: (counted: CostRow) => CostRow;
}

const REFERENCE = 'tflm-reference';
const CMSIS = 'cmsis-nn';
const TAKEN = 'CMSIS-NN has no such kernel, TFLite Micro takes its reference';
const VERSION = '@90b983c2b3f1';
const CMSIS_VERSION = '@99f736a63036';
/** Float kernels that do little a value: they wait for loads and stores. */
const ELEMENTWISE: ReadonlySet<string> = new Set(['ADD', 'SUB', 'MUL']);

function instructionsOf({ terms }: KernelForm, line: string): Terms {
  const values = line.split(' ').map(Number);
  if (values.length !== terms.length) throw new Error(`${terms.length} terms, ${values.length} numbers`);
  return Object.fromEntries(terms.map((term, at) => [term, values[at]!]));
}

function walkOf({ op, when }: KernelForm, library: string): string | undefined {
  const isDot = op === 'CONV_2D' && when?.kernelH === 1 && when.kernelW === 1;
  return library === CMSIS && isDot ? 'CONV_2D_1X1' : undefined;
}

function kernelsOf(library: string, table: CountedTable): CountedKernel[] {
  const lines = table.lines.trim().split('\n');
  return parseForms(table.forms).flatMap((form, at): CountedKernel[] => {
    const line = lines[at];
    if (line === undefined || line === '-') return [];
    const { op, dtype, when } = form;
    const walk = dtype === 'int8' ? walkOf(form, library) : undefined;
    return [
      {
        ...{ op, dtype, instructions: instructionsOf(form, line) },
        ...(when && { when }),
        ...(walk && { walk }),
        ...(dtype === 'float32' && ELEMENTWISE.has(op) && { cpi: 'cpiFloat32Elementwise' }),
      },
    ];
  });
}

function estimatedKernels({ estimate }: EvalBuild, types?: readonly string[]): CountedKernel[] {
  const all = kernelsNotCounted();
  const wanted = types ? all.filter(({ dtype }) => types.includes(dtype)) : all;
  return estimate ? wanted.map(estimate) : [...wanted];
}

const sourceOf = (kernels: string, { core, build, fpu }: EvalBuild) =>
  `instructions counted through the operator, ${kernels}, ${core}, ${build}, ${fpu} FPU`;

function referenceRows(id: string, build: EvalBuild): CostRow[] {
  const source = sourceOf(`TFLite Micro ${VERSION} reference kernels`, build);
  const rows: CountedBuild = {
    ...{ kernels: id, source, streams: REFERENCE_STREAMS },
    cpi: { float32: 'cpiFloat32', int8: 'cpiInt8Reference' },
  };
  const kernels = kernelsOf(REFERENCE, build.reference());
  const own = countedRows(rows, [
    ...kernels,
    ...(furtherRows().alike?.(kernels, source) ?? []),
    ...estimatedKernels(build),
  ]);
  return [...own, ...int16Rows(own)];
}

const int16Rows = (own: readonly CostRow[]): CostRow[] => furtherRows().int16Rows?.(own) ?? [];

/** CMSIS-NN's own kernels, the float ones of its build, and the reference's for what it does not have. */
function cmsisRows(id: string, build: EvalBuild): CostRow[] {
  const source = sourceOf(`CMSIS-NN ${CMSIS_VERSION}`, build);
  const rows: CountedBuild = {
    ...{ kernels: id, source, streams: BLOCKED_STREAMS },
    cpi: { float32: 'cpiFloat32', int8: 'cpiCmsisNn' },
  };
  const kernels = kernelsOf(CMSIS, build.cmsis!());
  const ofType = (type: string) => kernels.filter(({ dtype }) => dtype === type);
  const reference = referenceRows(REFERENCE, build);
  const taken = (rowsOf: readonly CostRow[]): CostRow[] =>
    rowsOf.flatMap((row) =>
      row.grade === 'estimated' ? [{ ...row, kernels: id }] : renamedRows([row], id, TAKEN),
    );
  const takes = (dtype: string) =>
    taken(reference.filter((row) => row.dtype === dtype && row.grade === 'fitted'));
  const float = countedRows({ ...rows, streams: REFERENCE_STREAMS }, ofType('float32'));
  const int8 = [
    ...countedRows(rows, ofType('int8')),
    ...takes('int8'),
    ...countedRows(rows, estimatedKernels(build, ['int8'])),
  ];
  const int16 = int16Rows(int8);
  const sixteen = new Set(int16.map(({ op }) => op));
  const others = reference.filter(
    ({ op, dtype }) => dtype !== 'int8' && dtype !== 'float32' && !(dtype === 'int16' && sixteen.has(op)),
  );
  const floatRest = reference.filter(({ dtype }) => dtype === 'float32');
  return [...int8, ...int16, ...float, ...taken([...floatRest, ...others])];
}

/** The library whose rows are made when they are first asked for. */
function lazily(
  library: Omit<KernelLibrary, 'costs'>,
  { row }: EvalBuild,
  make: () => CostRow[],
): KernelLibrary {
  const costs = untilMoreLoads((): readonly CostRow[] => (row ? make().map(row) : make()));
  return {
    ...library,
    get costs() {
      return costs();
    },
  };
}

/** Id of a library of a build: the flag is part of it, but for -O2. */
function idOf(name: string, build: string): string {
  const flag = build.slice(build.lastIndexOf(' ') + 1);
  return flag === '-O2' ? name : `${name}${flag}`;
}

/** The libraries of a build. */
// @__NO_SIDE_EFFECTS__
export function evalLibraries(build: EvalBuild): KernelLibrary[] {
  const { core, fpu } = build;
  const parts = { core, build: build.build, ...(fpu && { fpu }) };
  const id = idOf(REFERENCE, build.build);
  const reference = { ...parts, id, name: 'TFLite Micro reference kernels', version: VERSION };
  const libraries = [lazily(reference, build, () => referenceRows(id, build))];
  if (build.cmsis === undefined) return libraries;
  const cmsisId = idOf(CMSIS, build.build);
  const cmsis = { ...parts, id: cmsisId, name: 'CMSIS-NN', version: CMSIS_VERSION };
  return [...libraries, lazily(cmsis, build, () => cmsisRows(cmsisId, build))];
}
