import type { CountedKernel } from '../counted-rows.ts';

/** Moves are counted for float32 and int8; of another type they are copied element by element alike. */
const MOVES: ReadonlySet<string> = new Set([
  ...['PAD', 'CONCATENATION', 'SPLIT', 'PACK', 'UNPACK', 'SLICE', 'STRIDED_SLICE', 'TRANSPOSE', 'RESHAPE'],
  'RESIZE_NEAREST_NEIGHBOR',
]);

function movesOfAnyType(kernels: readonly CountedKernel[], why: string): CountedKernel[] {
  return kernels
    .filter(({ op, dtype }) => dtype === 'float32' && MOVES.has(op))
    .map((kernel) => ({ ...kernel, dtype: 'any', grade: 'estimated', source: why }));
}

/** A minimum that broadcasts was not counted; a maximum that does was. */
function broadcastMinimum(kernels: readonly CountedKernel[], why: string): CountedKernel[] {
  return kernels
    .filter(({ op, when }) => op === 'MAXIMUM' && when === undefined)
    .map((kernel) => ({ ...kernel, op: 'MINIMUM', grade: 'estimated', source: why }));
}

/** Kernels that nobody counted and that do what counted ones do, of a library whose counts have the source given. */
export function alikeKernels(kernels: readonly CountedKernel[], source: string): CountedKernel[] {
  return [
    ...broadcastMinimum(kernels, `not counted; as MAXIMUM; ${source}`),
    ...movesOfAnyType(kernels, `not counted for this type; as float32; ${source}`),
  ];
}
