import type { NccLayer, NccLayerType, NccNetwork } from './ncc-network.ts';
import { ON_CORE } from './network-builder.ts';
import { Rewriter } from './rewriter.ts';

/** Applies itself wherever it matches; true where it has changed something. */
type Transform = (rewriter: Rewriter) => boolean;

/**
 * What ncc 0.1.0-rc5 does behind the lowering of single operators (docs/hardware/k210.md#transforms, 15 to 27), in its
 * order: the order decides which reader of a tensor still counts where a concatenation asks for its only one. Each with
 * the type of a layer without which it matches nowhere.
 */
const TRANSFORMS: readonly (readonly [needs: NccLayerType, apply: Transform])[] = [
  ['K210AddPadding', keepPadded],
  ['Add', quantized('Add', 'QuantizedAdd')],
  ['MaxPool2d', quantized('MaxPool2d', 'QuantizedMaxPool2d')],
  ['ResizeNearestNeighbor', quantized('ResizeNearestNeighbor', 'QuantizedResizeNearestNeighbor')],
  ['Concat', joinInPlace],
  ['ExclusiveConcat', quantizedConcat('ExclusiveConcat', 'QuantizedExclusiveConcat')],
  ['Concat', quantizedConcat('Concat', 'QuantizedConcat')],
  ['Quantize', cancel('Dequantize', 'Quantize')],
  ['Quantize', cancel('Quantize', 'Dequantize')],
  ['Quantize', bypass('Quantize', 'Input')],
  ['K210Upload', bypass('K210Upload', 'Input')],
  ['K210Upload', bypass('K210Upload', 'K210Conv')],
  ['K210AddPadding', uploadByPadding],
  ['Requantize', requantizeByConv],
];
const NEEDED: ReadonlySet<NccLayerType> = new Set(TRANSFORMS.map(([needs]) => needs));

/** The network after all transforms, run in order until none changes anything. */
export function transform(network: NccNetwork): NccNetwork {
  // A network of one convolution, as many of a sweep's, has nothing to change.
  if (!network.layers.some(({ type }) => NEEDED.has(type))) return network;
  const rewriter = new Rewriter(network);
  let isChanged = true;
  while (isChanged) {
    isChanged = false;
    for (const [needs, apply] of TRANSFORMS) if (rewriter.hasHad(needs) && apply(rewriter)) isChanged = true;
  }
  return rewriter.network;
}

function isBehind(rewriter: Rewriter, position: number, type: NccLayerType): boolean {
  return rewriter.layer(position).inputs.every((input) => rewriter.layer(input).type === type);
}

/** What a Dequantize reads. */
const bytesOf = (rewriter: Rewriter, value: number): number => rewriter.layer(value).inputs[0];

function forEach(positions: readonly number[], apply: (position: number) => boolean): boolean {
  let isChanged = false;
  for (const position of positions) if (apply(position)) isChanged = true;
  return isChanged;
}

/** RemovePadding, AddPadding: a Dense behind a Dense reads what that has left in KPU memory. */
function keepPadded(rewriter: Rewriter): boolean {
  return forEach(rewriter.ofType('K210AddPadding'), (position) => {
    const [removing] = rewriter.layer(position).inputs;
    if (rewriter.layer(removing).type !== 'K210RemovePadding') return false;
    if (rewriter.readers(removing).length > 1) return false;
    rewriter.redirect(position, bytesOf(rewriter, removing));
    return true;
  });
}

/** A layer whose inputs are all dequantized computes on the bytes, and a Dequantize follows it. */
function quantized(from: NccLayerType, to: NccLayerType): Transform {
  return (rewriter) =>
    forEach(rewriter.ofType(from), (position) => {
      if (!isBehind(rewriter, position, 'Dequantize')) return false;
      const bytes = rewriter.layer(position).inputs.map((value) => bytesOf(rewriter, value));
      rewriter.change(position, { type: to, placement: ON_CORE.quantized });
      rewriter.setInputs(position, bytes);
      dequantize(rewriter, position);
      return true;
    });
}

function dequantize(rewriter: Rewriter, position: number): void {
  const { shape, node } = rewriter.layer(position);
  const value = rewriter.add({
    type: 'Dequantize',
    inputs: [position],
    shape,
    node,
    placement: ON_CORE.dequantize,
  });
  rewriter.redirect(position, value, value);
}

