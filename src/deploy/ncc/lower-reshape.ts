import { elementCount } from '../../models/graph/graph.ts';
import { mapShape, type LoweringContext } from './context.ts';

/** RESHAPE: a flatten of the whole tensor, of a vector too. SQUEEZE, EXPAND_DIMS: that, or nothing. */
export function lowerReshape(context: LoweringContext, index: number): void {
  const value = context.value(index);
  const from = context.builder.shapeOf(value);
  const { shape } = context.output(context.graph.nodes[index]);
  const to = mapShape(shape);
  const isFlatten = context.graph.nodes[index].op === 'RESHAPE' && shape.length === 2;
  if (!isFlatten && to.h === from.h && to.w === from.w && to.c === from.c)
    return context.setValue(index, value);
  if (elementCount(shape) === to.c) return context.setValue(index, context.builder.addFlatten(value, index));
  context.refuse(
    index,
    `kmodel v3 can only flatten a whole tensor, not reshape ${from.h}x${from.w}x${from.c} to [${shape.join(',')}]; ` +
      'give the network its input in that shape',
  );
}
