import type { LayerOf } from '../../../models/formats/kmodel/layers.ts';
import { fusedMultiplyAdd } from './float32.ts';
import type { LayerMemory, RunLayer } from './memory.ts';

const { fround } = Math;
const LEAST = [-Infinity, 0, 0];
const MOST = [Infinity, Infinity, 6];

/**
 * Sums from input 0 upwards with fused multiply-add, then + bias, then the activation (0 none, 1 relu, 2 relu6). The
 * order is the source's; the unrolled variant of a compiler may reassociate it.
 */
export function prepareFullyConnected(layer: LayerOf<'FullyConnected'>, memory: LayerMemory): RunLayer {
  const { in_channels: inputs, out_channels: outputs, act } = layer;
  const { weights, bias } = layer.tail;
  if (act >= LEAST.length) memory.fail(`activation ${act} does not exist, there are 0 none, 1 relu, 2 relu6`);
  const input = memory.floats(layer.main_mem_in_address, inputs);
  const output = memory.floats(layer.main_mem_out_address, outputs);
  const [least, most] = [LEAST[act], MOST[act]];
  return () => {
    for (let o = 0; o < outputs; o++) {
      const from = o * inputs;
      let sum = 0;
      for (let i = 0; i < inputs; i++) sum = fusedMultiplyAdd(input[i], weights[from + i], sum);
      output[o] = Math.min(Math.max(fround(sum + bias[o]), least), most);
    }
  };
}
