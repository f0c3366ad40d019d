import { readInts } from '../../kernels/definition/operands.ts';
import type {
  Conv2dAttributes,
  ElementwiseAttributes,
  Pool2dAttributes,
} from '../../models/graph/attributes.ts';
import { converterDefects } from './converter-defects.ts';
import { mapShape, type LoweringContext } from './context.ts';
import { FURTHER_LAYERS } from './further-layers.ts';
import type { FurtherOperators } from './further-operators.ts';
import { elementsOf, type NccLayerType } from './ncc-network.ts';

const ON_CPU =
  'only convolutions and Dense layers run on the KPU; kmodel v3 has this layer for the CPU, in float32';

function addCpuLayer(context: LoweringContext, index: number, type: NccLayerType, taps?: number): void {
  const node = context.graph.nodes[index];
  const operands = node.inputs.flatMap((tensor, which) =>
    context.tensor(tensor)?.isConstant ? [] : [which],
  );
  const position = context.builder.add({
    type,
    inputs: operands.map((which) => context.value(index, which)),
    shape: mapShape(context.output(node).shape),
    node: index,
    placement: { rule: 'ncc/cpu-layer', reason: ON_CPU },
    ...(taps === undefined ? {} : { taps }),
  });
  context.setValue(index, position);
}

/** One layer of kmodel v3 with the same meaning. */
function lowerTo(type: NccLayerType): (context: LoweringContext, index: number) => void {
  return (context, index) => addCpuLayer(context, index, type);
}

/** A pool that no convolution could take over; one over the whole map is a mean. */
function lowerPool(context: LoweringContext, index: number): void {
  const { op, attributes } = context.graph.nodes[index];
  const { filterH, filterW } = attributes as Pool2dAttributes;
  const input = context.builder.shapeOf(context.value(index));
  const taps = filterH * filterW;
  if (op === 'MAX_POOL_2D') return addCpuLayer(context, index, 'MaxPool2d', taps);
  const isWhole = filterH === input.h && filterW === input.w;
  addCpuLayer(context, index, isWhole ? 'GlobalAveragePool2d' : 'AveragePool2d', taps);
}

function lowerMean(context: LoweringContext, index: number): void {
  const node = context.graph.nodes[index];
  const input = context.builder.shapeOf(context.value(index));
  const output = mapShape(context.output(node).shape);
  if (elementsOf(output) !== input.c) context.refuse(index, 'kmodel v3 averages over height and width only');
  addCpuLayer(context, index, 'GlobalAveragePool2d', input.h * input.w);
}

/** The shape of the first is that of the sum, whatever the second has; the activation is lost, as ncc 0.1 loses it. */
function lowerAdd(context: LoweringContext, index: number): void {
  const [a, b] = [0, 1].map((which) => context.builder.shapeOf(context.value(index, which)));
  if (elementsOf(a) < elementsOf(b)) {
    context.refuse(index, 'kmodel v3 adds as many elements as its first input has, and the second has more');
  }
  if (elementsOf(a) > elementsOf(b)) {
    context.warn(
      index,
      'ncc 0.1 takes the broadcast for a sum of equal shapes and reads past its second input',
    );
  }
  warnOfActivation(context, index);
  addCpuLayer(context, index, 'Add');
}

function warnOfActivation(context: LoweringContext, index: number): void {
  const { activation } = context.graph.nodes[index].attributes as ElementwiseAttributes;
  if (activation === 'NONE') return;
  context.warn(index, `ncc 0.1 loses its ${activation}; put a convolution with ${activation} behind it`);
}

function lowerConcat(context: LoweringContext, index: number): void {
  const node = context.graph.nodes[index];
  const rank = context.output(node).shape.length;
  const { axis } = node.attributes as { axis: number };
  if ((axis < 0 ? axis + rank : axis) !== rank - 1) {
    context.refuse(index, `kmodel v3 joins channels (the last axis) only, this joins axis ${axis}`);
  }
  warnOfActivation(context, index);
  addCpuLayer(context, index, 'Concat');
}

/** Conversions of a quantized .tflite: nothing here, for the network is lowered as float32. */
function lowerNothing(context: LoweringContext, index: number): void {
  context.setValue(index, context.value(index));
}

/** A PAD of one pixel on each side goes into the VALID 3x3 convolution behind it; no other has a layer. */
function lowerPad(context: LoweringContext, index: number): void {
  const node = context.graph.nodes[index];
  const reader = context.onlyReader(index);
  const next = reader === undefined ? undefined : context.graph.nodes[reader];
  const amounts = context.tensor(node.inputs[1]);
  const isOnes = amounts?.data !== undefined && readInts(amounts, 'paddings').join() === '0,0,1,1,1,1,0,0';
  const isConv = next?.op === 'CONV_2D' || next?.op === 'DEPTHWISE_CONV_2D';
  const kernel = isConv ? context.tensor(next.inputs[1])!.shape.slice(1, 3).join() : '';
  if (!isOnes || kernel !== '3,3' || (next!.attributes as Conv2dAttributes).padding !== 'VALID') {
    context.refuse(
      index,
      'kmodel v3 has no layer for it; ncc 0.1 takes a PAD only of one pixel on each side, before a VALID 3x3 convolution',
    );
  }
  context.padded.add(node.outputs[0]);
  context.setValue(index, context.value(index));
}

/** What ncc makes of operators that the published network does not have. */
export const FURTHER_OPERATORS: FurtherOperators = {
  defects: converterDefects,
  layers: FURTHER_LAYERS,
  lowerings: {
    pool: lowerPool,
    mean: lowerMean,
    add: lowerAdd,
    concat: lowerConcat,
    pad: lowerPad,
    nothing: lowerNothing,
  },
  lowerTo,
};
