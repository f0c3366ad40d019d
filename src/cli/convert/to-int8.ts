import { join } from 'node:path';
import { SpecError } from '../../errors.ts';
import { calibrateWith } from '../../kernels/execute/calibration.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { prepareMnist, sliceImages } from '../../datasets/mnist.ts';
import { quantizeGraph } from '../../files/int8-graph.ts';
import { PICTURE_KINDS } from '../../pictures/read-picture.ts';
import { writeTflite } from '../../files/tflite.ts';
import { imageSide } from '../datasets/image-side.ts';
import { firstImages, loadMnistFiles, parseMnist } from '../datasets/mnist-files.ts';
import { listImages } from '../datasets/image-folder.ts';
import { requireTrainedWeights } from '../trained.ts';

/** An int8 file, and how many images its ranges come from. */
export interface Int8Conversion {
  readonly bytes: Uint8Array;
  readonly images: number;
}

type Runs = readonly (readonly Float32Array[])[];

/** Calibration images of MNIST; more move the ranges of its networks by less than a step. */
const MNIST_IMAGES = 500;
const KINDS = [...PICTURE_KINDS, '.npy', '.bin', '.json'];

/**
 * A float32 network as an int8 .tflite, its ranges from `dataset`: mnist, or a folder of pictures and arrays. Throws a
 * SpecError or UnsupportedOpError of one line.
 */
export async function convertToInt8(model: Graph, dataset: string | undefined): Promise<Int8Conversion> {
  const graph = await requireTrainedWeights(model);
  requireFloat(graph);
  if (dataset === undefined) {
    throw new SpecError('--to int8 needs --dataset mnist or a folder of images, from which the ranges come');
  }
  const digits = parseMnist(dataset, 'train');
  const runs = digits
    ? await mnistRuns(graph, digits.count ?? MNIST_IMAGES)
    : await folderRuns(graph, dataset);
  return { bytes: writeTflite(quantizeGraph(graph, calibrateWith(graph, runs))), images: runs.length };
}

function requireFloat({ name, inputs, tensors }: Graph): void {
  const other = inputs.find((index) => tensors[index].dtype !== 'float32');
  if (other === undefined) return;
  throw new SpecError(`${name}: its input is ${tensors[other].dtype} already; convert the float32 network`);
}

/** The first training images, as the authors prepared them. */
async function mnistRuns(graph: Graph, count: number): Promise<Runs> {
  const side = imageSide(graph);
  const images = prepareMnist(firstImages(await loadMnistFiles('train'), count), side);
  return Array.from({ length: images.count }, (_, at) => [sliceImages(images, at, at + 1).pixels]);
}

async function folderRuns(graph: Graph, folder: string): Promise<Runs> {
  const names = await listImages(folder, KINDS);
  const { readInputs } = await import('../run/tensor-inputs.ts');
  const { imageFirmware } = await import('../../deploy/camera/index.ts');
  const firmware = imageFirmware(undefined, undefined);
  const runs: Float32Array[][] = [];
  // One after the other: a large folder has more files than a process may open.
  for (const name of names) {
    const values = await readInputs(graph, [join(folder, name)], firmware);
    runs.push(values.map((one) => Float32Array.from(one as ArrayLike<number>)));
  }
  return runs;
}
