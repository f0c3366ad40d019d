import type { LayerOf } from '../../../models/formats/kmodel/layers.ts';
import type { KmodelOptions } from './kernels.ts';
import type { LayerMemory, RunLayer } from './memory.ts';

const { fround } = Math;

export function prepareGlobalAveragePool(
  layer: LayerOf<'GlobalAveragePool2d'>,
  memory: LayerMemory,
  { kernels }: KmodelOptions,
): RunLayer {
  const { channels, kernel_size: pixels } = layer;
  const factor = fround(1 / pixels);
  const input = memory.floats(layer.main_mem_in_address, channels * pixels);
  const output = memory.floats(layer.main_mem_out_address, channels);
  return () => {
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (let at = c * pixels; at < (c + 1) * pixels; at++) sum = fround(sum + input[at]);
      output[c] = kernels === 'sdk' ? sum / pixels : sum * factor;
    }
  };
}

type Pool = LayerOf<'AveragePool2d'> | LayerOf<'QuantizedMaxPool2d'>;

/** Calls `start`, `take` for each pixel of the window inside the map, and `end`, output by output. */
interface Taker {
  start(): void;
  take(pixel: number): void;
  end(output: number): void;
}

function prepareWindows(layer: Pool, taker: Taker): RunLayer {
  const { in_width: inW, in_height: inH, out_width: outW, out_height: outH, out_channels: channels } = layer;
  const range = (
    out: number,
    stride: number,
    padding: number,
    kernel: number,
    limit: number,
  ): [number, number] => [
    Math.max(0, out * stride - padding),
    Math.min(out * stride - padding + kernel, limit),
  ];
  return () => {
    let at = 0;
    for (let c = 0; c < channels; c++) {
      for (let y = 0; y < outH; y++) {
        const [top, bottom] = range(y, layer.stride_height, layer.padding_height, layer.kernel_height, inH);
        for (let x = 0; x < outW; x++, at++) {
          const [left, right] = range(x, layer.stride_width, layer.padding_width, layer.kernel_width, inW);
          taker.start();
          for (let py = top; py < bottom; py++) {
            for (let px = left; px < right; px++) taker.take((c * inH + py) * inW + px);
          }
          taker.end(at);
        }
      }
    }
  };
}

const inputCount = ({ in_width, in_height, in_channels, out_channels }: Pool): number =>
  in_width * in_height * Math.max(in_channels, out_channels);
const outputCount = ({ out_width, out_height, out_channels }: Pool): number =>
  out_width * out_height * out_channels;

/** Pixels outside the map do not count; the SDK leaves the activation field aside. */
export function prepareAveragePool(layer: LayerOf<'AveragePool2d'>, memory: LayerMemory): RunLayer {
  const input = memory.floats(layer.main_mem_in_address, inputCount(layer));
  const output = memory.floats(layer.main_mem_out_address, outputCount(layer));
  let [sum, count] = [0, 0];
  return prepareWindows(layer, {
    start: () => {
      sum = count = 0;
    },
    take: (pixel) => {
      sum = fround(sum + input[pixel]);
      count++;
    },
    end: (at) => {
      output[at] = sum / count;
    },
  });
}

export function prepareQuantizedMaxPool(layer: LayerOf<'QuantizedMaxPool2d'>, memory: LayerMemory): RunLayer {
  const input = memory.bytes(layer.main_mem_in_address, inputCount(layer));
  const output = memory.bytes(layer.main_mem_out_address, outputCount(layer));
  let most = 0;
  return prepareWindows(layer, {
    start: () => {
      most = 0;
    },
    take: (pixel) => {
      most = Math.max(most, input[pixel]);
    },
    end: (at) => {
      output[at] = most;
    },
  });
}
