// AssemblyScript, compiled by scripts/build-wasm.mjs into src/kernels/execute/fast/simd-wasm.ts.
// Pointers are byte offsets into the imported memory. Blocks of parameters are int32 fields in the order of
// src/kernels/execute/fast/layout.ts. Loads may run up to 15 bytes past an array, which the workspace allows for.

// Constants of eight channels: bias, 2^left shift, multiplier, rounding half, 2^(31 - right shift).
const GROUP_BYTES: usize = 160;

@inline
function field(block: usize, index: i32): i32 {
  return load<i32>(block + (<usize>index << 2));
}

// rdpot(srdhm(x * left, q), r) of four lanes: halves round up, then away from zero; products in 64 bits.
@inline
function rescale(x: v128, left: v128, q: v128, half: v128, scale: v128): v128 {
  const nudge = i64x2.splat(1 << 30);
  const lifted = i32x4.mul(x, left);
  const low = i64x2.shr_u(i64x2.add(i64x2.extmul_low_i32x4_s(lifted, q), nudge), 31);
  const high = i64x2.shr_u(i64x2.add(i64x2.extmul_high_i32x4_s(lifted, q), nudge), 31);
  const y = v128.shuffle<i32>(low, high, 0, 2, 4, 6);
  const sign = i32x4.shr_s(y, 31);
  const magnitude = i32x4.add(i32x4.sub(v128.xor(y, sign), sign), half);
  const lowShare = i64x2.shr_u(i64x2.extmul_low_i32x4_u(magnitude, scale), 31);
  const highShare = i64x2.shr_u(i64x2.extmul_high_i32x4_u(magnitude, scale), 31);
  const z = v128.shuffle<i32>(lowShare, highShare, 0, 2, 4, 6);
  return i32x4.sub(v128.xor(z, sign), sign);
}

@inline
function finish(x: v128, zero: v128, low: v128, high: v128): v128 {
  return i32x4.min_s(i32x4.max_s(i32x4.add(x, zero), low), high);
}

// The low bytes of eight int32, `count` of them.
function store8(to: usize, a: v128, b: v128, count: i32): void {
  const narrow = i16x8.narrow_i32x4_s(a, b);
  const bytes = i8x16.narrow_i16x8_s(narrow, narrow);
  if (count >= 8) {
    v128.store64_lane(to, bytes, 0);
    return;
  }
  let rest = i64x2.extract_lane(bytes, 0);
  for (let lane = 0; lane < count; lane++) {
    store<u8>(to + lane, <u8>rest);
    rest >>= 8;
  }
}

@inline
function storeRescaled(to: usize, a: v128, b: v128, constants: usize, block: usize, count: i32): void {
  const zero = i32x4.splat(field(block, 0));
  const low = i32x4.splat(field(block, 1));
  const high = i32x4.splat(field(block, 2));
  const first = rescale(a, v128.load(constants, 32), v128.load(constants, 64), v128.load(constants, 96), v128.load(constants, 128));
  const second = rescale(b, v128.load(constants, 48), v128.load(constants, 80), v128.load(constants, 112), v128.load(constants, 144));
  store8(to, finish(first, zero, low, high), finish(second, zero, low, high), count);
}

// Four pixels by eight channels: rows of int16 pairs against weights [pair][channel][2].
function gemm4(a: usize, rowBytes: usize, pairs: i32, weights: usize, constants: usize, block: usize, out: usize, outStride: usize, count: i32): void {
  const biasA = v128.load(constants);
  const biasB = v128.load(constants, 16);
  let s0a = biasA, s0b = biasB, s1a = biasA, s1b = biasB, s2a = biasA, s2b = biasB, s3a = biasA, s3b = biasB;
  const end = a + (<usize>pairs << 2);
  const a1 = rowBytes, a2 = rowBytes * 2, a3 = rowBytes * 3;
  for (; a < end; a += 4, weights += 32) {
    const wa = v128.load(weights);
    const wb = v128.load(weights, 16);
    let x = v128.load32_splat(a);
    s0a = i32x4.add(s0a, i32x4.dot_i16x8_s(x, wa));
    s0b = i32x4.add(s0b, i32x4.dot_i16x8_s(x, wb));
    x = v128.load32_splat(a + a1);
    s1a = i32x4.add(s1a, i32x4.dot_i16x8_s(x, wa));
    s1b = i32x4.add(s1b, i32x4.dot_i16x8_s(x, wb));
    x = v128.load32_splat(a + a2);
    s2a = i32x4.add(s2a, i32x4.dot_i16x8_s(x, wa));
    s2b = i32x4.add(s2b, i32x4.dot_i16x8_s(x, wb));
    x = v128.load32_splat(a + a3);
    s3a = i32x4.add(s3a, i32x4.dot_i16x8_s(x, wa));
    s3b = i32x4.add(s3b, i32x4.dot_i16x8_s(x, wb));
  }
  storeRescaled(out, s0a, s0b, constants, block, count);
  storeRescaled(out + outStride, s1a, s1b, constants, block, count);
  storeRescaled(out + outStride * 2, s2a, s2b, constants, block, count);
  storeRescaled(out + outStride * 3, s3a, s3b, constants, block, count);
}

