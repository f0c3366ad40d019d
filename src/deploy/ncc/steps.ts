import { MissingCostError, SpecError } from '../../errors.ts';
import type { Board, Unit } from '../../boards/board/board.ts';
import { COPY_OUT, FIRMWARE_CHOICE } from '../../boards/settings/maixpy-choices.ts';
import { settingOf } from '../../boards/settings/setting.ts';
import { kpuLoads } from '../../models/formats/kmodel/kpu-layout.ts';
import { opFor } from '../../kernels/registry.ts';
import type { Work } from '../../kernels/definition/op.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { kernelsOf, requireWeightsHome, type DeployOptions } from '../options.ts';
import type { Reason, Step } from '../program.ts';
import {
  elementsOf,
  isWritten,
  outputBytes,
  readersOf,
  type NccLayer,
  type NccNetwork,
} from './ncc-network.ts';
import { CALL_WORK, copyWork, kpuWork, layerWork } from './work.ts';

/** Kernel library of convolutions that kmodel v3 lacks: the loops of nncase 0.2 are as plain as these. */
const FLOAT_CONV_KERNELS = 'tflm-reference';
/** Rows of this many bytes are multiples of a KPU line, which the DMA can copy as they lie. */
const LINE_BYTES = 64;

const REASONS = {
  call: { rule: 'ncc/call', reason: 'work of kpu.forward itself, done by the core on every call' },
  uploadCpu: {
    rule: 'ncc/upload-by-cpu',
    reason: 'rows of the input are no multiple of 64 bytes, so the core copies it into AI SRAM',
  },
  uploadDma: {
    rule: 'ncc/upload-by-dma',
    reason: 'rows of the input are a multiple of 64 bytes, so the DMA copies it into AI SRAM',
  },
  copyOutCpu: {
    rule: 'ncc/copy-out-by-cpu',
    reason:
      'the next layer runs on the core, so the core copies the result out of uncached AI SRAM, byte by byte',
  },
  copyOutDma: {
    rule: 'ncc/copy-out-by-dma',
    reason: 'the next layer runs on the core, so the DMA copies the result out of AI SRAM',
  },
  input: {
    rule: 'ncc/input',
    reason: 'the first layer runs on the core, which copies the input into main memory',
  },
} as const satisfies Record<string, Reason>;

function copierOf(board: Board, { copyOut }: DeployOptions): string | undefined {
  return copyOut ?? COPY_OUT[settingOf(board, FIRMWARE_CHOICE)];
}

/** Makes the steps of one call; owns nothing but what the steps share. */
export class StepMaker {
  readonly #network: NccNetwork;
  readonly #graph: Graph | undefined;
  readonly #board: Board;
  readonly #kernels: string;
  readonly #copiesByDma: boolean;
  readonly #memories: Step['memories'];

  /** `graph` is needed for the float convolutions that it may leave to the core. */
  constructor(network: NccNetwork, graph: Graph | undefined, board: Board, options: DeployOptions) {
    this.#network = network;
    this.#graph = graph;
    this.#board = board;
    requireWeightsHome(board, options);
    this.#kernels = kernelsOf(board, options);
    this.#copiesByDma = copierOf(board, options) === 'dma';
    const { activations, weights } = board.runtime.placement;
    this.#memories = { input: activations, weights: weights, output: activations };
  }

  /** The call, then the layers in the kmodel's order, with the copies that the runtime makes around them. */
  steps(): Step[] {
    const readers = readersOf(this.#network);
    const steps = [this.#step('kpu.forward', 'core', null, CALL_WORK, REASONS.call)];
    const { layers } = this.#network;
    layers.forEach((layer, position) => {
      const isKpu = (reader: number): boolean => layers[reader]?.type === 'K210Conv';
      const readBy = readers[position];
      if (layer.type === 'Input') return steps.push(this.#inputStep(layer, readBy.some(isKpu)));
      if (!isWritten(layer)) return;
      steps.push(this.#layerStep(layer));
      if (layer.type === 'K210Conv' && !readBy.every(isKpu)) steps.push(this.#copyOutStep(layer));
    });
    return steps;
  }

  #layerStep(layer: NccLayer): Step {
    if (layer.type === 'K210Conv') return this.#convStep(layer);
    if (layer.type === 'K210Upload') return this.#uploadStep(layer);
    if (layer.type === 'FloatConv2d') return this.#floatConvStep(layer);
    const inputs = layer.inputs.map((input) => this.#network.layers[input]);
    return this.#step(layer.type, 'core', layer.node, layerWork(layer, inputs), layer.placement);
  }

  #inputStep(layer: NccLayer, goesToKpu: boolean): Step {
    if (goesToKpu) return this.#uploadStep(layer);
    const work = copyWork(outputBytes(layer), layer.shape.w);
    return this.#step('InputCopy', 'core', null, work, REASONS.input);
  }

  #uploadStep(layer: NccLayer): Step {
    const isDma = layer.shape.w % LINE_BYTES === 0;
    const work = copyWork(elementsOf(layer.shape), layer.shape.w);
    const reason = isDma ? REASONS.uploadDma : REASONS.uploadCpu;
    return this.#step('K210Upload', isDma ? 'dma' : 'core', layer.node, work, reason);
  }

  #copyOutStep(layer: NccLayer): Step {
    const work = copyWork(elementsOf(layer.shape), layer.shape.w);
    const reason = this.#copiesByDma ? REASONS.copyOutDma : REASONS.copyOutCpu;
    return this.#step('K210CopyOut', this.#copiesByDma ? 'dma' : 'core', layer.node, work, reason);
  }

  #convStep(layer: NccLayer): Step {
    const work = kpuWork(layer, kpuLoads(layer.kpu!).weightBytes);
    const { node, op, unit, kernels, memories, placement } = this.#step(
      'K210Conv',
      'kpu',
      layer.node,
      work,
      layer.placement,
    );
    return { node, op, unit, dtype: 'uint8', kernels, work, memories, placement, kpu: layer.kpu! };
  }

  #floatConvStep(layer: NccLayer): Step {
    const { nodes, tensors: all } = this.#graph!;
    const node = nodes[layer.node!];
    const tensors = node.inputs.map((tensor) => (tensor < 0 ? undefined : asFloat(all[tensor])));
    const outputs = node.outputs.map((tensor) => asFloat(all[tensor]));
    const work = opFor(node.op)!.work(node.attributes, tensors, outputs);
    const { op, unit, memories, placement } = this.#step(node.op, 'core', layer.node, work, layer.placement);
    const kernels = FLOAT_CONV_KERNELS;
    return { node: layer.node, op, unit, dtype: 'float32', kernels, work, memories, placement };
  }

  #step(op: string, kind: Unit['kind'], node: number | null, work: Work, placement: Reason): Step {
    const unit = this.#unitOf(kind, op, node);
    const memories = this.#memories;
    return { node, op, unit, dtype: 'any', kernels: this.#kernels, work, memories, placement };
  }

  #unitOf(kind: Unit['kind'], op: string, node: number | null): string {
    for (const unit of this.#board.units) if (unit.kind === kind) return unit.id;
    if (kind !== 'dma')
      throw new SpecError(`board "${this.#board.id}": toolchain ncc needs a unit of kind "${kind}"`);
    throw new MissingCostError(op, node ?? -1, kind, this.#board.id, 'the board has no unit of kind "dma"');
  }
}

function asFloat<T extends { readonly dtype: string }>(tensor: T): T & { readonly dtype: 'float32' } {
  if (tensor.dtype === 'float32') return tensor as T & { readonly dtype: 'float32' };
  return { ...tensor, dtype: 'float32' };
}
