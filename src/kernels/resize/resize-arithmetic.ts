import type { ResizeAttributes } from '../../models/graph/attributes.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { divideTowardZero } from '../numbers/fixed-point.ts';
import { clamp, roundHalfAway } from '../../numbers.ts';
import type { Kernel, NumericData, Prepare } from '../definition/kernel.ts';
import { gather } from '../moves/gather.ts';
import { fail, operand } from '../definition/operands.ts';

const { fround } = Math;

function nearest(
  at: number,
  input: number,
  output: number,
  { alignCorners, halfPixelCenters }: ResizeAttributes,
): number {
  const aligned = alignCorners && output > 1;
  const scale = aligned ? fround((input - 1) / (output - 1)) : fround(input / output);
  const exact = fround(fround(at + (halfPixelCenters ? 0.5 : 0)) * scale);
  return clamp(alignCorners ? roundHalfAway(exact) : Math.floor(exact), 0, input - 1);
}

/** Copies the nearest pixel (TFLite GetNearestNeighbor, in single precision). */
export const prepareResizeNearest: Prepare<ResizeAttributes> = (attributes, inputs, [output]) => {
  const [batches, inH, inW, channels] = operand(inputs, 0, 'input').shape;
  const [, outH, outW] = output.shape;
  const offsets = new Int32Array(batches * outH * outW * channels);
  let at = 0;
  for (let batch = 0; batch < batches; batch++) {
    for (let y = 0; y < outH; y++) {
      const row = (batch * inH + nearest(y, inH, outH, attributes)) * inW;
      for (let x = 0; x < outW; x++) {
        const pixel = (row + nearest(x, inW, outW, attributes)) * channels;
        for (let c = 0; c < channels; c++) offsets[at++] = pixel + c;
      }
    }
  }
  return gather(offsets);
};

/** Two neighbours along one axis, and the weight of the second. */
interface Neighbours {
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly weight: Float64Array;
}

type Position = (at: number) => { exact: number; lower: number; upper: number; weight: number };

function tabulate(output: number, position: Position): Neighbours {
  const positions = Array.from({ length: output }, (_, at) => position(at));
  return {
    lower: Int32Array.from(positions, ({ lower }) => lower),
    upper: Int32Array.from(positions, ({ upper }) => upper),
    weight: Float64Array.from(positions, ({ weight }) => weight),
  };
}

function floatNeighbours(
  input: number,
  output: number,
  { alignCorners, halfPixelCenters }: ResizeAttributes,
): Neighbours {
  const scale = alignCorners && output > 1 ? fround((input - 1) / (output - 1)) : fround(input / output);
  return tabulate(output, (at) => {
    const exact = halfPixelCenters ? fround(fround(fround(at + 0.5) * scale) - 0.5) : fround(at * scale);
    const lower = Math.max(Math.floor(exact), 0);
    return { exact, lower, upper: Math.min(Math.ceil(exact), input - 1), weight: fround(exact - lower) };
  });
}

/** Positions in 1/1024 of a pixel; weights are multiples of 1/1024 and may pass 1 at the edges, as in TFLite. */
function integerNeighbours(
  input: number,
  output: number,
  { alignCorners, halfPixelCenters }: ResizeAttributes,
): Neighbours {
  const [from, to] = alignCorners && output > 1 ? [input - 1, output - 1] : [input, output];
  const scale = Math.floor((1024 * from + Math.floor(to / 2)) / to);
  return tabulate(output, (at) => {
    const exact = at * scale + (halfPixelCenters ? Math.floor(scale / 2) - 512 : 0);
    const lower = Math.max(divideTowardZero(exact, 1024), 0);
    const upper = Math.min(divideTowardZero(exact + 1023, 1024), input - 1);
    return { exact, lower, upper, weight: exact - 1024 * lower };
  });
}

// Plain numbers: an array of the four makes this twice as slow for integers.
/** One channel of four neighbours (lower-left, upper-left, lower-right, upper-right) and the weights down and across. */
type Blend = (ll: number, ul: number, lr: number, ur: number, dy: number, dx: number) => number;

function blendFloat(ll: number, ul: number, lr: number, ur: number, dy: number, dx: number): number {
  const up = fround(1 - dy);
  const left = fround(1 - dx);
  const a = fround(fround(ll * up) * left);
  const b = fround(fround(ul * dy) * left);
  const c = fround(fround(lr * up) * dx);
  const d = fround(fround(ur * dy) * dx);
  return fround(fround(fround(a + b) + c) + d);
}

function blendUint8(ll: number, ul: number, lr: number, ur: number, dy: number, dx: number): number {
  return Math.trunc(fround(blendFloat(ll, ul, lr, ur, dy, dx) + 0.5));
}

function blendInteger(ll: number, ul: number, lr: number, ur: number, dy: number, dx: number): number {
  const sum = (1024 - dx) * (ll * (1024 - dy) + ul * dy) + dx * (lr * (1024 - dy) + ur * dy);
  return Math.trunc((sum + (sum > 0 ? 2 ** 19 : -(2 ** 19))) / 2 ** 20);
}

function blendPixel(
  input: NumericData,
  out: NumericData,
  at: number,
  corners: readonly number[],
  channels: number,
  dy: number,
  dx: number,
  blend: Blend,
) {
  const [ll, ul, lr, ur] = corners;
  for (let c = 0; c < channels; c++) {
    out[at + c] = blend(input[ll + c], input[ul + c], input[lr + c], input[ur + c], dy, dx);
  }
}

function bilinear(
  input: TensorInfo,
  output: TensorInfo,
  rows: Neighbours,
  columns: Neighbours,
  blend: Blend,
): Kernel {
  const [batches, inH, inW, channels] = input.shape;
  const [, outH, outW] = output.shape;
  const corners = [0, 0, 0, 0];
  return {
    run([from], [out]) {
      let at = 0;
      for (let batch = 0; batch < batches; batch++) {
        for (let y = 0; y < outH; y++) {
          const lower = (batch * inH + rows.lower[y]) * inW;
          const upper = (batch * inH + rows.upper[y]) * inW;
          for (let x = 0; x < outW; x++, at += channels) {
            corners[0] = (lower + columns.lower[x]) * channels;
            corners[1] = (upper + columns.lower[x]) * channels;
            corners[2] = (lower + columns.upper[x]) * channels;
            corners[3] = (upper + columns.upper[x]) * channels;
            blendPixel(from, out, at, corners, channels, rows.weight[y], columns.weight[x], blend);
          }
        }
      }
    },
  };
}

/** Blends four pixels: float32 and uint8 in single precision, int8 and int16 in integers of 1/1024 pixel, as TFLite does. */
export const prepareResizeBilinear: Prepare<ResizeAttributes> = (attributes, inputs, [output]) => {
  const input = operand(inputs, 0, 'input');
  const [, inH, inW] = input.shape;
  const [, outH, outW] = output.shape;
  const isInteger = input.dtype === 'int8' || input.dtype === 'int16';
  if (!isInteger && input.dtype !== 'float32' && input.dtype !== 'uint8') {
    fail(`resizing ${input.dtype} is not written`);
  }
  const neighbours = isInteger ? integerNeighbours : floatNeighbours;
  const blend = isInteger ? blendInteger : input.dtype === 'uint8' ? blendUint8 : blendFloat;
  const rows = neighbours(inH, outH, attributes);
  return bilinear(input, output, rows, neighbours(inW, outW, attributes), blend);
};
