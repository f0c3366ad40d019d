import { basename, extname, join } from 'node:path';
import type { Board } from '../../boards/board/board.ts';
import { SpecError } from '../../errors.ts';
import type { FlashWriteView } from '../../firmware/hardware/flash-image.ts';
import type { Picture } from '../../firmware/guest/run-guest.ts';
import { kitOf } from '../../firmware/kits.ts';
import { requireFlashPlaces } from '../../models/formats/kfpkg/flash.ts';
import { flashBytesOf, readKfpkg } from '../../models/formats/kfpkg/kfpkg.ts';
import { sniffKind } from '../../models/formats/sniff.ts';
import { readBytes } from '../inputs.ts';

const MNIST = /^mnist(?::(train|test))?(:paper)?$/;
const WHITE = 255;

/** Where a converted network's ranges come from: MNIST where it is installed, or drawn pictures, which take no time. */
export type Ranges = 'mnist' | 'drawn';
const ADDRESS = /^(0x[0-9a-f]{1,8}|\d{1,10})$/i;

/**
 * What `--flash` names: ADDRESS=FILE, ADDRESS=paper:8, or a .kfpkg alone, whose files say where they go. A package of one
 * file goes where it is told; one of several keeps its own addresses, of which one must be the address that is given.
 * Throws a SpecError or FormatError of one line.
 */
export async function readFlashOptions(
  texts: readonly string[],
  board: Board,
  ranges: Ranges = 'mnist',
): Promise<FlashWriteView[]> {
  if (texts.length > 0 && !kitOf(board).readsFlash) {
    throw new SpecError(
      `--flash: scripts of board "${board.id}" load from files; give --file ${fileOf(texts[0])}`,
    );
  }
  const writes = (await Promise.all(texts.map((text) => readFlashOption(text, board, ranges)))).flat();
  requireFlashPlaces(writes.map((write) => ({ ...write, name: `--flash ${write.name}` })));
  return writes;
}

function fileOf(text: string): string {
  const [head, tail] = splitOnce(text);
  return tail ?? head;
}

async function readFlashOption(text: string, board: Board, ranges: Ranges): Promise<FlashWriteView[]> {
  const [head, tail] = splitOnce(text);
  const address = tail === undefined ? undefined : parseAddress(head, text);
  const source = tail ?? head;
  const bytes = await readContent(source, board, ranges);
  if (sniffKind(bytes) === 'kfpkg') return unpack(bytes, source, address);
  if (address !== undefined) return [{ address, bytes, name: source }];
  throw new SpecError(`--flash ${text}: say where it goes, as in --flash 0x300000=${text}`);
}

function unpack(bytes: Uint8Array, name: string, address: number | undefined): FlashWriteView[] {
  const entries = readKfpkg(bytes, name);
  const writes = entries.map((entry) => {
    return { address: entry.address, bytes: flashBytesOf(entry), name: `${name}: ${entry.bin}` };
  });
  if (address === undefined || writes.some((write) => write.address === address)) return writes;
  if (writes.length === 1) return [{ ...writes[0], address }];
  const own = writes.map((write) => `0x${write.address.toString(16)}`).join(', ');
  throw new SpecError(`--flash ${name}: holds ${writes.length} files at ${own}; leave the address out`);
}

function parseAddress(head: string, text: string): number {
  if (ADDRESS.test(head)) return Number(head);
  throw new SpecError(`--flash ${text}: "${head}" is no address; write it like 0x300000=m.kfpkg`);
}

/** Cuts at the first "=", unless it belongs to a spec such as paper:8,k=5. */
function splitOnce(text: string): [head: string, tail: string | undefined] {
  const at = text.indexOf('=');
  if (at < 0 || /^[a-z]+:/i.test(text)) return [text, undefined];
  return [text.slice(0, at), text.slice(at + 1)];
}

/**
 * What `--file` names: FILE, which lies in the folder where scripts start, or PATH=FILE with its place on the board; a spec
 * such as net.tflite=paper:8 is a file too. Throws a SpecError or FormatError of one line.
 */
export async function readFileOptions(
  texts: readonly string[],
  board: Board,
): Promise<Record<string, Uint8Array>> {
  const home = kitOf(board).home ?? '/';
  const read = async (text: string) => {
    const [head, tail] = splitOnce(text);
    const path = tail === undefined ? basename(head) : head;
    const absolute = path.startsWith('/') ? path : `${home.replace(/\/$/, '')}/${path}`;
    return [absolute, await readContent(tail ?? head, board)] as const;
  };
  return Object.fromEntries(await Promise.all(texts.map(read)));
}

/** A file's bytes, or a spec's network as the board's toolchain takes it. */
async function readContent(source: string, board: Board, ranges: Ranges = 'mnist'): Promise<Uint8Array> {
  const { modelFromSpec } = await import('../../files/spec-graphs.ts');
  const graph = modelFromSpec(source);
  if (!graph) return readBytes(source);
  if (board.runtime.toolchain !== 'ncc') {
    const { requireTrainedWeights } = await import('../trained.ts');
    const { writeTflite } = await import('../../files/tflite.ts');
    return writeTflite(await requireTrainedWeights(graph));
  }
  const { convertKmodel } = await import('../convert/to-kmodel.ts');
  const { findMnistFolder } = await import('../datasets/mnist-files.ts');
  const dataset = ranges === 'mnist' && (await findMnistFolder()) ? 'mnist' : undefined;
  return (await convertKmodel(graph, { dataset, floatFc: false, channelwiseOutput: false, address: '0' }))
    .bytes;
}

/**
 * Pictures of `--camera`: a file, a folder in order of names, or mnist:test, whose digits are light on black as in the
 * set; mnist:test:paper shows them as a camera would, dark on white. Throws a SpecError of one line.
 */
export async function readCamera(text: string): Promise<Picture[]> {
  const digits = MNIST.exec(text);
  if (digits) return readDigits(digits[1] === 'train' ? 'train' : 'test', digits[2] !== undefined);
  const { stat } = await import('node:fs/promises');
  const isFolder = (await stat(text).catch(() => undefined))?.isDirectory() ?? false;
  if (!isFolder) return [await readFrame(text, basename(text))];
  const { readdir } = await import('node:fs/promises');
  const { PICTURE_KINDS } = await import('../../pictures/read-picture.ts');
  const isPicture = (name: string) => PICTURE_KINDS.includes(extname(name).toLowerCase());
  const names = (await readdir(text)).filter(isPicture).sort();
  if (names.length === 0) {
    throw new SpecError(`--camera ${text}: holds no pictures; put in ${PICTURE_KINDS.join(' ')} files`);
  }
  const pictures: Picture[] = [];
  for (const name of names) pictures.push(await readFrame(join(text, name), name));
  return pictures;
}

async function readFrame(path: string, name: string): Promise<Picture> {
  const { readPicture } = await import('../../pictures/read-picture.ts');
  return { ...readPicture(await readBytes(path), path), name };
}

async function readDigits(part: 'train' | 'test', isPaper: boolean): Promise<Picture[]> {
  const { loadMnistFiles } = await import('../datasets/mnist-files.ts');
  const { parseIdx } = await import('../../datasets/idx.ts');
  const { shape, data } = parseIdx((await loadMnistFiles(part)).images, 'MNIST images');
  const bytes = isPaper ? data.map((ink) => WHITE - ink) : data;
  const [count, height, width] = shape;
  const area = height * width;
  return Array.from({ length: count }, (_, index) => ({
    ...{ name: `mnist:${part} ${index}`, width, height, channels: 1 as const },
    pixels: bytes.subarray(index * area, (index + 1) * area),
  }));
}
