import type { NumericData } from '../definition/kernel.ts';
import type { WindowGeometry } from './window-counts.ts';

/** An output of filter `f` at a place, from the image that begins at element `base` of the input. */
type OutputAt = (base: number, y: number, x: number, f: number) => number;

/** Computes every output of a sliding window in the order in which it is stored: batch, row, column, filter. */
export function fillOutputs(g: WindowGeometry, out: NumericData, outputAt: OutputAt): void {
  let at = 0;
  for (let batch = 0; batch < (g.batches ?? 1); batch++) {
    const base = batch * g.inH * g.inW * g.inC;
    for (let y = 0; y < g.outH; y++) {
      for (let x = 0; x < g.outW; x++) {
        for (let f = 0; f < g.outC; f++) out[at++] = outputAt(base, y, x, f);
      }
    }
  }
}
