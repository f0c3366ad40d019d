import { join } from 'node:path';
import { SpecError } from '../../errors.ts';
import { firstInput } from '../../models/graph/ends.ts';
import type { Graph } from '../../models/graph/graph.ts';
import type { Image } from '../../pictures/image.ts';
import { PICTURE_KINDS, readPicture } from '../../pictures/read-picture.ts';
import { prepareMnist, sliceImages, type ImageSet } from '../../datasets/mnist.ts';
import { resizeBicubic } from '../../pictures/resize-bicubic.ts';
import { drawnImages } from '../../models/specs/synthetic-weights.ts';
import { imageSide } from './image-side.ts';
import { firstImages, loadMnistFiles, parseMnist } from './mnist-files.ts';
import { listImages } from './image-folder.ts';
import { readBytes } from '../inputs.ts';

/** Images of a calibration as bytes of the model's input (H,W,C), and what to tell about them. */
export interface CalibrationImages {
  readonly images: readonly Uint8Array[];
  readonly note?: string;
}

const MNIST_IMAGES = 500;
const DRAWN_IMAGES = 4;

/** Images of a folder, of MNIST, or drawn ones where nothing is given. Throws a SpecError, FormatError of one line. */
export async function calibrationImages(
  graph: Graph,
  dataset: string | undefined,
): Promise<CalibrationImages> {
  const digits = parseMnist(dataset, 'train');
  if (digits) return { images: await mnistImages(graph, digits.count ?? MNIST_IMAGES) };
  const map = inputMap(graph);
  if (dataset !== undefined) return { images: await folderImages(dataset, map) };
  const note =
    `no --dataset: ranges come from ${DRAWN_IMAGES} images of drawn bytes; sizes and plan are as with any, but for ` +
    'accuracy give --dataset DIR or mnist';
  return { images: drawnImages(map.height * map.width * map.channels, DRAWN_IMAGES), note };
}

interface InputMap {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A vector is a map of one pixel. */
function inputMap(graph: Graph): InputMap {
  const [height, width, channels] = [1, 1, 1, ...firstInput(graph).shape.slice(1)].slice(-3);
  return { height: height, width: width, channels: channels };
}

/** The first training images, as the authors prepared them. */
async function mnistImages(graph: Graph, count: number): Promise<Uint8Array[]> {
  const side = imageSide(graph);
  return bytesOf(prepareMnist(firstImages(await loadMnistFiles('train'), count), side));
}

/** Each image as the bytes that a camera would give. */
export function bytesOf(set: ImageSet): Uint8Array[] {
  return Array.from({ length: set.count }, (_, at) =>
    Uint8Array.from(sliceImages(set, at, at + 1).pixels, (pixel) => Math.round(255 * pixel)),
  );
}

async function folderImages(folder: string, map: InputMap): Promise<Uint8Array[]> {
  const names = await listImages(folder, PICTURE_KINDS);
  if (map.channels !== 1 && map.channels !== 3) {
    throw new SpecError(
      `--dataset ${folder}: the model takes ${map.channels} channels, pictures have 1 or 3`,
    );
  }
  const images: Uint8Array[] = [];
  for (const name of names) {
    const path = join(folder, name);
    images.push(convert(readPicture(await readBytes(path), path), map));
  }
  return images;
}

/** Stretched and recoloured as ncc 0.1 does (docs/hardware/k210.md#quantizer). */
function convert(image: Image, { height, width, channels }: InputMap): Uint8Array {
  const coloured = image.channels === channels ? image : recolour(image);
  return resizeBicubic(coloured.pixels, coloured, { width, height });
}

/** Grey by the weights of ITU-R BT.709, ImageSharp's default, or three equal channels. */
function recolour({ width, height, channels, pixels }: Image): Image {
  if (channels === 1) {
    return {
      width,
      height,
      channels: 3,
      pixels: Uint8Array.from({ length: 3 * pixels.length }, (_, at) => pixels[Math.floor(at / 3)]),
    };
  }
  const grey = Uint8Array.from({ length: width * height }, (_, at) => {
    const [red, green, blue] = pixels.subarray(3 * at, 3 * at + 3);
    return Math.round(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  });
  return { width, height, channels: 1, pixels: grey };
}
