import type {
  KPU_ADD_PADDING,
  KPU_REMOVE_PADDING,
  KPU_UPLOAD,
  LayerOf,
} from '../../../models/formats/kmodel/layers.ts';
import { rowByte, storeMaps } from '../kpu-conv2d/kpu-memory-layout.ts';
import type { LayerMemory, RunLayer } from './memory.ts';

const { fround, floor } = Math;
const PADDED_SIDE = 4;

/** C,H,W to H,W,C. */
export function prepareFlatten(layer: LayerOf<'TensorflowFlatten'>, memory: LayerMemory): RunLayer {
  const { channels } = layer;
  const pixels = layer.width * layer.height;
  const input = memory.floats(layer.main_mem_in_address, channels * pixels);
  const output = memory.floats(layer.main_mem_out_address, channels * pixels);
  return () => {
    let at = 0;
    for (let p = 0; p < pixels; p++) {
      for (let c = 0; c < channels; c++) output[at++] = input[c * pixels + p]!;
    }
  };
}

/** Joins bytes, of whatever type. */
export function prepareConcat(layer: LayerOf<'Concat' | 'QuantizedConcat'>, memory: LayerMemory): RunLayer {
  let at = layer.main_mem_out_address;
  const copies = layer.tail.map(({ start, bytes }) => {
    const [from, to] = [memory.bytes(start, bytes), memory.bytes(at, bytes)];
    at += bytes;
    return () => to.set(from);
  });
  return () => copies.forEach((copy) => copy());
}

/** Nearest pixel by floor(out * scale), the scale in float32; the SDK leaves align_corners aside. */
export function prepareResize(
  layer: LayerOf<'ResizeNearestNeighbor' | 'QuantizedResizeNearestNeighbor'>,
  memory: LayerMemory,
): RunLayer {
  const { channels, in_width: inW, in_height: inH, out_width: outW, out_height: outH } = layer;
  const isFloat = layer.type === 'ResizeNearestNeighbor';
  const view = (address: number, count: number): Float32Array | Uint8Array =>
    isFloat ? memory.floats(address, count) : memory.bytes(address, count);
  const input = view(layer.main_mem_in_address, channels * inW * inH);
  const output = view(layer.main_mem_out_address, channels * outW * outH);
  const rows = nearest(inH, outH);
  const columns = nearest(inW, outW);
  return () => {
    let at = 0;
    for (let c = 0; c < channels; c++) {
      for (const row of rows)
        for (const column of columns) output[at++] = input[(c * inH + row) * inW + column]!;
    }
  };
}

function nearest(from: number, to: number): number[] {
  const scale = fround(from / to);
  return Array.from({ length: to }, (_, index) => Math.min(floor(fround(index * scale)), from - 1));
}

/** Writes channel c's byte to pixel (0,0) of a 4x4 map; the other pixels keep what was there. */
export function prepareAddPadding(layer: LayerOf<typeof KPU_ADD_PADDING>, memory: LayerMemory): RunLayer {
  const { channels, kpu_mem_out_address: line } = layer;
  const shape = { channels, height: PADDED_SIDE, width: PADDED_SIDE };
  memory.requireLines(line, shape);
  const input = memory.bytes(layer.main_mem_in_address, channels);
  const places = Array.from({ length: channels }, (_, c) => rowByte(line, shape, c, 0));
  return () => {
    for (let c = 0; c < channels; c++) memory.kpu[places[c]] = input[c]!;
  };
}

export function prepareRemovePadding(
  layer: LayerOf<typeof KPU_REMOVE_PADDING>,
  memory: LayerMemory,
): RunLayer {
  const { channels } = layer;
  const pixels = PADDED_SIDE * PADDED_SIDE;
  const input = memory.bytes(layer.main_mem_in_address, channels === 0 ? 0 : (channels - 1) * pixels + 1);
  const output = memory.bytes(layer.main_mem_out_address, channels);
  return () => {
    for (let c = 0; c < channels; c++) output[c] = input[c * pixels]!;
  };
}

export function prepareUpload(layer: LayerOf<typeof KPU_UPLOAD>, memory: LayerMemory): RunLayer {
  const { channels, width, height, kpu_mem_out_address: line } = layer;
  const shape = { channels, height, width };
  memory.requireLines(line, shape);
  const input = memory.bytes(layer.main_mem_in_address, channels * height * width);
  return () => storeMaps(memory.kpu, line, shape, input);
}
