import { KPU_LINE_BYTES } from '../../models/formats/kmodel/kpu-layout.ts';
import { traceKmodel } from '../../deploy/ncc/kmodel-network.ts';
import type { MapShape } from '../../deploy/ncc/ncc-network.ts';
import { planNccTimeline } from '../../deploy/ncc/ncc-timeline.ts';
import { InferscopeError } from '../../errors.ts';
import { createKmodelRunner, type KmodelRunner } from '../../kernels/kpu/run-kmodel.ts';
import { kmodelKind } from '../../models/formats/kmodel/identify.ts';
import { loadKmodel } from '../../files/kmodel.ts';
import type { KmodelV3Model } from '../../models/formats/kmodel/kmodel-model.ts';
import { GuestError } from '../guest-error.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import { LoadedInference } from '../hardware/loaded-inference.ts';

/** A loaded kmodel: what it computes and how long that takes. */
export interface KpuTask {
  readonly model: KmodelV3Model;
  readonly shape: MapShape;
  readonly runner: KmodelRunner;
  readonly inference: LoadedInference;
  /** Bytes of the system heap: the file and its main memory. */
  readonly heapBytes: number;
  outputs: readonly Float32Array[];
}

/** Error codes of MaixPy's loader, whose texts scripts print. */
const LOAD_ERRORS = {
  version: '2002, ERR_KMODEL_VERSION: only support kmodel V3/V4 now',
  noMemory: '2006, ERR_NO_MEM: memory not enough',
  full: '2009, ERR_MODELS_FULL: we only support load 5 models in the same time',
} as const;
const MOST_TASKS = 5;

function loadError(kind: keyof typeof LOAD_ERRORS): GuestError {
  return new GuestError('ValueError', `[MAIXPY]kpu: load error:${LOAD_ERRORS[kind]}`);
}

/** Models in the board's memory, by handles from 1 on. */
export class KpuTasks {
  readonly #hardware: VirtualHardware;
  readonly #tasks = new Map<number, KpuTask>();
  #lastHandle = 0;

  constructor(hardware: VirtualHardware) {
    this.#hardware = hardware;
  }

  /** Bytes of the system heap that no model takes. */
  get freeBytes(): number {
    const { board } = this.#hardware;
    const heap = board.memories.find(({ id }) => id === board.runtime.placement.activations)!;
    const used = [...this.#tasks.values()].reduce((sum, { heapBytes }) => sum + heapBytes, 0);
    return heap.availableBytes.value - used;
  }

  /** Throws the GuestErrors of MaixPy's loader; NotImplementedError for a kmodel v4, whose weights are not read. */
  load(bytes: Uint8Array, name: string): number {
    const model = readModel(bytes, name);
    const heapBytes = model.fileBytes + model.file.main_mem_usage;
    if (this.#tasks.size === MOST_TASKS) throw loadError('full');
    if (heapBytes > this.freeBytes) throw loadError('noMemory');
    const { board } = this.#hardware;
    const lines = {
      ...{ memory: board.runtime.placement.maps, lineBytes: KPU_LINE_BYTES },
      timeline: planNccTimeline(model, board, {}),
    };
    let inference: LoadedInference | undefined;
    const task: KpuTask = {
      ...{ model, heapBytes, outputs: [] },
      shape: traceKmodel(model).layers[0].shape,
      runner: createKmodelRunner(model.file, { name }),
      // Timed when it first runs: the firmware loads what it does not run.
      get inference() {
        return (inference ??= new LoadedInference(model, board, { lines }));
      },
    };
    this.#tasks.set(++this.#lastHandle, task);
    return this.#lastHandle;
  }

  get(handle: number): KpuTask {
    const task = this.#tasks.get(handle);
    if (task) return task;
    throw new GuestError('ValueError', '[MAIXPY]kpu: this task was freed with kpu.deinit');
  }

  free(handle: number): void {
    this.#tasks.delete(handle);
  }
}

function readModel(bytes: Uint8Array, name: string): KmodelV3Model {
  try {
    const model = loadKmodel(bytes.subarray(0, kmodelBytes(bytes)), name);
    if (model.version === 3) return model;
  } catch (error) {
    if (error instanceof InferscopeError) throw loadError('version');
    throw error;
  }
  throw new GuestError('NotImplementedError', `${name}: running a kmodel of version 4 is not modelled`);
}

const HEADER_BYTES = 28;
const ENTRY_BYTES = 8;

/** Length of a kmodel v3, which says it by its layers; in a flash other bytes may follow. All of any other file. */
function kmodelBytes(bytes: Uint8Array): number {
  if (kmodelKind(bytes) !== 3 || bytes.length < HEADER_BYTES) return bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const layers = view.getUint32(12, true);
  const layersAt = HEADER_BYTES + view.getUint32(24, true) * ENTRY_BYTES;
  let total = layersAt + layers * ENTRY_BYTES;
  for (let at = layersAt; at < layersAt + layers * ENTRY_BYTES; at += ENTRY_BYTES) {
    if (at + ENTRY_BYTES > bytes.length) return bytes.length;
    total += view.getUint32(at + 4, true);
  }
  return Math.min(total, bytes.length);
}
