import { SpecError } from '../../errors.ts';
import type { Activation } from '../graph/attributes.ts';
import { biasType, int32Constant, unknownConstant } from '../graph/constant-tensors.ts';
import { estimateFileBytes } from '../graph/file-estimate.ts';
import { elementCount, type DType, type Graph, type GraphNode, type Tensor } from '../graph/graph.ts';
import { quote, showValue } from '../graph/quote.ts';

const MAX_NAMES_SHOWN = 12;
const MAX_ELEMENTS = Number.MAX_SAFE_INTEGER / 8;

/** A network while it is written layer by layer; `current` is the tensor that the next layer reads. */
export class NetBuilder {
  readonly dtype: DType;
  readonly #tensors: Tensor[] = [];
  readonly #nodes: GraphNode[] = [];
  readonly #named = new Map<string, number>();
  readonly #namedTensors = new Set<number>();
  current = 0;
  /** Position of the layer under construction, from 1, and its operator where that is read; 0 while it is the input. */
  layer = 0;
  op: string | undefined;
  /** Name that the tensors of the layer get. */
  label = 'input';

  constructor(inputShape: readonly number[], dtype: DType) {
    this.dtype = dtype;
    this.activationTensor(inputShape);
    this.name('input');
  }

  /** Layer under construction, in words: "layer 3 (dense)". Errors ask, and sweeps build millions of layers without one. */
  get where(): string {
    if (this.layer === 0) return 'input';
    return this.op === undefined ? `layer ${this.layer}` : `layer ${this.layer} (${this.op})`;
  }

  shape(tensor = this.current): readonly number[] {
    return this.#tensors[tensor].shape;
  }

  /** Current shape if it has `rank` dimensions; a SpecError with the advice if not. */
  shapeOfRank(rank: number, advice: string): readonly number[] {
    const shape = this.shape();
    if (shape.length === rank) return shape;
    this.fail(`its input is [${shape.join(',')}]; ${advice}`);
  }

  activationTensor(shape: readonly number[]): number {
    return this.#push({ name: this.label, shape, dtype: this.dtype });
  }

  weights(shape: readonly number[], part = 'weights'): number {
    return this.#push(unknownConstant(`${this.label}/${part}`, shape, this.dtype));
  }

  bias(channels: number): number {
    return this.#push(unknownConstant(`${this.label}/bias`, [channels], biasType(this.dtype)));
  }

  int32s(values: readonly number[], part: string): number {
    return this.#push(int32Constant(`${this.label}/${part}`, values));
  }

  /** Adds a node that writes a new tensor of `shape`, which becomes the current one. */
  node(op: string, attributes: object, inputs: readonly number[], shape: readonly number[]): void {
    this.current = this.activationTensor(shape);
    this.#nodes.push({ op, attributes, inputs, outputs: [this.current] });
  }

  /** Node that wrote the current tensor, if nothing else can refer to that tensor. */
  lastNode(): GraphNode | undefined {
    const node = this.#nodes.at(-1);
    return node?.outputs[0] === this.current && !this.#namedTensors.has(this.current) ? node : undefined;
  }

  /** Puts an activation into the last node, as converters do; false where it cannot take one. */
  fuseActivation(activation: Activation): boolean {
    const node = this.lastNode();
    if (!node || (node.attributes as { activation?: Activation }).activation !== 'NONE') return false;
    this.#nodes[this.#nodes.length - 1] = { ...node, attributes: { ...node.attributes, activation } };
    return true;
  }

  /** Gives the current tensor a name that later layers may refer to. */
  name(name: string): void {
    if (this.#named.has(name)) this.fail(`the name ${quote(name)} is taken`);
    this.#named.set(name, this.current);
    this.#namedTensors.add(this.current);
  }

  /** Tensor that an earlier layer named; a SpecError with the names that there are. */
  find(name: unknown): number {
    const tensor = this.#named.get(name as string);
    if (tensor !== undefined) return tensor;
    const known = [...this.#named.keys()].slice(0, MAX_NAMES_SHOWN).map(quote);
    this.fail(`no earlier layer is named ${showValue(name)}; there are ${known.join(', ')}`);
  }

  /** Refuses a layer whose multiplications pass 2^53. */
  checkMacs(macs: number): void {
    if (macs > Number.MAX_SAFE_INTEGER) this.fail('its operations pass 2^53 and cannot be counted');
  }

  fail(what: string): never {
    throw new SpecError(`${this.where}: ${what}`);
  }

  graph(name: string): Graph {
    const fileBytes = estimateFileBytes(this.#tensors, this.#nodes.length);
    return {
      name,
      format: 'builder',
      tensors: this.#tensors,
      nodes: this.#nodes,
      inputs: [0],
      outputs: [this.current],
      fileBytes,
    };
  }

  #push(tensor: Tensor): number {
    if (elementCount(tensor.shape) > MAX_ELEMENTS) {
      this.fail(`its tensor [${tensor.shape.join(',')}] passes 2^53 bytes and cannot be counted`);
    }
    return this.#tensors.push(tensor) - 1;
  }
}
