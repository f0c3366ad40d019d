import type { Calibration } from '../boards/board.ts';
import type { Graph } from '../models/graph.ts';

export interface Domain {
  readonly domain: 'inside' | 'extrapolated';
  readonly why?: string;
}

const list = (values: Iterable<unknown>): string => [...values].join(', ');

/** Whether a model lies inside what the board's calibration measured, and if not, the first reasons in words. */
export function domainOf(graph: Graph, dtype: string, macs: number, calibration?: Calibration): Domain {
  if (calibration === undefined)
    return { domain: 'extrapolated', why: 'no measurement of this board was fitted' };
  const { ops, dtypes, maxMacs, kernelSizes } = calibration.domain;
  const reasons: string[] = [];
  const newOps = new Set(graph.nodes.map((node) => node.op).filter((op) => !ops.includes(op)));
  if (newOps.size > 0) reasons.push(`no measurement covers ${list(newOps)}`);
  if (!dtypes.includes(dtype)) reasons.push(`measured in ${list(dtypes)}, not in ${dtype}`);
  const sizes = new Set(kernelSizesOf(graph).filter((k) => !kernelSizes.includes(k)));
  if (sizes.size > 0) reasons.push(`measured with kernels of ${list(kernelSizes)}, not ${list(sizes)}`);
  if (macs > maxMacs) reasons.push(`${macs} MACs; the measurements end at ${maxMacs}`);
  return reasons.length === 0 ? { domain: 'inside' } : { domain: 'extrapolated', why: reasons.join('; ') };
}

function kernelSizesOf(graph: Graph): number[] {
  return graph.nodes
    .filter((node) => node.op === 'CONV_2D' || node.op === 'DEPTHWISE_CONV_2D')
    .flatMap((node) => graph.tensors[node.inputs[1]!]?.shape.slice(1, 3) ?? []);
}
