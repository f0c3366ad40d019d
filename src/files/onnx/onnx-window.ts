import type { OnnxNode } from '../../models/formats/onnx/read-proto.ts';
import type { Context } from './onnx-context.ts';

/** Reads a window that is given as one number, or as height and width. */
export function sides(context: Context, node: OnnxNode, name: string): readonly [number, number] {
  const [height, width = height] = context.ints(node, name, [1, 1]);
  return [height, width];
}

export interface Window {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
}

/** What is padded before and behind each side. */
export type Pads = readonly [top: number, left: number, bottom: number, right: number];

/** Pads of a node; throws a FormatError for an auto_pad that is not read. */
export function padsOf(context: Context, node: OnnxNode, window: Window, input: readonly number[]): Pads {
  const auto = node.attributes.get('auto_pad')?.s ?? 'NOTSET';
  if (auto === 'VALID') return [0, 0, 0, 0];
  if (auto === 'SAME_UPPER') return samePads(window, input);
  if (auto !== 'NOTSET') context.fail(`auto_pad ${auto} is not read`);
  const [top = 0, left = 0, bottom = top, right = left] = context.ints(node, 'pads', [0, 0, 0, 0]);
  return [top, left, bottom, right];
}

/** What SAME pads, as TensorFlow computes it. */
export function samePads({ kernel, strides, dilations }: Window, [, height, width]: readonly number[]): Pads {
  const [top, bottom] = samePad(height, kernel[0], strides[0], dilations[0]);
  const [left, right] = samePad(width, kernel[1], strides[1], dilations[1]);
  return [top, left, bottom, right];
}

function samePad(side: number, kernel: number, stride: number, dilation: number): readonly [number, number] {
  const reach = (kernel - 1) * dilation + 1;
  const total = Math.max(0, (Math.ceil(side / stride) - 1) * stride + reach - side);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

export const isNone = (pads: Pads): boolean => pads.every((pad) => pad === 0);

/** SAME or VALID where the pads are those, else VALID behind a PAD of zeros. */
export function padded(context: Context, tensor: number, window: Window, pads: Pads, name: string) {
  if (isNone(pads)) return { tensor, padding: 'VALID' };
  if (String(pads) === String(samePads(window, context.net.shapeOf(tensor))))
    return { tensor, padding: 'SAME' };
  return { tensor: padMap(context, tensor, pads, name), padding: 'VALID' };
}

/** A PAD of a map; with a value of its own a PADV2. */
export function padMap(context: Context, tensor: number, pads: Pads, name: string, value?: number): number {
  const { net } = context;
  const [top, left, bottom, right] = pads;
  const amounts = net.constant(`${name}_pads`, [4, 2], [0, 0, top, bottom, left, right, 0, 0], 'int32');
  if (value === undefined) return net.node('PAD', {}, [tensor, amounts], `${name}_padded`);
  const { dtype, quantization } = net.tensors[tensor];
  const filled = net.constant(`${name}_filled`, [1], [value], dtype);
  if (quantization) net.quantize(filled, dtype, quantization);
  return net.node('PADV2', {}, [tensor, amounts, filled], `${name}_padded`);
}
