import { GuestError } from '../guest-error.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import { clipRectangle, isGrey } from './guest-image.ts';
import type { GuestFormat, GuestImage, ImageFirmware, Rectangle } from './guest-image.ts';
import type { Images, Memory } from './image-heap.ts';

/** Formats as numbers between Python and host. */
export const FORMATS: readonly GuestFormat[] = ['grayscale', 'rgb565'];

/** What the modules of one run share. */
export interface ImageParts {
  readonly hardware: VirtualHardware;
  readonly images: Images;
  readonly firmware: ImageFirmware;
  /** The camera's frame buffer, which snapshots and `copy_to_fb` share. */
  readonly frameBuffer: Memory;
}

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

export const areaOf = ({ width, height }: ImageSize): number => width * height;

/** Charges one call of an image function and, by `image.KIND.pixel`, its pixels. */
export function payFor(hardware: VirtualHardware, kind: string, pixels: number): void {
  hardware.spend('image.call');
  hardware.spend(`image.${kind}.pixel`, pixels);
}

/**
 * Charges work before it is done, however long the board would be at it. Throws a GuestError as `requireTime` where the run
 * ends before the work would.
 */
export function payFirst(hardware: VirtualHardware, kind: string, pixels: number): void {
  payFor(hardware, kind, pixels);
  requireTime(hardware);
}

/** Throws the KeyboardInterrupt with which a run ends where its time is over: nothing sees what is not done any more. */
export function requireTime({ nowPs, limitPs }: VirtualHardware): void {
  if (nowPs >= limitPs) throw new GuestError('KeyboardInterrupt', '');
}

/** What the stack of OpenMV's frame buffer holds (OPENMV4P omv_boardconfig.h: OMV_FB_ALLOC_SIZE, 11 MiB). */
export const STACK_BYTES = 11 * 2 ** 20;

/** Throws a MemoryError as fb_alloc_fail does where so many bytes are not left on the frame buffer's stack. */
export function requireStack(bytes: number): void {
  if (bytes <= STACK_BYTES) return;
  const bypass =
    'Please reduce the resolution of the image you are running this algorithm on to bypass this issue!';
  throw new GuestError('MemoryError', `Out of fast Frame Buffer Stack Memory! ${bypass}`);
}

/** An OSError with a text, which is what an assertion of the firmwares raises (py_assert.h). */
export function assertGuest(holds: boolean, message: string): void {
  if (!holds) throw new GuestError('OSError', message);
}

/** The part of an image that a script asks for. Throws a GuestError where none of it lies in the image. */
export function partOf(image: GuestImage, roi: Rectangle): Rectangle {
  const part = clipRectangle(roi, image);
  if (part) return part;
  throw new GuestError('OSError', 'Invalid ROI dimensions!');
}

/** The image. Throws a GuestError for a colour image, of which the method `name` is not modelled. */
export function greyOnly(image: GuestImage, name: string): GuestImage {
  if (isGrey(image)) return image;
  throw new GuestError('NotImplementedError', `image.Image.${name} of an RGB565 image is not modelled`);
}

/** Sides of an image whose blocks of pixels become one each. Throws a GuestError for a block that does not fit. */
export function pooledSides({ width, height }: GuestImage, divX: number, divY: number): ImageSize {
  assertGuest(divX >= 1, 'Width divisor must be greater than >= 1');
  assertGuest(divX <= width, 'Width divisor must be less than <= img width');
  assertGuest(divY >= 1, 'Height divisor must be greater than >= 1');
  assertGuest(divY <= height, 'Height divisor must be less than <= img height');
  return { width: Math.trunc(width / divX), height: Math.trunc(height / divY) };
}