function gemm1(a: usize, pairs: i32, weights: usize, constants: usize, block: usize, out: usize, count: i32): void {
  let sa = v128.load(constants);
  let sb = v128.load(constants, 16);
  const end = a + (<usize>pairs << 2);
  for (; a < end; a += 4, weights += 32) {
    const x = v128.load32_splat(a);
    sa = i32x4.add(sa, i32x4.dot_i16x8_s(x, v128.load(weights)));
    sb = i32x4.add(sb, i32x4.dot_i16x8_s(x, v128.load(weights, 16)));
  }
  storeRescaled(out, sa, sb, constants, block, count);
}

// `count` int8 minus zero as int16; whole vectors, so up to seven elements more are written.
@inline
function widen(from: usize, to: usize, count: i32, zero: v128): void {
  for (let at = 0; at < count; at += 8) {
    v128.store(to + (<usize>at << 1), i16x8.sub(v128.load8x8_s(from + at), zero));
  }
}

@inline
function clear(to: usize, count: i32): void {
  for (let at = 0; at < count; at += 8) v128.store(to + (<usize>at << 1), i16x8.splat(0));
}

// The taps of pixels first..first + count as rows of int16, zero outside of the image.
function gatherTaps(block: usize, input: usize, first: i32, count: i32, rowBytes: usize, scratch: usize): void {
  const inH = field(block, 3), inW = field(block, 4), inC = field(block, 5), outW = field(block, 6);
  const kernelH = field(block, 7), kernelW = field(block, 8), strideH = field(block, 9), strideW = field(block, 10);
  const padTop = field(block, 11), padLeft = field(block, 12);
  const zero = i16x8.splat(<i16>field(block, 13));
  const taps = kernelH * kernelW * inC;
  const rowElements = kernelW * inC;
  for (let pixel = first; pixel < first + count; pixel++) {
    const top = (pixel / outW) * strideH - padTop;
    const left = (pixel % outW) * strideW - padLeft;
    const start = left < 0 ? -left : 0;
    const end = left + kernelW > inW ? inW - left : kernelW;
    const row = scratch + <usize>(pixel - first) * rowBytes;
    let to = row;
    for (let ky = 0; ky < kernelH; ky++) {
      const y = top + ky;
      if (y < 0 || y >= inH || end <= start) {
        clear(to, rowElements);
      } else {
        clear(to, start * inC);
        const from = input + (y * inW + left + start) * inC;
        widen(from, to + (<usize>(start * inC) << 1), (end - start) * inC, zero);
        clear(to + (<usize>(end * inC) << 1), (kernelW - end) * inC);
      }
      to += <usize>rowElements << 1;
    }
    if (taps & 1) store<i16>(to, 0);
  }
}

// Pixels whose taps are gathered at a time, so that they stay in the first cache.
const CHUNK = 32;

/** Convolution or dense layer of one image; see CONV_FIELDS. */
export function conv(block: usize, input: usize, out: usize): void {
  const pixels = field(block, 14), channels = field(block, 15), pairs = field(block, 16);
  const scratch = <usize>field(block, 17), weights = <usize>field(block, 18), constants = <usize>field(block, 19);
  const rowBytes = <usize>pairs << 2;
  const groupBytes = <usize>pairs << 5;
  for (let first = 0; first < pixels; first += CHUNK) {
    const count = min(CHUNK, pixels - first);
    gatherTaps(block, input, first, count, rowBytes, scratch);
    let w = weights, c = constants;
    for (let channel = 0; channel < channels; channel += 8) {
      const width = channels - channel;
      let to = out + first * channels + channel;
      let pixel = 0;
      for (; pixel + 4 <= count; pixel += 4) {
        gemm4(scratch + <usize>pixel * rowBytes, rowBytes, pairs, w, c, block, to, channels, width);
        to += channels * 4;
      }
      for (; pixel < count; pixel++) {
        gemm1(scratch + <usize>pixel * rowBytes, pairs, w, c, block, to, width);
        to += channels;
      }
      w += groupBytes;
      c += GROUP_BYTES;
    }
  }
}