/** A concatenation that is the only reader of each input, unless it feeds another of the kind. */
function joinInPlace(rewriter: Rewriter): boolean {
  return forEach(fromOutputs(rewriter, 'Concat'), (position) => {
    const { inputs } = rewriter.layer(position);
    const isOnlyReader = inputs.every((input) => rewriter.readers(input).length === 1);
    const feedsAnother = rewriter
      .readers(position)
      .some((reader) => reader >= 0 && rewriter.layer(reader).type === 'ExclusiveConcat');
    if (!isOnlyReader || feedsAnother) return false;
    rewriter.change(position, { type: 'ExclusiveConcat', placement: ON_CORE.joinedInPlace });
    return true;
  });
}

/** Layers of one type, depth first from the outputs, a layer before its inputs. */
function fromOutputs(rewriter: Rewriter, type: NccLayerType): number[] {
  if (rewriter.ofType(type).length === 0) return [];
  const { outputs } = rewriter.network;
  const seen = new Set<number>();
  const pending = [...outputs].reverse();
  while (pending.length > 0) {
    const position = pending.pop()!;
    if (seen.has(position)) continue;
    seen.add(position);
    pending.push(...[...rewriter.layer(position).inputs].reverse());
  }
  return [...seen].filter((position) => rewriter.layer(position).type === type);
}

/**
 * Each input gets a Quantize and a Requantize, and a Dequantize follows. Only a concatenation by address gives its
 * inputs its own range; the tables of the other map a range to itself, which is a defect of rc5.
 */
function quantizedConcat(from: NccLayerType, to: NccLayerType): Transform {
  return (rewriter) =>
    forEach(rewriter.ofType(from), (position) => {
      if (!isBehind(rewriter, position, 'Dequantize')) return false;
      const { inputs, node, tensor } = rewriter.layer(position);
      const isInPlace = to === 'QuantizedExclusiveConcat';
      const placement = isInPlace ? ON_CORE.joinedInPlace : ON_CORE.quantized;
      const range = isInPlace ? { rangeTensor: tensor! } : {};
      const converted = inputs.map((value) => {
        const { shape } = rewriter.layer(value);
        const common = { shape, node };
        const bytes = rewriter.add({
          ...{ type: 'Quantize', inputs: [value], placement: ON_CORE.quantize },
          ...common,
        } as NccLayer);
        return rewriter.add({
          ...{ type: 'Requantize', inputs: [bytes], placement: ON_CORE.requantize, ...range },
          ...common,
        } as NccLayer);
      });
      rewriter.change(position, { type: to, placement });
      rewriter.setInputs(position, converted);
      dequantize(rewriter, position);
      return true;
    });
}

/** Two conversions in a row that undo each other: what reads the second reads what the first reads. */
function cancel(first: NccLayerType, second: NccLayerType): Transform {
  return (rewriter) =>
    forEach(rewriter.ofType(second), (position) => {
      const [input] = rewriter.layer(position).inputs;
      if (rewriter.layer(input).type !== first) return false;
      rewriter.redirect(position, bytesOf(rewriter, input));
      return true;
    });
}

/** A conversion of what is there already: a quantized or uploaded network input, a result in AI SRAM. */
function bypass(type: NccLayerType, source: NccLayerType): Transform {
  return (rewriter) =>
    forEach(rewriter.ofType(type), (position) => {
      const [input] = rewriter.layer(position).inputs;
      if (rewriter.layer(input).type !== source) return false;
      rewriter.redirect(position, input);
      return true;
    });
}

/** AddPadding reads main memory, and needs no upload. */
function uploadByPadding(rewriter: Rewriter): boolean {
  return forEach(rewriter.ofType('K210AddPadding'), (position) => {
    const [input] = rewriter.layer(position).inputs;
    if (rewriter.layer(input).type !== 'K210Upload') return false;
    rewriter.setInputs(position, [bytesOf(rewriter, input)]);
    return true;
  });
}

/** A convolution that only a Requantize reads leaves its bytes in the range that the Requantize would give them. */
function requantizeByConv(rewriter: Rewriter): boolean {
  return forEach(rewriter.ofType('Requantize'), (position) => {
    const { inputs, rangeTensor } = rewriter.layer(position);
    const [conv] = inputs;
    if (rewriter.layer(conv).type !== 'K210Conv' || rewriter.readers(conv).length > 1) return false;
    if (rangeTensor !== undefined) rewriter.change(conv, { rangeTensor });
    rewriter.redirect(position, conv);
    return true;
  });
}
