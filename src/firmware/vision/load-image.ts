import { FormatError } from '../../errors.ts';
import { frameOf } from '../../deploy/camera/frame.ts';
import { isJpeg } from '../../pictures/jpeg-header.ts';
import { isPng } from '../../pictures/png.ts';
import { readPicture } from '../../pictures/read-picture.ts';
import { GuestError } from '../guest-error.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { GuestImage, ImageFirmware } from './guest-image.ts';

const ENOENT = 2;
/** Folders that a path without a leading "/" may mean. */
const HOMES = ['', '/', '/flash/', '/sd/'];

/**
 * A picture out of the guest's files, of the kinds that the firmwares read: BMP, PGM, PPM; MaixPy decodes a JPEG into colours.
 * Throws a GuestError: OSError 2 where there is no file, OSError for a damaged one or a PNG, NotImplementedError for a JPEG
 * that OpenMV keeps compressed.
 */
export function loadImage(
  hardware: Pick<VirtualHardware, 'readFile'>,
  path: string,
  firmware: ImageFirmware,
): GuestImage {
  const found = HOMES.map((home) => hardware.readFile(home + path)).find((bytes) => bytes !== undefined);
  if (!found) throw new GuestError('OSError', path, ENOENT);
  if (isJpeg(found) && firmware === 'openmv') {
    throw new GuestError(
      'NotImplementedError',
      `image.Image: JPEG is not modelled (${path}): the firmware keeps it compressed; use BMP, PGM or PPM`,
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
