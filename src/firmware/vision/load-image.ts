import { FormatError } from '../../errors.ts';
import { frameOf } from '../../deploy/camera/frame.ts';
import { isJpeg } from '../../pictures/jpeg-header.ts';
import { isPng } from '../../pictures/png.ts';
import { readPicture } from '../../pictures/read-picture.ts';
import { GuestError } from '../guest-error.ts';
import type { GuestImage } from './guest-image.ts';

const ENOENT = 2;
/** Folders that a path without a leading "/" may mean. */
const HOMES = ['', '/', '/flash/', '/sd/'];

/**
 * A picture out of the guest's files, of the kinds that both firmwares read: BMP, PGM, PPM. Throws a GuestError: OSError 2
 * where there is no file, OSError for a damaged one or a PNG, NotImplementedError for JPEG.
 */
export function loadImage(files: ReadonlyMap<string, Uint8Array>, path: string): GuestImage {
  const found = HOMES.map((home) => files.get(home + path)).find((bytes) => bytes !== undefined);
  if (!found) throw new GuestError('OSError', path, ENOENT);
  if (isJpeg(found)) {
    throw new GuestError(
      'NotImplementedError',
      `image.Image: JPEG is not modelled (${path}); use BMP, PGM or PPM`,
    );
  }
  if (isPng(found)) {
    throw new GuestError(
      'OSError',
      `${path}: the firmware reads no PNG; with --camera it may be a picture, or use BMP`,
    );
  }
  try {
    return pictureOf(found, path);
  } catch (error) {
    if (error instanceof FormatError) throw new GuestError('OSError', error.message);
    throw error;
  }
}

function pictureOf(bytes: Uint8Array, path: string): GuestImage {
  const picture = readPicture(bytes, path);
  return { ...frameOf(picture), format: picture.channels === 1 ? 'grayscale' : 'rgb565' };
}
