import { FormatError, SpecError } from '../../errors.ts';
import { weightBitsOf, type KmodelFile, type KmodelOutput } from '../../models/formats/kmodel/file.ts';
import { KPU_LINE_BYTES, KPU_LINES } from '../../models/formats/kmodel/kpu-layout.ts';
import {
  KPU_ADD_PADDING,
  KPU_CONV,
  KPU_UPLOAD,
  type KmodelLayer,
} from '../../models/formats/kmodel/layers.ts';
import { prepareLayer } from './kmodel-layers/index.ts';
import { convMaps } from './kmodel-layers/conv-layers.ts';
import type { KmodelKernels } from './kmodel-layers/kernels.ts';
import { LayerMemory, type RunLayer } from './kmodel-layers/memory.ts';
import type { TieMode } from './kpu-conv2d/index.ts';
import { storeMaps } from './kpu-conv2d/kpu-memory-layout.ts';

/** Main memory that a device with 6 MiB of SRAM cannot have. */
const MAX_MAIN_BYTES = 6 * 2 ** 20;

/** How a kmodel is run. */
export interface RunKmodelOptions {
  /** Rounding of ties in KPU layers, `half-away` where absent. */
  readonly ties?: TieMode;
  /** Whose core layers it runs, `maixpy` where absent. */
  readonly kernels?: KmodelKernels;
  /** What errors call the model. */
  readonly name?: string;
}

/** What the first layer takes: an image as planar bytes [c][y][x], or float32 values. */
export interface KmodelInput {
  readonly dtype: 'uint8' | 'float32';
  readonly count: number;
}

/** A kmodel that is ready to run, with its main and KPU memory, which keep what a run left there. */
export interface KmodelRunner {
  readonly input: KmodelInput;
  /** Runs once; the outputs are copies, in the file's order. Throws a SpecError for an input of the wrong type or count. */
  run(input: Uint8Array | Float32Array): Float32Array[];
  /** Called behind each layer of a run, with its index. */
  onLayer: ((layer: number) => void) | undefined;
  readonly main: Uint8Array;
  readonly kpu: Uint8Array;
}

/**
 * Prepares a kmodel v3: every address is checked once, so that running it only computes. Runs models also that the
 * runtime would not start because of their first layer (Dense, Quantize, upload, padding).
 * Throws a FormatError of one line that names the layer.
 */
export function createKmodelRunner(file: KmodelFile, options: RunKmodelOptions = {}): KmodelRunner {
  const { ties = 'half-away', kernels = 'maixpy', name = 'kmodel' } = options;
  if (file.main_mem_usage > MAX_MAIN_BYTES) {
    throw new FormatError(
      `${name}: wants ${file.main_mem_usage} bytes of main memory, no device has over ${MAX_MAIN_BYTES}`,
    );
  }
  const main = new Uint8Array(Math.ceil(file.main_mem_usage / 8) * 8);
  const kpu = new Uint8Array(KPU_LINES * KPU_LINE_BYTES);
  const memoryOf = (where: string): LayerMemory => new LayerMemory(main, kpu, `${name}: ${where}`);
  const layers = file.layers.map((layer, index) =>
    prepareLayer(layer, memoryOf(`layer ${index} (${layer.type})`), {
      weightBits: weightBitsOf(file),
      ties,
      kernels,
    }),
  );
  const outputs = file.outputs.map((output, index) => outputView(output, memoryOf(`output ${index}`)));
  const input = prepareInput(file.layers[0], memoryOf(`layer 0 (${file.layers[0].type})`));
  return new Runner({ input, layers, outputs, main, kpu, name });
}

function outputView({ address, bytes }: KmodelOutput, memory: LayerMemory): Float32Array {
  if (bytes % 4 !== 0) memory.fail(`${bytes} bytes are no whole float32 values`);
  return memory.floats(address, bytes / 4);
}

interface PreparedInput extends KmodelInput {
  write(input: Uint8Array | Float32Array): void;
}

interface RunnerParts {
  readonly input: PreparedInput;
  readonly layers: readonly RunLayer[];
  readonly outputs: readonly Float32Array[];
  readonly main: Uint8Array;
  readonly kpu: Uint8Array;
  readonly name: string;
}

class Runner implements KmodelRunner {
  readonly main: Uint8Array;
  readonly kpu: Uint8Array;
  onLayer: ((layer: number) => void) | undefined;
  readonly #parts: RunnerParts;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.main = parts.main;
    this.kpu = parts.kpu;
  }

  get input(): KmodelInput {
    const { dtype, count } = this.#parts.input;
    return { dtype, count };
  }

  run(input: Uint8Array | Float32Array): Float32Array[] {
    const { input: prepared, layers, outputs, name } = this.#parts;
    const isRightType =
      prepared.dtype === 'uint8' ? input instanceof Uint8Array : input instanceof Float32Array;
    if (!isRightType || input.length !== prepared.count) {
      throw new SpecError(
        `${name}: takes ${prepared.count} values of ${prepared.dtype}, got ${input.length} in a ${input.constructor.name}`,
      );
    }
    prepared.write(input);
    for (let index = 0; index < layers.length; index++) {
      layers[index]();
      this.onLayer?.(index);
    }
    return outputs.map((output) => output.slice());
  }
}

function prepareInput(first: KmodelLayer, memory: LayerMemory): PreparedInput {
  switch (first.type) {
    case KPU_CONV: {
      const { input } = convMaps(first);
      const count = input.channels * input.height * input.width;
      return {
        dtype: 'uint8',
        count,
        write: (bytes) => storeMaps(memory.kpu, input.line, input, bytes as Uint8Array),
      };
    }
    case KPU_UPLOAD:
      return bytesInput(memory, first.main_mem_in_address, first.width * first.height * first.channels);
    case KPU_ADD_PADDING:
      return bytesInput(memory, first.main_mem_in_address, first.channels);
    case 'FullyConnected':
      return floatsInput(memory, first.main_mem_in_address, first.in_channels);
    case 'Quantize':
      return floatsInput(memory, first.main_mem_in_address, first.count);
    default:
      return memory.fail('no runtime starts a model with this layer; put a convolution first');
  }
}

function bytesInput(memory: LayerMemory, address: number, count: number): PreparedInput {
  const view = memory.bytes(address, count);
  return { dtype: 'uint8', count, write: (bytes) => view.set(bytes) };
}

function floatsInput(memory: LayerMemory, address: number, count: number): PreparedInput {
  const view = memory.floats(address, count);
  return { dtype: 'float32', count, write: (values) => view.set(values) };
}
