// What all kernels share: parameter blocks, and stores of some lanes. Loads and vector stores may run past the end of an
// array where the comment of a kernel says so; the workspace leaves room.

/** A field of a parameter block. */
@inline
export function field(block: usize, index: i32): i32 {
  return load<i32>(block + (<usize>index << 2));
}

/** A field in all four lanes. */
@inline
export function splatField(block: usize, index: i32): v128 {
  return v128.load32_splat(block + (<usize>index << 2));
}

/** The first `count` bytes of a vector, up to eight. */
export function storeBytes(to: usize, bytes: v128, count: i32): void {
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

/** The first `count` floats of a vector, up to four. */
export function storeFloats(to: usize, x: v128, count: i32): void {
  if (count >= 4) {
    v128.store(to, x);
    return;
  }
  store<f32>(to, f32x4.extract_lane(x, 0));
  if (count > 1) store<f32>(to, f32x4.extract_lane(x, 1), 4);
  if (count > 2) store<f32>(to, f32x4.extract_lane(x, 2), 8);
}
