/** A picture of 8 bits a channel, row by row; 1 channel is grey, 3 are red, green, blue. */
export interface Image {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}

/** More pixels than any camera here takes; a header that promises more is refused before anything is allocated. */
export const MAX_PIXELS = 16 * 1024 * 1024;
