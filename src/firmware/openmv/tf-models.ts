import type { Board } from '../../boards/board/board.ts';
import { InferscopeError, MissingCostError } from '../../errors.ts';
import { createExecutor, type Executor } from '../../kernels/execute/executor.ts';
import { deploy } from '../../deploy/index.ts';
import { firstInput, firstOutput } from '../../models/graph/ends.ts';
import type { Graph, Tensor } from '../../models/graph/graph.ts';
import { readTflite } from '../../files/tflite.ts';
import { fitMemory } from '../../simulate/memory-fit.ts';
import { coreHzOf, cyclesAt, unclockedSchedule } from '../../simulate/schedule.ts';
import { GuestError } from '../guest-error.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import { LoadedInference } from '../hardware/loaded-inference.ts';

/** A loaded network: what it computes and how long that takes. */
export interface TfModel {
  readonly graph: Graph;
  readonly input: Tensor;
  readonly output: Tensor;
  readonly executor: Executor;
  readonly inference: LoadedInference;
  readonly isInFrameBuffer: boolean;
}

/** Folders that a path without a leading "/" may mean. */
const HOMES = ['', '/', '/flash/', '/sd/'];
/** Networks that lie in the firmwares' own flash. */
const BUILT_IN = new Set(['person_detection', 'person_detect', 'fomo_face_detection', 'force_int_quant']);
const ENOENT = 2;
/** `tf.load` builds an interpreter to read the model's parameters, and drops it (libtf_get_parameters). */
const STEPS_OF_LOADING: ReadonlySet<string> = new Set(['resolver', 'allocate']);

/** The networks that a script has loaded, by handles from 1 on. */
export class TfModels {
  readonly #hardware: VirtualHardware;
  readonly #models = new Map<number, TfModel>();
  #lastHandle = 0;

  constructor(hardware: VirtualHardware) {
    this.#hardware = hardware;
  }

  /**
   * Reads a .tflite out of the guest's files. Throws the GuestErrors of the firmware (OSError without a file or for one
   * that does not load, MemoryError) and NotImplementedError for what is not modelled.
   */
  load(path: string, isInFrameBuffer: boolean): number {
    const bytes = this.#fileOf(path);
    const isBuiltIn = BUILT_IN.has(path);
    if (!isBuiltIn) this.#hardware.spend('file.byte', bytes.length);
    if (!isBuiltIn && !isInFrameBuffer) this.#requireHeap(bytes.length);
    const model = this.#prepare(bytes, path, isInFrameBuffer && !isBuiltIn);
    this.#models.set(++this.#lastHandle, model);
    return this.#lastHandle;
  }

  get(handle: number): TfModel {
    const model = this.#models.get(handle);
    if (model) return model;
    throw new GuestError('OSError', 'this network was freed with tf.free_from_fb()');
  }

  free(handle: number): void {
    this.#models.delete(handle);
  }

  freeFromFrameBuffer(): void {
    for (const [handle, { isInFrameBuffer }] of this.#models) if (isInFrameBuffer) this.free(handle);
  }

  #fileOf(path: string): Uint8Array {
    const found = HOMES.map((home) => this.#hardware.readFile(home + path)).find((bytes) => bytes);
    if (found) return found;
    if (BUILT_IN.has(path)) {
      throw new GuestError(
        'NotImplementedError',
        `tf.load('${path}'): the firmware's own network is not modelled; give one with --file ${path}=FILE`,
      );
    }
    throw new GuestError('OSError', path, ENOENT);
  }

  // Networks that a script let go of are not counted: the board's collector frees them when the heap is full.
  #requireHeap(bytes: number): void {
    const { script, images } = this.#hardware;
    if (bytes + (images?.usedBytes ?? 0) <= script.heapBytes.value) return;
    throw new GuestError('MemoryError', `memory allocation failed, allocating ${bytes} bytes`);
  }

  #prepare(bytes: Uint8Array, path: string, isInFrameBuffer: boolean): TfModel {
    const board = withWeights(this.#hardware.board, BUILT_IN.has(path), isInFrameBuffer);
    const graph = guarded('OSError', () => readTflite(bytes, path));
    const inference = guarded('OSError', () => new LoadedInference(graph, board));
    const { parts, fits } = fitMemory(inference.program.memory, board);
    if (!fits) {
      const part = parts.find((candidate) => !candidate.fits)!;
      throw new GuestError(
        'MemoryError',
        `${path}: ${part.name} needs ${part.bytes} bytes of ${part.memory}, which has ${part.availableBytes}`,
      );
    }
    this.#hardware.charge('tf.load', loadingCycles(graph, board));
    const executor = guarded('NotImplementedError', () => createExecutor(graph));
    const [input, output] = guarded('OSError', () => [firstInput(graph), firstOutput(graph)]);
    return { graph, input, output, executor, inference, isInFrameBuffer };
  }
}

/** The board as it reads weights: of the firmware's own networks in flash, with `load_to_fb=True` where the frame buffer lies. */
function withWeights(board: Board, isBuiltIn: boolean, isInFrameBuffer: boolean): Board {
  const { placement } = board.runtime;
  const standard = isInFrameBuffer ? (placement.weightsOverflow ?? placement.weights) : placement.weights;
  const weights = isBuiltIn ? 'flash' : standard;
  return { ...board, runtime: { ...board.runtime, placement: { ...placement, weights } } };
}

/** A firmware that keeps its interpreter makes it here, as the other does at each call. */
function loadingCycles(graph: Graph, board: Board): number {
  const program = deploy(graph, { ...board, runtime: { ...board.runtime, settings: {} } });
  return unclockedSchedule(program, board).reduce(
    (sum, step) =>
      sum +
      (step.kind === 'span' && STEPS_OF_LOADING.has(step.step.op) ? cyclesAt(step, coreHzOf(board)) : 0),
    0,
  );
}

/** Errors of ours as the guest's: what the firmware would raise as `kind`, what we cannot price as not implemented. */
function guarded<Result>(kind: 'OSError' | 'NotImplementedError', action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (error instanceof MissingCostError) throw new GuestError('NotImplementedError', error.message);
    if (error instanceof InferscopeError) throw new GuestError(kind, error.message);
    throw error;
  }
}
