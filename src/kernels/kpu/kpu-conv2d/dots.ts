import type { KpuConvLayer } from './layer.ts';
import { addPackedMap, addPackedWindow3x3, MAX_PACKED_TAPS, packWeights, unpackSums } from './packed-sums.ts';
import { addFourMaps, addMap, addWindow3x3, type PaddedMaps } from './sums.ts';

/** The maps that a layer reads, planar and, for a 3x3 kernel, with their border. */
export interface InputMaps {
  readonly planar: Uint8Array;
  readonly padded: PaddedMaps;
}

/** SUM W*X of an output channel at each position: one array, or high and low bytes of 16-bit weights apart. */
export interface Dots {
  of(input: InputMaps, o: number): readonly Int32Array[];
}

/** The fastest way that is exact for a layer. */
export function createDots(layer: KpuConvLayer): Dots {
  const { weights, depthwise, inC, kernel } = layer;
  const isPackable = !depthwise && inC * kernel * kernel <= MAX_PACKED_TAPS;
  return weights instanceof Uint8Array && isPackable ? new PackedDots(layer, weights) : new PlainDots(layer);
}

/** Sums in int32: below 2^30 for 1024 channels of byte weights. */
class PlainDots implements Dots {
  readonly #layer: KpuConvLayer;
  readonly #halves: readonly Uint8Array[];
  readonly #sums: readonly Int32Array[];

  constructor(layer: KpuConvLayer) {
    const { weights, inH, inW } = layer;
    this.#layer = layer;
    this.#halves = weights instanceof Uint8Array ? [weights] : halvesOf(weights);
    this.#sums = this.#halves.map(() => new Int32Array(inH * inW));
  }

  of(input: InputMaps, o: number): readonly Int32Array[] {
    const { depthwise, inC, kernel } = this.#layer;
    const channels = depthwise ? 1 : inC;
    const first = depthwise ? o : 0;
    this.#halves.forEach((weights, half) => {
      const sums = this.#sums[half].fill(0);
      if (kernel === 1) {
        const maps = input.planar.subarray(first * sums.length);
        return add1x1(maps, channels, weights, o * channels, sums);
      }
      for (let c = 0; c < channels; c++) {
        addWindow3x3(input.padded, first + c, weights, 9 * (o * channels + c), sums);
      }
    });
    return this.#sums;
  }
}

/** Two output channels at a time; asks come in ascending order. */
class PackedDots implements Dots {
  readonly #layer: KpuConvLayer;
  readonly #weights: Float64Array;
  readonly #packed: Float64Array;
  readonly #pair: readonly [readonly Int32Array[], readonly Int32Array[]];

  constructor(layer: KpuConvLayer, weights: Uint8Array) {
    const { inC, inH, inW, outC, kernel } = layer;
    this.#layer = layer;
    this.#weights = packWeights(weights, outC, inC * kernel * kernel);
    this.#packed = new Float64Array(inH * inW);
    this.#pair = [[new Int32Array(inH * inW)], [new Int32Array(inH * inW)]];
  }

  of({ planar, padded }: InputMaps, o: number): readonly Int32Array[] {
    const [even, odd] = this.#pair;
    if (o % 2 !== 0) return odd;
    const { inC, kernel } = this.#layer;
    const sums = this.#packed.fill(0);
    const w = (o / 2) * inC * kernel * kernel;
    for (let c = 0; c < inC; c++) {
      if (kernel === 3) addPackedWindow3x3(padded, c, this.#weights, w + 9 * c, sums);
      else addPackedMap(planar, c * sums.length, sums.length, this.#weights[w + c], sums);
    }
    unpackSums(sums, even[0], odd[0]);
    return even;
  }
}

function add1x1(
  planar: Uint8Array,
  channels: number,
  weights: Uint8Array,
  w: number,
  sums: Int32Array,
): void {
  const pixels = sums.length;
  let c = 0;
  for (; c + 4 <= channels; c += 4) addFourMaps(planar, c * pixels, pixels, weights, w + c, sums);
  for (; c < channels; c++) addMap(planar, c * pixels, pixels, weights[w + c], sums);
}

/** High and low bytes of 16-bit weights. */
function halvesOf(weights: Uint16Array): Uint8Array[] {
  return [
    Uint8Array.from(weights, (weight) => weight >> 8),
    Uint8Array.from(weights, (weight) => weight & 0xff),
  ];
}