// The image as int16 minus its zero point, channels padded to eight, inside a border that stays zero.
function widenImage(block: usize, input: usize): void {
  const inH = field(block, 3), inW = field(block, 4), channels = field(block, 5);
  const pixelBytes = <usize>field(block, 6), rowBytes = <usize>field(block, 7);
  const zero = i16x8.splat(<i16>field(block, 8));
  let row = <usize>field(block, 9);
  for (let y = 0; y < inH; y++, row += rowBytes) {
    let to = row;
    for (let x = 0; x < inW; x++, to += pixelBytes, input += channels) widen(input, to, channels, zero);
  }
}

/** Depthwise convolution of one image; see DEPTHWISE_FIELDS. */
export function depthwise(block: usize, input: usize, out: usize): void {
  widenImage(block, input);
  const channels = field(block, 5);
  const outH = field(block, 10), outW = field(block, 11), pairs = field(block, 12);
  const stepX = <usize>field(block, 13), stepY = <usize>field(block, 14);
  const offsets = <usize>field(block, 15);
  let weights = <usize>field(block, 16), constants = <usize>field(block, 17), origin = <usize>field(block, 18);
  for (let channel = 0; channel < channels; channel += 8) {
    const width = channels - channel;
    const biasA = v128.load(constants), biasB = v128.load(constants, 16);
    let to = out + channel;
    let row = origin;
    for (let y = 0; y < outH; y++, row += stepY) {
      let at = row;
      for (let x = 0; x < outW; x++, at += stepX, to += channels) {
        let sa = biasA, sb = biasB;
        for (let pair = 0; pair < pairs; pair++) {
          const offset = offsets + (<usize>pair << 3);
          const w = weights + (<usize>pair << 5);
          const x0 = v128.load(at + load<u32>(offset));
          const x1 = v128.load(at + load<u32>(offset, 4));
          const low = v128.shuffle<i16>(x0, x1, 0, 8, 1, 9, 2, 10, 3, 11);
          const high = v128.shuffle<i16>(x0, x1, 4, 12, 5, 13, 6, 14, 7, 15);
          sa = i32x4.add(sa, i32x4.dot_i16x8_s(low, v128.load(w)));
          sb = i32x4.add(sb, i32x4.dot_i16x8_s(high, v128.load(w, 16)));
        }
        storeRescaled(to, sa, sb, constants, block, width);
      }
    }
    weights += <usize>pairs << 5;
    constants += GROUP_BYTES;
    origin += 16;
  }
}

// Four stored values to the common scale: (x - zero) * 2^20, then their multiplier; fields from `at` on.
@inline
function lift(x: v128, block: usize, at: i32): v128 {
  const centred = i32x4.sub(x, i32x4.splat(field(block, at)));
  return rescale(
    centred,
    i32x4.splat(field(block, at + 1)),
    i32x4.splat(field(block, at + 2)),
    i32x4.splat(field(block, at + 3)),
    i32x4.splat(field(block, at + 4)),
  );
}

@inline
function addFour(x: v128, y: v128, block: usize): v128 {
  const sum = i32x4.add(lift(x, block, 3), lift(y, block, 8));
  const scaled = rescale(
    sum,
    i32x4.splat(field(block, 13)),
    i32x4.splat(field(block, 14)),
    i32x4.splat(field(block, 15)),
    i32x4.splat(field(block, 16)),
  );
  return finish(scaled, i32x4.splat(field(block, 0)), i32x4.splat(field(block, 1)), i32x4.splat(field(block, 2)));
}

/** Sum of two tensors of the same shape; see ADD_FIELDS. */
export function add(block: usize, a: usize, b: usize, out: usize, elements: i32): void {
  for (let at = 0; at < elements; at += 8) {
    const x = v128.load8x8_s(a + at);
    const y = v128.load8x8_s(b + at);
    const low = addFour(i32x4.extend_low_i16x8_s(x), i32x4.extend_low_i16x8_s(y), block);
    const high = addFour(i32x4.extend_high_i16x8_s(x), i32x4.extend_high_i16x8_s(y), block);
    store8(out + at, low, high, elements - at);
  }
}

