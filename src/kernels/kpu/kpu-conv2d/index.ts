import type { ConvSections } from '../../../models/formats/kmodel/conv-body.ts';
import { activate } from './activation.ts';
import {
  checkRanges,
  compileLayer,
  type KpuConvLayer,
  type KpuConvOptions,
  type KpuRanges,
} from './layer.ts';
import { poolMap } from './kpu-pool.ts';
import { createDots, type Dots } from './dots.ts';
import { addMap, addWindow3x3, fillPadded, type PaddedMaps } from './sums.ts';

export type { TieMode } from './activation.ts';
export type { KpuConvOptions, KpuRanges } from './layer.ts';

const ONES = new Uint8Array(9).fill(1);

/**
 * One KPU layer, bit for bit (docs/hardware/k210.md#kpu-arithmetic): convolution, batch norm, activation and pooling of
 * planar bytes [c][y][x]. Sums are int32 or packed integers in doubles, all else is integers in doubles, exact while
 * the layer keeps to its 36 bits.
 */
export class KpuConv2d {
  readonly layer: KpuConvLayer;
  readonly #padded: PaddedMaps;
  readonly #dots: Dots;
  readonly #xSums: Int32Array;
  readonly #xTerms: Float64Array;
  readonly #b: Float64Array;
  readonly #map: Uint8Array;
  readonly #ranges = { accMin: 0, accMax: 0, normMin: 0, normMax: 0 };

  /** Throws a FormatError for a layer that the KPU does not have or whose parts do not fit together. */
  constructor(sections: ConvSections, options: KpuConvOptions) {
    this.layer = compileLayer(sections, options);
    const { inC, inH, inW, kernel, padValue } = this.layer;
    const pixels = inH * inW;
    const paddedBytes = kernel === 1 ? 0 : inC * (inH + 2) * (inW + 2);
    this.#padded = { bytes: new Uint8Array(paddedBytes).fill(padValue), height: inH, width: inW };
    this.#dots = createDots(this.layer);
    this.#xSums = new Int32Array(pixels);
    this.#xTerms = new Float64Array(pixels);
    this.#b = new Float64Array(pixels);
    this.#map = new Uint8Array(pixels);
  }

  /** Bytes of the input maps. */
  get inputBytes(): number {
    return this.layer.inC * this.layer.inH * this.layer.inW;
  }

  /** Bytes of the output maps. */
  get outputBytes(): number {
    return this.layer.outC * this.layer.outH * this.layer.outW;
  }

  /** Computes `output` from `input`. Throws a FormatError where a result leaves 36 bits, which is undefined. */
  run(input: Uint8Array, output: Uint8Array): KpuRanges {
    const { layer } = this;
    const { inC, inH, inW, outC, outH, outW, depthwise, kernel } = layer;
    const ranges = this.#ranges;
    ranges.accMin = ranges.normMin = Infinity;
    ranges.accMax = ranges.normMax = -Infinity;
    const maps = { planar: input, padded: this.#padded };
    if (kernel === 3) fillPadded(this.#padded, input, inC);
    if (!depthwise) this.#computeXTerms(input, 0, inC);
    for (let o = 0; o < outC; o++) {
      if (depthwise) this.#computeXTerms(input, o, 1);
      this.#normalize(o, this.#dots.of(maps, o));
      activate(layer.activation, this.#b, inH * inW, this.#map);
      poolMap(layer.pool, this.#map, { height: inH, width: inW }, output, o * outH * outW);
    }
    checkRanges(layer, ranges);
    return { ...ranges };
  }

  /** ((arg_x * SUM X) >> shr_x) of each position, over `count` channels from `first`. */
  #computeXTerms(input: Uint8Array, first: number, count: number): void {
    const { argX, scaleX, kernel, inH, inW } = this.layer;
    const xTerms = this.#xTerms;
    if (argX === 0) return;
    const sums = this.#xSums.fill(0);
    for (let c = first; c < first + count; c++) {
      if (kernel === 3) addWindow3x3(this.#padded, c, ONES, 0, sums);
      else addMap(input, c * inH * inW, inH * inW, 1, sums);
    }
    for (let p = 0; p < xTerms.length; p++) xTerms[p] = Math.floor(argX * sums[p] * scaleX);
  }

  /** b of each position of output channel `o`. */
  #normalize(o: number, sums: readonly Int32Array[]): void {
    const { offsets, normMul, normScale, normAdd } = this.layer;
    const [offset, mul, scale, add] = [offsets[o], normMul[o], normScale[o], normAdd[o]];
    const [low, high] = [sums.at(-1)!, sums.length > 1 ? sums[0] : undefined];
    const [b, xTerms, ranges] = [this.#b, this.#xTerms, this.#ranges];
    let { accMin, accMax, normMin, normMax } = ranges;
    for (let p = 0; p < b.length; p++) {
      const sum = high === undefined ? low[p] : 256 * high[p] + low[p];
      const acc = sum + xTerms[p] + offset;
      const norm = Math.floor(acc * mul * scale) + add;
      b[p] = norm;
      if (acc < accMin) accMin = acc;
      if (acc > accMax) accMax = acc;
      if (norm < normMin) normMin = norm;
      if (norm > normMax) normMax = norm;
    }
    Object.assign(ranges, { accMin, accMax, normMin, normMax });
  }
}
