import type { LayerOf } from '../../../models/formats/kmodel/layers.ts';
import { fusedMultiplyAdd } from './float32.ts';
import type { KmodelOptions } from './kernels.ts';
import type { LayerMemory, RunLayer } from './memory.ts';

const { fround } = Math;
const LEAST = [-Infinity, 0, 0];
const MOST = [Infinity, Infinity, 6];

type Sum = (input: Float32Array, weights: Float32Array, from: number) => number;

/** From input 0 upwards with fused multiply-add, as the source says. */
function plainSum(input: Float32Array, weights: Float32Array, from: number): number {
  let sum = 0;
  for (let i = 0; i < input.length; i++) sum = fusedMultiplyAdd(input[i], weights[from + i], sum);
  return sum;
}

const UNROLLED = 8;

/** As MaixPy's library does where the count is a multiple of 8: the first two of each 8 are summed apart. */
function unrolledSum(input: Float32Array, weights: Float32Array, from: number): number {
  let sum = 0;
  for (let i = 0; i < input.length; i += UNROLLED) {
    const w = from + i;
    sum = fround(sum + fusedMultiplyAdd(input[i], weights[w], fround(input[i + 1] * weights[w + 1])));
    for (let k = 2; k < UNROLLED; k++) sum = fusedMultiplyAdd(input[i + k], weights[w + k], sum);
  }
  return sum;
}

/**
 * A sum, then + bias, then the activation (0 none, 1 relu, 2 relu6), which MaixPy's library does not read
 * (docs/hardware/k210.md#cpu-layers-in-maixpy).
 */
export function prepareFullyConnected(
  layer: LayerOf<'FullyConnected'>,
  memory: LayerMemory,
  { kernels }: KmodelOptions,
): RunLayer {
  const { in_channels: inputs, out_channels: outputs, act } = layer;
  const { weights, bias } = layer.tail;
  if (act >= LEAST.length) memory.fail(`activation ${act} does not exist, there are 0 none, 1 relu, 2 relu6`);
  const input = memory.floats(layer.main_mem_in_address, inputs);
  const output = memory.floats(layer.main_mem_out_address, outputs);
  const [least, most] = kernels === 'sdk' ? [LEAST[act], MOST[act]] : [-Infinity, Infinity];
  const sumOf: Sum = kernels === 'maixpy' && inputs % UNROLLED === 0 ? unrolledSum : plainSum;
  return () => {
    for (let o = 0; o < outputs; o++) {
      output[o] = Math.min(Math.max(fround(sumOf(input, weights, o * inputs) + bias[o]), least), most);
    }
  };
}