// Eight float32, bias added and bounded as C's comparisons do (a zero keeps its sign), `count` of them.
@inline
function storeFloats(to: usize, a: v128, b: v128, bias: usize, block: usize, count: i32): void {
  const low = f32x4.splat(reinterpret<f32>(field(block, 1)));
  const high = f32x4.splat(reinterpret<f32>(field(block, 2)));
  const first = f32x4.pmin(f32x4.pmax(f32x4.add(a, v128.load(bias)), low), high);
  const second = f32x4.pmin(f32x4.pmax(f32x4.add(b, v128.load(bias, 16)), low), high);
  if (count >= 8) {
    v128.store(to, first);
    v128.store(to, second, 16);
    return;
  }
  storeSome(to, first, count);
  if (count > 4) storeSome(to + 16, second, count - 4);
}

function storeSome(to: usize, x: v128, count: i32): void {
  store<f32>(to, f32x4.extract_lane(x, 0));
  if (count > 1) store<f32>(to, f32x4.extract_lane(x, 1), 4);
  if (count > 2) store<f32>(to, f32x4.extract_lane(x, 2), 8);
  if (count > 3) store<f32>(to, f32x4.extract_lane(x, 3), 12);
}

// Four pixels by eight channels; each lane adds its products in order, one rounding a step, as the plain loops.
function gemm4Floats(a: usize, rowBytes: usize, weights: usize, bias: usize, block: usize, out: usize, outStride: usize, count: i32): void {
  let s0a = f32x4.splat(0), s0b = s0a, s1a = s0a, s1b = s0a, s2a = s0a, s2b = s0a, s3a = s0a, s3b = s0a;
  const end = a + rowBytes;
  const a1 = rowBytes, a2 = rowBytes * 2, a3 = rowBytes * 3;
  for (; a < end; a += 4, weights += 32) {
    const wa = v128.load(weights);
    const wb = v128.load(weights, 16);
    let x = v128.load32_splat(a);
    s0a = f32x4.add(s0a, f32x4.mul(x, wa));
    s0b = f32x4.add(s0b, f32x4.mul(x, wb));
    x = v128.load32_splat(a + a1);
    s1a = f32x4.add(s1a, f32x4.mul(x, wa));
    s1b = f32x4.add(s1b, f32x4.mul(x, wb));
    x = v128.load32_splat(a + a2);
    s2a = f32x4.add(s2a, f32x4.mul(x, wa));
    s2b = f32x4.add(s2b, f32x4.mul(x, wb));
    x = v128.load32_splat(a + a3);
    s3a = f32x4.add(s3a, f32x4.mul(x, wa));
    s3b = f32x4.add(s3b, f32x4.mul(x, wb));
  }
  storeFloats(out, s0a, s0b, bias, block, count);
  storeFloats(out + outStride, s1a, s1b, bias, block, count);
  storeFloats(out + outStride * 2, s2a, s2b, bias, block, count);
  storeFloats(out + outStride * 3, s3a, s3b, bias, block, count);
}

function gemm1Floats(a: usize, rowBytes: usize, weights: usize, bias: usize, block: usize, out: usize, count: i32): void {
  let sa = f32x4.splat(0), sb = sa;
  const end = a + rowBytes;
  for (; a < end; a += 4, weights += 32) {
    const x = v128.load32_splat(a);
    sa = f32x4.add(sa, f32x4.mul(x, v128.load(weights)));
    sb = f32x4.add(sb, f32x4.mul(x, v128.load(weights, 16)));
  }
  storeFloats(out, sa, sb, bias, block, count);
}

@inline
function zeroFloats(to: usize, count: i32): void {
  memory.fill(to, 0, <usize>count << 2);
}

@inline
function copyFloats(from: usize, to: usize, count: i32): void {
  for (let at = 0; at < count; at += 4) v128.store(to + (<usize>at << 2), v128.load(from + (<usize>at << 2)));
}

