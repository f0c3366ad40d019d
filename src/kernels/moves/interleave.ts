import { elementCount } from '../../models/graph/graph.ts';
import type { Kernel } from '../definition/kernel.ts';

/** Blocks of `lengths[i]` elements of each part in turn, `outer` times: how concatenation and split lie in memory. */
export interface Interleaving {
  readonly outer: number;
  readonly lengths: readonly number[];
}

export function interleave(parts: readonly (readonly number[])[], axis: number): Interleaving {
  const outer = elementCount(parts[0].slice(0, axis));
  return { outer, lengths: parts.map((shape) => elementCount(shape.slice(axis))) };
}

export function joinParts({ outer, lengths }: Interleaving): Kernel {
  return {
    run(inputs, [out]) {
      let at = 0;
      for (let block = 0; block < outer; block++) {
        for (let part = 0; part < lengths.length; part++) {
          const from = inputs[part];
          const end = (block + 1) * lengths[part];
          for (let index = block * lengths[part]; index < end; index++) out[at++] = from[index];
        }
      }
    },
  };
}

/** The way back: blocks of the input at `source` go to each output in turn. */
export function cutParts({ outer, lengths }: Interleaving, source: number): Kernel {
  return {
    run(inputs, outs) {
      const from = inputs[source];
      let at = 0;
      for (let block = 0; block < outer; block++) {
        for (let part = 0; part < lengths.length; part++) {
          const end = (block + 1) * lengths[part];
          for (let index = block * lengths[part]; index < end; index++) outs[part][index] = from[at++];
        }
      }
    },
  };
}
