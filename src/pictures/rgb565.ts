/** The 16-bit pixel of a camera's frame: COLOR_R8_G8_B8_TO_RGB565 of OpenMV's image library (imlib.h). */
export function packRgb565(red: number, green: number, blue: number): number {
  return ((red & 0xf8) << 8) | ((green & 0xfc) << 3) | (blue >> 3);
}

/** COLOR_RGB565_TO_R8, _G8 and _B8 of the same library: the high bits repeated in the low ones. */
export function redOf(pixel: number): number {
  const bits = (pixel >> 8) & 0xf8;
  return bits | (bits >> 5);
}

export function greenOf(pixel: number): number {
  const bits = (pixel >> 3) & 0xfc;
  return bits | (bits >> 6);
}

export function blueOf(pixel: number): number {
  const bits = (pixel << 3) & 0xf8;
  return bits | (bits >> 5);
}
