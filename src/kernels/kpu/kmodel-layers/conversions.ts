import type { LayerOf } from '../../../models/formats/kmodel/layers.ts';
import { byteOf, fusedMultiplyAdd } from './float32.ts';
import type { LayerMemory, RunLayer } from './memory.ts';

const { fround } = Math;

/** roundf((x - bias) * (1 / scale)), the reciprocal in float32. */
export function prepareQuantize(layer: LayerOf<'Quantize'>, memory: LayerMemory): RunLayer {
  const { count, bias } = layer;
  const input = memory.floats(layer.main_mem_in_address, count);
  const output = memory.bytes(layer.main_mem_out_address, count);
  const scale = fround(1 / layer.scale);
  return () => {
    for (let at = 0; at < count; at++) output[at] = byteOf(fround(fround(input[at] - bias) * scale));
  };
}

/** x * scale + bias of each byte value, fused as the compiler for the core emits it. */
function dequantizeTable(scale: number, bias: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, value) => fusedMultiplyAdd(value, scale, bias));
}

export function prepareDequantize(layer: LayerOf<'Dequantize'>, memory: LayerMemory): RunLayer {
  const { count } = layer;
  const input = memory.bytes(layer.main_mem_in_address, count);
  const output = memory.floats(layer.main_mem_out_address, count);
  const table = dequantizeTable(layer.scale, layer.bias);
  return () => {
    for (let at = 0; at < count; at++) output[at] = table[input[at]]!;
  };
}

export function prepareChannelwiseDequantize(
  layer: LayerOf<'ChannelwiseDequantize'>,
  memory: LayerMemory,
): RunLayer {
  const { channels, channel_size: perChannel, tail } = layer;
  const input = memory.bytes(layer.main_mem_in_address, channels * perChannel);
  const output = memory.floats(layer.main_mem_out_address, channels * perChannel);
  const tables = tail.map(({ scale, bias }) => dequantizeTable(scale, bias));
  return () => {
    let at = 0;
    for (let c = 0; c < channels; c++) {
      for (const end = at + perChannel; at < end; at++) output[at] = tables[c][input[at]]!;
    }
  };
}

export function prepareRequantize(layer: LayerOf<'Requantize'>, memory: LayerMemory): RunLayer {
  const { count, tail: table } = layer;
  const input = memory.bytes(layer.main_mem_in_address, count);
  const output = memory.bytes(layer.main_mem_out_address, count);
  return () => {
    for (let at = 0; at < count; at++) output[at] = table[input[at]]!;
  };
}
