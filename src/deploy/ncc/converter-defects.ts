import type { Graph } from '../../models/graph/graph.ts';
import { elementsOf, type NccLayer, type NccNetwork } from './ncc-network.ts';

/** What of rc5's own mistakes changes the bytes of a network, which are reproduced here: a sentence each. */
export function converterDefects({ layers }: NccNetwork, graph: Graph): string[] {
  const found: string[] = [];
  // Loops without arrays of their own: sweeps come here for every layer of every design.
  for (const layer of layers) {
    for (const defect of DEFECTS) {
      const what = defect(layer, layers);
      if (what !== undefined) found.push(`op ${layer.node} (${graph.nodes[layer.node!].op}): ${what}`);
    }
  }
  return found;
}

type Defect = (layer: NccLayer, layers: readonly NccLayer[]) => string | undefined;

const BLOCK = 8;
const CONCATS: readonly string[] = ['Concat', 'QuantizedConcat'];

const keptScale: Defect = ({ type }) =>
  type === 'QuantizedMaxPool2d'
    ? "ncc 0.1 pools bytes in the input's scale and reads them in that of the pooled values; the same only where pooling " +
      'keeps the least and the largest value, so pool behind a relu'
    : undefined;

const ownRange: Defect = ({ type }) =>
  type === 'QuantizedConcat'
    ? 'ncc 0.1 joins the bytes of each input in its own range and reads them in that of the whole; let each input be read ' +
      'by the concatenation alone'
    : undefined;

const shifted: Defect = ({ type, inputs }, layers) =>
  CONCATS.includes(type) && inputs.some((input) => elementsOf(layers[input].shape) % BLOCK !== 0)
    ? `ncc 0.1 joins blocks of whole ${BLOCK} elements, so inputs of another count are shifted and the last ones pass the ` +
      'end; choose channels so that each count is a multiple'
    : undefined;

const DEFECTS: readonly Defect[] = [keptScale, ownRange, shifted];
