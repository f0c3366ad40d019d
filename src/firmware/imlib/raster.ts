/** Pixels row by row: grey bytes, or 16 bits of red 5, green 6, blue 5. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly format: 'grayscale' | 'rgb565';
  readonly pixels: Uint8Array | Uint16Array;
}

/** A part of a raster, which must lie inside of it. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the fields of a pixel lie, and the most that each holds. */
export const FIELDS = {
  grayscale: [{ shift: 0, most: 0xff }],
  rgb565: [
    { shift: 11, most: 0x1f },
    { shift: 5, most: 0x3f },
    { shift: 0, most: 0x1f },
  ],
} as const;
