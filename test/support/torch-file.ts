import { onnxFile, type OnnxConstant, type OnnxFileNode } from './onnx-file.ts';

interface ConvOptions {
  readonly kernel?: number;
  readonly stride?: number;
  readonly group?: number;
  readonly relu?: boolean;
}

/** An ONNX file as PyTorch writes it: nodes are named after their modules, values after their nodes, weights are zeros. */
export class TorchFile {
  readonly nodes: OnnxFileNode[] = [];
  private readonly constants: OnnxConstant[] = [];
  private readonly channels = new Map<string, number>([['x', 3]]);
  private readonly input: readonly number[];

  constructor(...input: number[]) {
    this.input = input;
  }

  add(
    op: string,
    name: string,
    inputs: readonly string[],
    { channels, parts = 1, attributes = {} }: Partial<Shape> = {},
  ): string[] {
    const output = Array.from({ length: parts }, (_, at) => `${name}_output_${at}`);
    this.nodes.push({ op, name, inputs, output, attributes });
    output.forEach((value) => this.channels.set(value, channels ?? this.channels.get(inputs[0]!)!));
    return output;
  }

  /** The convolution of module `path`, padded so that stride 1 keeps the sides; its value, behind a ReLU where one follows. */
  conv(
    path: string,
    input: string,
    channels: number,
    { kernel = 1, stride = 1, group = 1, relu = true }: ConvOptions = {},
  ): string {
    const name = `${path}/Conv`;
    const dims = [channels, this.channels.get(input)! / group, kernel, kernel];
    const weights = { name: `${path}.weight`, dims, values: new Float32Array(dims.reduce((a, b) => a * b)) };
    const bias = { name: `${path}.bias`, dims: [channels], values: new Float32Array(channels) };
    this.constants.push(weights, bias);
    const pad = (kernel - 1) / 2;
    const [value] = this.add('Conv', name, [input, weights.name, bias.name], {
      channels,
      attributes: {
        ...{ group, kernel_shape: [kernel, kernel], strides: [stride, stride], pads: [pad, pad, pad, pad] },
      },
    });
    return relu ? this.add('Relu', `${path}/Relu`, [value!])[0]! : value!;
  }

  /** x sigmoid(x), which PyTorch writes as two operators. */
  silu(path: string, input: string): string {
    const [sigmoid] = this.add('Sigmoid', `${path}/Sigmoid`, [input]);
    return this.add('Mul', `${path}/Mul`, [input, sigmoid!])[0]!;
  }

  list(name: string, ...values: number[]): string {
    this.constants.push({ name, dims: [values.length], values, dataType: 7 });
    return name;
  }

  bytes(outputs: readonly string[]): Uint8Array {
    const { input, nodes, constants } = this;
    return onnxFile({ input, nodes, constants, outputs });
  }
}

interface Shape {
  readonly channels: number;
  readonly parts: number;
  readonly attributes: Readonly<Record<string, number | readonly number[]>>;
}
