import { encodeBmp } from '../../pictures/write-bmp.ts';
import { unpackRgb565 } from '../../deploy/camera/frame.ts';
import { GuestError } from '../guest-error.ts';
import type { HostModule } from '../host-module.ts';
import { copyRectangle, makeImage, type GuestImage } from './guest-image.ts';
import { rectangleOf, type RectangleArguments } from './host-arguments.ts';
import { jpegOf, payForJpeg } from './image-jpegs.ts';
import { areaOf, partOf, payFor, type ImageParts } from './image-parts.ts';

const KINDS: Readonly<Record<string, string>> = {
  ...{ jpg: 'jpeg', jpeg: 'jpeg', jpe: 'jpeg', jif: 'jpeg', jfif: 'jpeg', jfi: 'jpeg' },
  ...{ bmp: 'bmp', pgm: 'pnm', ppm: 'pnm' },
};

/** Kind of file by the path's ending, and the path with one: the standard where the script gives none. */
function kindOf(path: string, standard: 'bmp' | 'jpg' = 'bmp') {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!name.includes('.')) return { kind: KINDS[standard], target: `${path}.${standard}` };
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const kind = KINDS[ending];
  if (kind) return { kind, target: path };
  throw new GuestError('NotImplementedError', `image.save: a file of the kind .${ending} is not modelled`);
}

function encodePnm({ width, height, ...image }: GuestImage): Uint8Array {
  const pixels = image.pixels.subarray(0, width * height);
  const bytes = pixels instanceof Uint8Array ? pixels : unpackRgb565(pixels);
  const head = new TextEncoder().encode(
    `P${pixels instanceof Uint8Array ? 5 : 6}\n${width} ${height}\n255\n`,
  );
  const file = new Uint8Array(head.length + bytes.length);
  file.set(head);
  file.set(bytes, head.length);
  return file;
}

function encode(image: GuestImage, kind: string, quality: number): Uint8Array {
  if (kind === 'bmp') return encodeBmp(image);
  if (kind === 'pnm') return encodePnm(image);
  return jpegOf(image, quality);
}

/** Writing images into the script's files. */
export function fileModule({ hardware, images }: ImageParts): HostModule {
  const store = (path: string, bytes: Uint8Array) => {
    hardware.spend('file.byte', bytes.length);
    hardware.storage?.write(path, bytes);
  };
  return {
    /** A JPEG image goes into a file as it is (imlib_save_image). */
    image_save_jpeg(handle: number, path: string) {
      const { kind, target } = kindOf(path, 'jpg');
      if (kind !== 'jpeg') {
        throw new GuestError('NotImplementedError', `image.save: a JPEG image as ${path} is not modelled`);
      }
      store(target, images.jpegOf(handle)!);
    },
    image_save(handle: number, path: string, quality: number, ...roi: RectangleArguments) {
      const image = images.get(handle);
      const part = partOf(image, rectangleOf(roi));
      const copy = makeImage(part.width, part.height, image.format);
      copyRectangle(image, part, copy);
      const { kind, target } = kindOf(path);
      const bytes = encode(copy, kind, quality);
      if (kind === 'jpeg') payForJpeg({ hardware }, image, areaOf(part));
      else payFor(hardware, 'copy', areaOf(part));
      store(target, bytes);
    },
  };
}
