import type { Board } from '../../boards/board/board.ts';
import { SpecError } from '../../errors.ts';
import type { Tensor } from '../../models/graph/graph.ts';
import type { Image } from '../../pictures/image.ts';
import type { InputMap } from './frame.ts';
import { convertMaixpy } from './maixpy-camera.ts';
import { convertOpenmv } from './openmv-camera.ts';

type Convert = (image: Image, map: InputMap) => Uint8Array;

/** Firmwares by the name that `--like` takes, with the toolchain whose boards run them. */
const FIRMWARES: Readonly<Record<string, { toolchain: string; convert: Convert }>> = {
  openmv: { toolchain: 'tflm', convert: convertOpenmv },
  maixpy: { toolchain: 'ncc', convert: convertMaixpy },
};

/** The firmware that is asked for, or the board's, or the first. Throws a SpecError that lists them. */
export function imageFirmware(like: string | undefined, board: Board | undefined): string {
  const names = Object.keys(FIRMWARES);
  if (like === undefined) {
    return names.find((name) => FIRMWARES[name].toolchain === board?.runtime.toolchain) ?? names[0];
  }
  if (names.includes(like)) return like;
  throw new SpecError(`--like ${like}: unknown firmware; choose from ${names.join(', ')}`);
}

function inputMap({ shape, name, dtype }: Tensor): InputMap {
  const [batch, height, width, channels] = shape;
  if (shape.length === 4 && batch === 1 && (channels === 1 || channels === 3)) {
    return { height, width, channels };
  }
  throw new SpecError(
    `input "${name}" is ${dtype} [${shape.join(', ')}]; a picture needs [1, height, width, 1 or 3], give .npy, .bin or .json`,
  );
}

/** `pixel * (1.0f / 255.0f)` in single precision (py_tf.c). */
const FLOAT_SCALE = Math.fround(1 / 255);
const SIGN_BIT = 0x80;

/**
 * The values that a firmware would give to a model for a picture: resized and recoloured as it does, then bytes for uint8,
 * bytes with the sign bit turned for int8, and 0..1 for float32, whatever scale the model was trained with. Throws a
 * SpecError for a tensor that takes no picture.
 */
export function convertImage(
  image: Image,
  tensor: Tensor,
  firmware: string,
): Uint8Array | Int8Array | Float32Array {
  const bytes = FIRMWARES[firmware].convert(image, inputMap(tensor));
  if (tensor.dtype === 'uint8') return bytes;
  if (tensor.dtype === 'int8') return Int8Array.from(bytes, (byte) => byte ^ SIGN_BIT);
  if (tensor.dtype === 'float32') return Float32Array.from(bytes, (byte) => byte * FLOAT_SCALE);
  throw new SpecError(`input "${tensor.name}" is ${tensor.dtype}; a picture needs float32, int8 or uint8`);
}
