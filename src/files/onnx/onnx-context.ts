import { FormatError } from '../../errors.ts';
import type { OnnxNode, OnnxTensor } from '../../models/formats/onnx/read-proto.ts';
import { quote } from '../../models/graph/quote.ts';
import { dtypeOf, Growing, MAP_AXES, type Placed } from './onnx-values.ts';

/** A constant with how it is quantized, where a DequantizeLinear stands before it. */
export interface Constant {
  readonly tensor: OnnxTensor;
  readonly quantization?: {
    readonly scales: readonly number[];
    readonly zeroPoints: readonly number[];
    readonly axis: number;
  };
}

/** The numbers of a constant; undefined where they are not known. */
export const valuesOf = ({ isOpen, values }: OnnxTensor): readonly number[] | undefined =>
  isOpen ? undefined : values;

/** What the conversion of one operator sees: the network so far, and the constants of the file. */
export class Context {
  readonly net = new Growing();
  readonly constants = new Map<string, Constant>();
  readonly uses = new Map<string, number>();
  /** Version of ONNX's operators that the file is written with. */
  readonly opset: number;
  where = '';

  constructor(opset: number) {
    this.opset = opset;
  }

  fail(text: string): never {
    throw new FormatError(`${this.where}: ${text}`);
  }

  constantOf(name: string | undefined): Constant | undefined {
    return name === undefined ? undefined : this.constants.get(name);
  }

  requireConstant(name: string | undefined, what: string): Constant {
    return this.constantOf(name) ?? this.fail(`its ${what} must be constant`);
  }

  /** Where a value lies; a constant is put into the network, maps in its own order of axes. */
  place(name: string | undefined): Placed {
    const known = name === undefined ? undefined : this.net.placed.get(name);
    if (known) return known;
    const constant = this.constantOf(name);
    if (!constant || name === undefined) return this.fail(`reads ${quote(name ?? '')}, which nothing makes`);
    const { dims, dataType } = constant.tensor;
    const values = valuesOf(constant.tensor);
    const axes = dims.map((_, axis) => axis);
    const tensor = this.net.constant(name, dims, values, dtypeOf(dataType, quote(name)));
    return this.set(name, { tensor, axes });
  }

  set(name: string, placed: Placed): Placed {
    this.net.placed.set(name, placed);
    return placed;
  }

  /** A map as [batch, height, width, channels], transposed where it lies otherwise. */
  map(name: string | undefined): Placed {
    const placed = this.place(name);
    if (placed.axes.length === 5)
      this.fail('works on volumes of five axes: TensorFlow Lite Micro has no such operator');
    if (placed.axes.length !== 4) this.fail(`needs a map of four axes, got ${placed.axes.length}`);
    return this.lying(placed, MAP_AXES, `${name}_nhwc`);
  }

  /** A value with its axes in this order, transposed where it lies otherwise. */
  lying(placed: Placed, axes: readonly number[], name: string): Placed {
    if (String(placed.axes) === String(axes)) return placed;
    const order = axes.map((axis) => placed.axes.indexOf(axis));
    const perm = this.net.constant(`${name}_perm`, [axes.length], order, 'int32');
    return { tensor: this.net.node('TRANSPOSE', {}, [placed.tensor, perm], name), axes };
  }

  reshape(tensor: number, shape: readonly number[], name: string): number {
    const newShape = this.net.constant(`${name}_shape`, [shape.length], shape, 'int32');
    return this.net.node('RESHAPE', { newShape: shape }, [tensor, newShape], name);
  }

  /** Attribute of a node that is a list of numbers. */
  ints(node: OnnxNode, name: string, otherwise: readonly number[]): readonly number[] {
    const found = node.attributes.get(name)?.ints;
    return found && found.length > 0 ? found : otherwise;
  }

  int(node: OnnxNode, name: string, otherwise: number): number {
    return node.attributes.get(name)?.i ?? otherwise;
  }

  float(node: OnnxNode, name: string, otherwise: number): number {
    return node.attributes.get(name)?.f ?? otherwise;
  }
}

/** Takes one operator into the network. */
export type Converter = (node: OnnxNode, context: Context) => void;
