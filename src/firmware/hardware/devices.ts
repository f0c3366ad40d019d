/** A picture as pixels in rows: one gray byte, or red green blue, a pixel. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}

/** Where camera frames come from, one after another, from the start again behind the last. */
export interface CameraSource {
  /** Pictures before they repeat. */
  readonly count: number;
  /** What frame `index` (counted from 0, any number) is called: a file's name, "mnist:test 17". */
  nameOf(index: number): string;
  frame(index: number): Frame;
}

/** What `pix_to_ai` left for the accelerator: planar bytes [c][y][x]. */
export interface AcceleratorInput {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly bytes: Uint8Array;
}

/** What other modules may ask of an image by its handle. Throws a GuestError for a handle that lives no more. */
export interface ImageStore {
  /** The picture as pixels, whatever its format. */
  frameOf(handle: number): Frame;
  /** What `pix_to_ai` left; undefined where it was not called since the pixels changed. */
  acceleratorInputOf(handle: number): AcceleratorInput | undefined;
  /** Bytes of the board's memory that images take. */
  readonly usedBytes: number;
  /** Says that the object of an image in Python is gone. */
  drop(handle: number): void;
  /** Frees the images whose objects are gone. */
  collect(): void;
}

/** What the screen shows. */
export interface DisplayState {
  /** The frame buffer as a PNG file; undefined where nothing was ever drawn. */
  png(): Uint8Array | undefined;
}

/** The script's files for native functions; paths are relative to where the script stands. */
export interface GuestStorage {
  /** Undefined where there is no such file. */
  read(path: string): Uint8Array | undefined;
  /** Throws a GuestError where it cannot be written. */
  write(path: string, bytes: Uint8Array): void;
}
