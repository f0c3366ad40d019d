import { packRgb565 } from '../../deploy/camera/frame.ts';
import type { CameraSource, Frame } from '../hardware/devices.ts';
import { greyToRgb565, makeImage } from './guest-image.ts';
import type { GuestFormat, GuestImage, ImageFirmware } from './guest-image.ts';
import { rgb565ToGrey } from './guest-image.ts';

/** What the camera reads out, in pixels of its frame. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How a script set the sensor up. */
export interface CameraSettings {
  readonly format: GuestFormat;
  readonly window: Window;
  readonly mirrors: boolean;
  readonly flips: boolean;
}

/**
 * What the camera sees of a picture, by one rule: the picture stands as high as the window that is read out, in its middle.
 * It is scaled by one factor for both axes, by the nearest pixel; at the sides a wider picture is cut off, and a narrower
 * one goes on with its border pixels, as paper does around a digit. So a picture of the window's size passes untouched, one
 * that is a whole number of times smaller is repeated pixel by pixel, and where the window lies in the frame makes no
 * difference. Grey stays grey in a GRAYSCALE frame; in an RGB565 frame it loses the low bits that 16 bits cannot hold, as on
 * the board; colours always pass through RGB565.
 */
export function seePicture(picture: Frame, settings: CameraSettings, firmware: ImageFirmware): GuestImage {
  const { width, height } = settings.window;
  const image = makeImage(width, height, settings.format);
  const scale = height / picture.height;
  const columns = nearestPixels(picture.width, width, scale);
  const rows = nearestPixels(picture.height, height, scale);
  for (let y = 0; y < height; y++) {
    const row = rows[settings.flips ? height - 1 - y : y];
    for (let x = 0; x < width; x++) {
      const column = columns[settings.mirrors ? width - 1 - x : x];
      const at = row * picture.width + column;
      image.pixels[y * width + x] = pixelOf(picture, at, settings.format, firmware);
    }
  }
  return image;
}

/** For each of `windowPixels` the pixel of a centred picture that is seen there, its border pixels beyond its ends. */
function nearestPixels(picturePixels: number, windowPixels: number, scale: number): number[] {
  const margin = (windowPixels - picturePixels * scale) / 2;
  return Array.from({ length: windowPixels }, (_, at) =>
    Math.min(picturePixels - 1, Math.max(0, Math.floor((at - margin) / scale))),
  );
}

function pixelOf(
  { channels, pixels }: Frame,
  at: number,
  format: GuestFormat,
  firmware: ImageFirmware,
): number {
  if (channels === 1) return format === 'grayscale' ? pixels[at] : greyToRgb565(pixels[at]);
  const packed = packRgb565(pixels[3 * at], pixels[3 * at + 1], pixels[3 * at + 2]);
  return format === 'grayscale' ? rgb565ToGrey(packed, firmware) : packed;
}

type FrameSizes = Readonly<Record<string, readonly [width: number, height: number]>>;

const SMALL_SIZES: FrameSizes = {
  ...{
    QQCIF: [88, 72],
    QCIF: [176, 144],
    CIF: [352, 288],
    QQSIF: [88, 60],
    QSIF: [176, 120],
    SIF: [352, 240],
  },
  ...{ QQQQVGA: [40, 30], QQQVGA: [80, 60], QQVGA: [160, 120], QVGA: [320, 240], VGA: [640, 480] },
  ...{ HQQQVGA: [60, 40], HQQVGA: [120, 80], HQVGA: [240, 160] },
};
const SQUARE_SIZES: FrameSizes = {
  B64X32: [64, 32],
  B64X64: [64, 64],
  B128X64: [128, 64],
  B128X128: [128, 128],
};
const QQVGA2 = [128, 160] as const;

/**
 * Frame sizes by their constants' names, as width and height, in the order of the firmware's numbers from 1 on.
 * Source: sensor.h and the table `resolution` of sensor.c, of MaixPy v0.5.0 and openmv/openmv v3.9.
 */
export const FRAME_SIZES: Readonly<Record<ImageFirmware, FrameSizes>> = {
  maixpy: { ...SMALL_SIZES, ...SQUARE_SIZES, LCD: QQVGA2, QQVGA2 },
  openmv: {
    ...{ ...SMALL_SIZES, HVGA: [480, 320], ...SQUARE_SIZES, LCD: QQVGA2, QQVGA2 },
    ...{ WVGA: [720, 480], WVGA2: [752, 480], SVGA: [800, 600], XGA: [1024, 768], SXGA: [1280, 1024] },
    ...{ UXGA: [1600, 1200], HD: [1280, 720], FHD: [1920, 1080], QHD: [2560, 1440], QXGA: [2048, 1536] },
    ...{ WQXGA: [2560, 1600], WQXGA2: [2592, 1944] },
  },
};

/** The pictures of a run, one after the other. */
export class Camera {
  readonly #source: CameraSource;
  #next = 0;

  constructor(source: CameraSource) {
    this.#source = source;
  }

  /** The next picture of the source; the first again behind the last. */
  takePicture(): Frame {
    return this.#source.frame(this.#next++ % this.#source.count);
  }
}
