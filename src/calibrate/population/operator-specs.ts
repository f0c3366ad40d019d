import type { MeasuredRow } from './measured-rows.ts';
import type { NetworkShape } from './network-specs.ts';

const numbersIn = (text: string): number[] => (text.match(/\d+/g) ?? []).map(Number);

/** `5x5 stride=2x2 valid`, as the columns of a row say it; nothing where they do not. */
function windowOf({ kernel, stride, pad }: MeasuredRow): string | undefined {
  if (!/^\d+x\d+$/.test(kernel)) return undefined;
  const padding = pad === 'valid' || pad === '0,0' ? 'valid' : 'same';
  return `${kernel} stride=${stride === '' ? '1x1' : stride} ${padding}`;
}

type LayerOf = (row: MeasuredRow, input: readonly number[], output: readonly number[]) => string | undefined;

const last = (shape: readonly number[]): number => shape[shape.length - 1];

const withWindow =
  (layer: (input: readonly number[], output: readonly number[]) => string): LayerOf =>
  (row, input, output) => {
    const window = windowOf(row);
    return window && input.length === 3 && output.length === 3
      ? `${layer(input, output)} ${window}`
      : undefined;
  };

/** Layers by the operator's name in a row. */
const LAYERS: Readonly<Record<string, LayerOf>> = {
  conv2d: withWindow((_, output) => `conv ${last(output)}`),
  depthwise_conv2d: withWindow((input, output) => {
    const multiplier = last(output) / last(input);
    return `depthwise multiplier=${multiplier}`;
  }),
  maxpool: withWindow(() => 'maxpool'),
  avgpool: withWindow(() => 'avgpool'),
  dense: (_, input, output) => (input.length === 1 && output.length === 1 ? `dense ${output[0]}` : undefined),
  add: () => 'add input',
  softmax: () => 'softmax',
  hard_swish: () => 'hardswish',
};

/** A row's operator as a network of one layer; undefined for one that is not built here. */
export function operatorNetwork(row: MeasuredRow): NetworkShape | undefined {
  const input = numbersIn(row.in_shape);
  const layer = LAYERS[row.op]?.(row, input, numbersIn(row.out_shape));
  return layer === undefined || input.length === 0 ? undefined : { input, layers: [layer] };
}
