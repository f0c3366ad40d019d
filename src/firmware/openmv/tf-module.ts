import { convertImage, imageFirmware } from '../../deploy/camera/index.ts';
import { SpecError } from '../../errors.ts';
import type { TensorData } from '../../kernels/definition/kernel.ts';
import { GuestError } from '../guest-error.ts';
import type { Frame } from '../hardware/devices.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import { toHex, type HostModule } from '../host-module.ts';
import { clipRectangle, type Rectangle } from '../vision/guest-image.ts';
import { rectangleOf, type RectangleArguments } from '../vision/host-arguments.ts';
import { TfModels, type TfModel } from './tf-models.ts';
import { detectionWindows } from './detection-windows.ts';

type ScaleArguments = [minScale: number, scaleMul: number, xOverlap: number, yOverlap: number];
type WindowsArguments = [...roi: RectangleArguments, ...scales: ScaleArguments];

/** What `tf.py` calls. Outputs are those of `kernels/execute/executor.ts`, times those of the simulator. */
export function tfModule(hardware: VirtualHardware): HostModule {
  const models = new TfModels(hardware);
  const frameOf = (image: number) => hardware.images!.frameOf(image);
  return {
    tf_load: (path: string, isInFrameBuffer: boolean) => models.load(path, isInFrameBuffer),
    tf_free: (handle: number) => models.free(handle),
    tf_free_from_fb: () => models.freeFromFrameBuffer(),
    tf_facts: (handle: number) => JSON.stringify(factsOf(models.get(handle))),
    tf_windows(image: number, ...[x, y, width, height, ...scales]: WindowsArguments) {
      const roi = clipRectangle({ x, y, width, height }, frameOf(image));
      if (!roi) throw new GuestError('OSError', 'Invalid ROI dimensions!');
      const [minScale, scaleMul, xOverlap, yOverlap] = scales;
      const windows = detectionWindows(roi, { minScale, scaleMul, xOverlap, yOverlap });
      return JSON.stringify(windows.map((window) => [window.x, window.y, window.width, window.height]));
    },
    // Each window pays for a whole call; on the board the script's part of it comes once.
    tf_classify(handle: number, image: number, ...roi: RectangleArguments) {
      const model = models.get(handle);
      const scores = classify(hardware, model, cut(frameOf(image), rectangleOf(roi)));
      model.inference.run(hardware);
      return toHex(new Uint8Array(scores.buffer));
    },
  };
}

function factsOf({ graph, input }: TfModel) {
  const [, height = 1, width = 1, channels = 1] = input.shape;
  return { bytes: graph.fileBytes, height, width, channels, dtype: input.dtype };
}

/** The part of a frame, which must lie inside it. */
function cut({ width: stride, channels, pixels }: Frame, { x, y, width, height }: Rectangle): Frame {
  const part = new Uint8Array(width * height * channels);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * stride + x) * channels;
    part.set(pixels.subarray(from, from + width * channels), row * width * channels);
  }
  return { width, height, channels, pixels: part };
}

function classify({ board }: VirtualHardware, model: TfModel, frame: Frame): Float32Array {
  requireVector(model);
  const input = asGuestError(() => convertImage(frame, model.input, imageFirmware(undefined, board)));
  return scoresOf(model.executor.run([input])[0], model);
}

/** A tensor that takes no picture, in the words of the firmware's callback. */
function asGuestError<Result>(convert: () => Result): Result {
  try {
    return convert();
  } catch (error) {
    if (error instanceof SpecError) throw new GuestError('ValueError', error.message);
    throw error;
  }
}

function requireVector({ output: { shape } }: TfModel): void {
  const [height = 1, width = 1] = shape.slice(1, -1);
  if (height !== 1) throw new GuestError('ValueError', 'Expected model output height to be 1!');
  if (width !== 1) throw new GuestError('ValueError', 'Expected model output width to be 1!');
}

const SIGN_BIT = 0x80;
const MAX_BYTE = 255;

/** Scores as `output()` gives them: floats as they are, bytes as shares of 255, the sign bit of int8 turned (py_tf.c:380). */
function scoresOf(values: TensorData, { output: { dtype, name } }: TfModel): Float32Array {
  if (dtype === 'float32') return Float32Array.from(values as Float32Array);
  if (dtype === 'uint8') return Float32Array.from(values as Uint8Array, (byte) => byte / MAX_BYTE);
  if (dtype === 'int8') {
    return Float32Array.from(values as Int8Array, (value) => ((value & MAX_BYTE) ^ SIGN_BIT) / MAX_BYTE);
  }
  throw new GuestError('NotImplementedError', `tf: output "${name}" of type ${dtype} is not modelled`);
}
