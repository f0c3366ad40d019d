/** A matrix-vector op: `batches` rows of `inChannels` inputs, each giving `outChannels` outputs. */
export interface DenseGeometry {
  readonly batches: number;
  readonly inChannels: number;
  readonly outChannels: number;
}

/** Counts of a fully connected op by the names of `COUNT_NAMES`. */
export function denseCounts(g: DenseGeometry): Record<string, number> {
  return {
    batches: g.batches,
    inChannels: g.inChannels,
    outChannels: g.outChannels,
    outputs: g.batches * g.outChannels,
    inputElements: g.batches * g.inChannels,
    macsInImage: g.batches * g.inChannels * g.outChannels,
    channelPairs: Math.floor(g.outChannels / 2),
    channelOdd: g.outChannels % 2,
    innerLength: g.inChannels,
    innerQuads: Math.floor(g.inChannels / 4),
    innerRest: g.inChannels % 4,
  };
}

/** Counts of an op that walks its elements once: add, relu, reshape, concatenation, pad, resize, reductions. */
export interface ElementGeometry {
  readonly inputElements: number;
  readonly inputBytes: number;
  readonly outputElements: number;
  readonly outputBytes: number;
  /** Inputs joined (concatenation, pack) or outputs made (split); 1 where absent. */
  readonly operands?: number;
}

export function elementCounts(g: ElementGeometry): Record<string, number> {
  return {
    outputs: g.outputElements,
    inputElements: g.inputElements,
    inputBytes: g.inputBytes,
    outputBytes: g.outputBytes,
    reduced: g.outputElements > 0 ? g.inputElements / g.outputElements : 0,
    operands: g.operands ?? 1,
  };
}

/** Counts of a softmax over the last axis: `rows` x `rowLength` elements. */
export function softmaxCounts(rows: number, rowLength: number): Record<string, number> {
  return { rows, rowLength, outputs: rows * rowLength, inputElements: rows * rowLength };
}