function gatherFloats(block: usize, input: usize, first: i32, count: i32, rowBytes: usize, scratch: usize): void {
  const inH = field(block, 3), inW = field(block, 4), inC = field(block, 5), outW = field(block, 6);
  const kernelH = field(block, 7), kernelW = field(block, 8), strideH = field(block, 9), strideW = field(block, 10);
  const padTop = field(block, 11), padLeft = field(block, 12);
  const rowElements = kernelW * inC;
  for (let pixel = first; pixel < first + count; pixel++) {
    const top = (pixel / outW) * strideH - padTop;
    const left = (pixel % outW) * strideW - padLeft;
    const start = left < 0 ? -left : 0;
    const end = left + kernelW > inW ? inW - left : kernelW;
    let to = scratch + <usize>(pixel - first) * rowBytes;
    for (let ky = 0; ky < kernelH; ky++, to += <usize>rowElements << 2) {
      const y = top + ky;
      if (y < 0 || y >= inH || end <= start) {
        zeroFloats(to, rowElements);
        continue;
      }
      if (start > 0) zeroFloats(to, start * inC);
      const from = input + (<usize>((y * inW + left + start) * inC) << 2);
      copyFloats(from, to + (<usize>(start * inC) << 2), (end - start) * inC);
      if (end < kernelW) zeroFloats(to + (<usize>(end * inC) << 2), (kernelW - end) * inC);
    }
  }
}

/** Convolution or dense layer of one float32 image; the block as for `conv`, bounds as float bits. */
export function convFloats(block: usize, input: usize, out: usize): void {
  const pixels = field(block, 14), channels = field(block, 15), taps = field(block, 16);
  const scratch = <usize>field(block, 17), weights = <usize>field(block, 18), constants = <usize>field(block, 19);
  const rowBytes = <usize>taps << 2;
  const outStride = <usize>channels << 2;
  for (let first = 0; first < pixels; first += CHUNK) {
    const count = min(CHUNK, pixels - first);
    gatherFloats(block, input, first, count, rowBytes, scratch);
    let w = weights, bias = constants;
    for (let channel = 0; channel < channels; channel += 8) {
      const width = channels - channel;
      let to = out + (<usize>(first * channels + channel) << 2);
      let pixel = 0;
      for (; pixel + 4 <= count; pixel += 4, to += outStride * 4) {
        gemm4Floats(scratch + <usize>pixel * rowBytes, rowBytes, w, bias, block, to, outStride, width);
      }
      for (; pixel < count; pixel++, to += outStride) {
        gemm1Floats(scratch + <usize>pixel * rowBytes, rowBytes, w, bias, block, to, width);
      }
      w += <usize>taps << 5;
      bias += 32;
    }
  }
}

function copyImage(block: usize, input: usize): void {
  const inH = field(block, 3), inW = field(block, 4), channels = field(block, 5);
  const pixelBytes = <usize>field(block, 6), rowBytes = <usize>field(block, 7);
  let row = <usize>field(block, 9);
  for (let y = 0; y < inH; y++, row += rowBytes) {
    let to = row;
    for (let x = 0; x < inW; x++, to += pixelBytes, input += <usize>channels << 2) copyFloats(input, to, channels);
  }
}

/** Depthwise convolution of one float32 image; the block as for `depthwise`, bounds as float bits. */
export function depthwiseFloats(block: usize, input: usize, out: usize): void {
  copyImage(block, input);
  const channels = field(block, 5);
  const outH = field(block, 10), outW = field(block, 11), taps = field(block, 12);
  const stepX = <usize>field(block, 13), stepY = <usize>field(block, 14);
  const offsets = <usize>field(block, 15);
  let weights = <usize>field(block, 16), bias = <usize>field(block, 17), origin = <usize>field(block, 18);
  for (let channel = 0; channel < channels; channel += 8) {
    const width = channels - channel;
    let to = out + (<usize>channel << 2);
    let row = origin;
    for (let y = 0; y < outH; y++, row += stepY) {
      let at = row;
      for (let x = 0; x < outW; x++, at += stepX, to += <usize>channels << 2) {
        let sa = f32x4.splat(0), sb = sa;
        for (let tap = 0; tap < taps; tap++) {
          const from = at + load<u32>(offsets + (<usize>tap << 2));
          const w = weights + (<usize>tap << 5);
          sa = f32x4.add(sa, f32x4.mul(v128.load(from), v128.load(w)));
          sb = f32x4.add(sb, f32x4.mul(v128.load(from, 16), v128.load(w, 16)));
        }
        storeFloats(to, sa, sb, bias, block, width);
      }
    }
    weights += <usize>taps << 5;
    bias += 32;
    origin += 32;
  }
}
