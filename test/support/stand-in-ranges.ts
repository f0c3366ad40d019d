import type { Graph, GraphNode } from '../../src/models/graph/graph.ts';

/** [least, largest] */
type Range = readonly [number, number];
type Ends = readonly Range[];

const threeQuarters = ([range]: Ends): Range => [0.75 * range![0], 0.75 * range![1]];
const hull = (ends: Ends): Range => [
  Math.min(...ends.map(([min]) => min)),
  Math.max(...ends.map(([, max]) => max)),
];
const clipped = ([min, max]: Range, activation: string): Range => {
  if (activation === 'NONE') return [min, max];
  const high = activation === 'RELU6' ? 6 : Infinity;
  return [Math.min(Math.max(min, 0), high), Math.min(Math.max(max, 0), high)];
};

/** A product with the slope, then a maximum. */
const leaky = ([range]: Ends, slope: number): Range => {
  const [min, max] = range!;
  return [Math.max(min, slope * min), Math.max(max, slope * max)];
};

const WEIGHTED = ['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED'];

const RULES: Readonly<Record<string, (ends: Ends) => Range>> = {
  ADD: (ends) => [ends.reduce((sum, [min]) => sum + min, 0), ends.reduce((sum, [, max]) => sum + max, 0)],
  AVERAGE_POOL_2D: threeQuarters,
  MEAN: threeQuarters,
  PAD: ([range]) => [Math.min(range![0], 0), Math.max(range![1], 0)],
  CONCATENATION: hull,
  LOGISTIC: () => [0.1, 0.9],
  SOFTMAX: () => [0, 1],
  RELU: ([range]) => clipped(range!, 'RELU'),
  RELU6: ([range]) => clipped(range!, 'RELU6'),
};

/**
 * The ranges that stood in for a calibration when the real converter made the files under test/golden/rc5, by tensor;
 * the README there gives the rules. Nodes are counted in the order of planning: depth first from the output.
 */
export function standInRanges(graph: Graph): ReadonlyMap<number, Range> {
  const ranges = new Map<number, Range>(graph.inputs.map((input) => [input, [0, 1]]));
  let weighted = 0;
  const rangeOf = (tensor: number): Range => {
    const known = ranges.get(tensor);
    if (known) return known;
    const node = graph.nodes.find(({ outputs }) => outputs.includes(tensor))!;
    const ends = node.inputs.filter((input) => !graph.tensors[input]?.isConstant).map(rangeOf);
    const range = clipped(plainRange(node, ends), activationOf(node));
    ranges.set(tensor, range);
    return range;
  };
  const plainRange = ({ op, attributes }: GraphNode, ends: Ends): Range => {
    if (op === 'LEAKY_RELU') return leaky(ends, (attributes as { readonly alpha: number }).alpha);
    if (!WEIGHTED.includes(op)) return RULES[op]?.(ends) ?? ends[0]!;
    weighted++;
    return [-(1 + 0.25 * (weighted % 3)), 1.5 + 0.5 * weighted];
  };
  graph.outputs.forEach(rangeOf);
  return ranges;
}

function activationOf({ attributes }: GraphNode): string {
  return (attributes as { readonly activation?: string }).activation ?? 'NONE';
}
