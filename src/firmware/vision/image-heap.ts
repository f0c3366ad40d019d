import { blueOf, greenOf, redOf } from '../../deploy/camera/frame.ts';
import type { AcceleratorInput, Frame, ImageStore } from '../hardware/devices.ts';
import { GuestError } from '../guest-error.ts';
import { bytesPerPixel, isGrey, makeImage, planesBytes } from './guest-image.ts';
import type { GuestFormat, GuestImage } from './guest-image.ts';

/** Bytes that one or more images share: pixels, and the planes that the accelerator reads. */
export interface Memory {
  readonly pixels: ArrayBuffer;
  /** What both take of the guest's heap; 0 in the camera's frame buffer, which is no part of it. */
  heapBytes: number;
  /** Images that lie in it. */
  users: number;
  /** Room for planes that the firmware took with the image. */
  hasRoomForPlanes: boolean;
  /** What `pix_to_ai()` or the camera wrote. */
  planes: Uint8Array | null;
}

interface Entry {
  image: GuestImage;
  /** What the image holds in place of pixels once it is compressed. */
  jpeg?: Uint8Array;
  readonly memory: Memory;
  /** Its object in Python is gone: the next collection of the board frees it. */
  isGarbage: boolean;
}

/** How much of the heap an image takes on making: with room for planes, as `copy` of MaixPy does, or without. */
export interface AllocateOptions {
  readonly withPlanes?: boolean;
}

const PLANES_OF_A_COPY = 3;
/** Heap that the object of an image takes besides its pixels: py_image_obj_t of 40 bytes, in blocks of 32. */
const OBJECT_BYTES = 64;

/**
 * The guest's images by integer handles, in a heap of the board's size.
 *
 * What is freed, and when: as on the board, nothing until a collection, and then the images whose objects in Python are
 * gone (`drop`). An image that does not fit after that is a MemoryError, so a list that grows without end stops as on the
 * board. One case differs: other objects of Python take nothing of this heap.
 */
export class Images implements ImageStore {
  readonly #heapBytes: number;
  readonly #entries = new Map<number, Entry>();
  #usedBytes = 0;
  #lastHandle = 0;

  constructor(heapBytes: number) {
    this.#heapBytes = heapBytes;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** The image behind a handle. Throws a NotImplementedError for one that is compressed. */
  get(handle: number): GuestImage {
    const { image, jpeg } = this.#entry(handle);
    if (!jpeg) return image;
    throw new GuestError(
      'NotImplementedError',
      'image.Image: what reads or draws on pixels, of a JPEG image',
    );
  }

  /** Sides of the image, compressed or not, and the format of its pixels before. */
  shapeOf(handle: number): GuestImage {
    return this.#entry(handle).image;
  }

  /** What a compressed image holds; undefined for one with pixels. */
  jpegOf(handle: number): Uint8Array | undefined {
    return this.#entry(handle).jpeg;
  }

  /** The image holds a JPEG from now on, in the memory of its pixels. */
  compress(handle: number, jpeg: Uint8Array): void {
    this.#entry(handle).jpeg = jpeg;
  }

  /** A new JPEG image on the heap. Throws a MemoryError where it does not fit. */
  addJpeg(image: GuestImage, jpeg: Uint8Array): number {
    this.#take(jpeg.length + OBJECT_BYTES);
    const memory = { heapBytes: jpeg.length, users: 0, hasRoomForPlanes: false, planes: null };
    const handle = this.#add(image, { pixels: new ArrayBuffer(0), ...memory });
    this.compress(handle, jpeg);
    return handle;
  }

  /** The bytes behind a handle. */
  memoryOf(handle: number): Memory {
    return this.#entry(handle).memory;
  }

  /** A new image on the heap, its pixels 0. Throws a MemoryError where it does not fit; nothing has changed then. */
  allocate(width: number, height: number, format: GuestFormat, { withPlanes = false }: AllocateOptions = {}) {
    const area = width * height;
    const pixelBytes = area * bytesPerPixel(format);
    const heapBytes = pixelBytes + (withPlanes ? PLANES_OF_A_COPY * area : 0);
    this.#take(heapBytes + OBJECT_BYTES);
    const pixels = new ArrayBuffer(pixelBytes);
    const memory = { pixels, heapBytes, users: 0, hasRoomForPlanes: withPlanes, planes: null };
    return this.#add(makeImage(width, height, format, pixels), memory);
  }

  /** Asks whether so many bytes are left, for what lives only during a call. Throws a MemoryError where they are not. */
  requireFree(bytes: number): void {
    this.#take(bytes);
    this.#usedBytes -= bytes;
  }

  /** Another image in memory that is there already. Throws a MemoryError where its object does not fit. */
  share(image: GuestImage, memory: Memory): number {
    this.#take(OBJECT_BYTES);
    return this.#add(image, memory);
  }

  /** The image behind a handle becomes another one in the same memory, as in-place operations make it. */
  replace(handle: number, image: GuestImage): void {
    this.#entry(handle).image = image;
  }

  /** The planes of an image, taken from the heap where it has none. Throws a MemoryError where they do not fit. */
  planesOf(handle: number): Uint8Array {
    const { image, memory } = this.#entry(handle);
    const bytes = planesBytes(image);
    if (memory.planes && memory.planes.length >= bytes) return memory.planes;
    if (!memory.hasRoomForPlanes && memory.heapBytes > 0) {
      this.#take(bytes);
      memory.heapBytes += bytes;
    }
    return (memory.planes = new Uint8Array(bytes));
  }

  /** Says that the object of the image in Python is gone. */
  drop(handle: number): void {
    const entry = this.#entries.get(handle);
    if (entry) entry.isGarbage = true;
  }

  /** Frees the images whose objects are gone. */
  collect(): void {
    for (const [handle, { isGarbage, memory }] of this.#entries) {
      if (!isGarbage) continue;
      this.#entries.delete(handle);
      this.#usedBytes -= OBJECT_BYTES + (--memory.users === 0 ? memory.heapBytes : 0);
    }
  }

  frameOf(handle: number): Frame {
    const image = this.get(handle);
    const { width, height } = image;
    const count = width * height;
    if (isGrey(image)) {
      return { width, height, channels: 1, pixels: Uint8Array.from(image.pixels.subarray(0, count)) };
    }
    const pixels = new Uint8Array(3 * count);
    for (let at = 0; at < count; at++) {
      const pixel = image.pixels[at];
      pixels.set([redOf(pixel), greenOf(pixel), blueOf(pixel)], 3 * at);
    }
    return { width, height, channels: 3, pixels };
  }

  acceleratorInputOf(handle: number): AcceleratorInput | undefined {
    const { image, memory } = this.#entry(handle);
    const bytes = memory.planes?.subarray(0, planesBytes(image));
    if (bytes?.length !== planesBytes(image)) return undefined;
    return { width: image.width, height: image.height, channels: isGrey(image) ? 1 : 3, bytes };
  }

  #entry(handle: number): Entry {
    const entry = this.#entries.get(handle);
    if (!entry) throw new Error(`there is no image ${handle}`);
    return entry;
  }

  #add(image: GuestImage, memory: Memory): number {
    const handle = ++this.#lastHandle;
    memory.users++;
    this.#entries.set(handle, { image, memory, isGarbage: false });
    return handle;
  }

  #take(bytes: number): void {
    if (this.#usedBytes + bytes > this.#heapBytes) {
      throw new GuestError('MemoryError', `memory allocation failed, allocating ${bytes} bytes`);
    }
    this.#usedBytes += bytes;
  }
}
