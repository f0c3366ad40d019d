import type { CostRow, Grade, Stream } from '../board/board.ts';
import { ELEMENT_STREAMS } from './kernel-streams.ts';

/** A kernel's counted instructions, as the data files of this folder list them. */
export interface CountedKernel extends Pick<CostRow, 'op' | 'dtype' | 'when' | 'instructions'> {
  /** Entry of the stream table; the op's own where absent. */
  readonly walk?: string;
  /** Entry of the unit's constants; by element type where absent. */
  readonly cpi?: string;
  readonly grade?: Grade;
  readonly source?: string;
}

/** What the kernels of one build share. */
export interface CountedBuild {
  readonly kernels: string;
  readonly source: string;
  readonly cpi: Readonly<Record<'float32' | 'int8', string>>;
  readonly streams: Readonly<Record<string, readonly Stream[]>>;
}

/** Cost rows of one kernel library: what its kernels share (source, CPI, walks of memory) added to each. */
// @__NO_SIDE_EFFECTS__
export function countedRows(library: CountedBuild, kernels: readonly CountedKernel[]): CostRow[] {
  return kernels.map(({ walk, cpi, grade = 'fitted', source = library.source, ...kernel }) => ({
    ...kernel,
    kernels: library.kernels,
    cpi: cpi ?? library.cpi[kernel.dtype === 'float32' ? 'float32' : 'int8'],
    streams:
      library.streams[`${walk ?? kernel.op}:${kernel.dtype}`] ??
      library.streams[walk ?? kernel.op] ??
      ELEMENT_STREAMS,
    source,
    grade,
  }));
}

/** The same rows under another library's name, for kernels that one library takes from another. */
// @__NO_SIDE_EFFECTS__
export function renamedRows(rows: readonly CostRow[], kernels: string, why: string): CostRow[] {
  return rows.map((row) => ({ ...row, kernels, source: `${why}; ${row.source}` }));
}
