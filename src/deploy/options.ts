import type { Board, Memory } from '../boards/board/board.ts';
import { SpecError } from '../errors.ts';

/** What a user may choose about the deployment; everything absent is the board's default. */
export interface DeployOptions {
  /** Kernel library, one of the board's `runtime.kernels`. */
  readonly kernels?: string;
  /** Memory id for the model file, where the firmware offers a choice. */
  readonly weightsIn?: string;
  /** ncc's --float-fc: every Dense stays on the CPU. */
  readonly floatFc?: boolean;
  /** Who copies a KPU result to main memory, where the firmware offers a choice; as the board's firmware does unless given. */
  readonly copyOut?: 'cpu' | 'dma';
  /** Largest Dense that ncc moves to the KPU; its own limit unless given. */
  readonly maxDense?: number;
}

/** The library without its flag: "tflm-reference" of "tflm-reference-Os"; as such it is -O2. */
export const withoutFlag = (kernels: string): string => kernels.replace(/-O(s|3|fast)$/, '');

/** The library with another flag: "tflm-reference-Os" of "tflm-reference". */
function withFlag(kernels: string, flag: string): string {
  const plain = withoutFlag(kernels);
  return flag === '-O2' ? plain : plain + flag;
}

/** The options with what the board's settings say where they say nothing: one vocabulary behind both. */
export function chosenOptions({ runtime }: Board, options: DeployOptions): DeployOptions {
  const { settings } = runtime;
  if (settings === undefined) return options;
  const said = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== 'as-built'));
  const { flag, weights, 'kpu.copyOut': copyOut, 'ncc.denseInputs': maxDense } = said;
  const kernels = options.kernels ?? said.kernels;
  const named = flag === undefined ? kernels : withFlag(kernels ?? runtime.kernels[0], flag);
  return {
    ...options,
    ...(named !== undefined && { kernels: named }),
    ...(options.weightsIn === undefined && weights !== undefined && { weightsIn: weights }),
    ...((copyOut === 'cpu' || copyOut === 'dma') && { copyOut: options.copyOut ?? copyOut }),
    ...(maxDense !== undefined && { maxDense: Number(maxDense) }),
    ...(said['ncc.floatFc'] === 'yes' && { floatFc: true }),
  };
}

/** The kernel library that was asked for, or the board's default. Throws a SpecError that lists what there is. */
export function kernelsOf(board: Board, { kernels }: DeployOptions): string {
  const known = board.runtime.kernels;
  if (kernels === undefined) return known[0];
  if (known.includes(kernels)) return kernels;
  throw new SpecError(
    `board "${board.id}" has no kernel library "${kernels}"; choose from ${known.join(', ')}`,
  );
}

/** Throws a SpecError that lists what there is. */
export function memoryOf(board: Board, id: string): Memory {
  const memory = board.memories.find((candidate) => candidate.id === id);
  if (memory) return memory;
  const known = board.memories.map((candidate) => candidate.id).join(', ');
  throw new SpecError(`board "${board.id}" has no memory "${id}"; choose from ${known}`);
}

/** For a runtime that keeps weights in one memory. Throws a SpecError where they are asked to be elsewhere. */
export function requireWeightsHome(board: Board, { weightsIn }: DeployOptions): void {
  const home = board.runtime.placement.weights;
  if (weightsIn === undefined || memoryOf(board, weightsIn).id === home) return;
  throw new SpecError(
    `board "${board.id}": its runtime keeps the weights in ${home}, they cannot be in ${weightsIn}`,
  );
}
