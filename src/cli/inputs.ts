import type { Stats } from 'node:fs';
import type { Board } from '../boards/board/board.ts';
import { FormatError, SpecError, systemWord } from '../errors.ts';
import type { Graph } from '../models/graph/graph.ts';
import type { Model } from '../models/formats/model.ts';
import { STANDARD_INPUT } from './command-words.ts';

const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'is a directory, not a file',
  EACCES: 'may not be read (permissions)',
  ENOTDIR: 'no such file',
  ENAMETOOLONG: 'no such file (its name is too long)',
  EPERM: 'may not be read (permissions)',
  ERR_INVALID_ARG_VALUE: 'no such file (its name has a zero byte)',
  ELOOP: 'no such file (its links lead back to themselves)',
  EIO: 'cannot be read: the device fails',
  EMFILE: 'cannot be read: too many files are open',
  EAGAIN: 'has nothing to read now; save what it gives to a file and name that',
};

/** For an empty word in the place of a path, as a shell makes it of a variable that is not set. */
export const NO_NAME = 'the name of a file is empty; name the file';

/** Turns an error of the file system into a SpecError of one line that begins with the path. */
export async function explainReadErrors<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw explainReadError(path, error);
  }
}

/** An error of the file system as a SpecError of one line; another error as it is. */
export function explainReadError(path: string, error: unknown): Error {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (path === '' && code === 'ENOENT') return new SpecError(NO_NAME);
  const word = systemWord(code);
  const problem = FILE_PROBLEMS[code] ?? (word && `cannot be read: ${word}`);
  return problem === undefined ? (error as Error) : new SpecError(`${path}: ${problem}`);
}

/** Pipes, sockets and devices may never end. Throws a SpecError. */
export function requireRegular(path: string, found: Stats): void {
  if (found.isDirectory()) throw new SpecError(`${path}: is a directory, not a file`);
  if (found.isFile()) return;
  throw new SpecError(`${path}: is no regular file; save what it gives to a file and name that`);
}

/** Nothing that is read here is as large; all of it is held in memory. */
const MAX_FILE_BYTES = 256e6;
/** Of what people write; what JSON holds takes up to fifty times as much memory as its text. */
const MAX_TEXT_BYTES = 8e6;

function requireReadable(path: string, found: Stats): void {
  requireRegular(path, found);
  if (found.size > MAX_FILE_BYTES)
    throw new SpecError(`${path}: has ${found.size} bytes; files of up to ${MAX_FILE_BYTES} are read`);
}

function requireDescription(path: string, bytes: number): void {
  if (bytes > MAX_TEXT_BYTES)
    throw new SpecError(
      `${path}: has ${bytes} bytes; a board, spec, budget, study or script of up to ${MAX_TEXT_BYTES} is read`,
    );
}

/** What another program writes to the standard input. Throws a SpecError where that is a terminal, or for more than is read of a file. */
async function readStandardInput(): Promise<Uint8Array> {
  if (process.stdin.isTTY) throw new SpecError('-: the standard input is a terminal; pipe a model into it');
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Uint8Array);
    bytes += (chunk as Uint8Array).length;
    if (bytes > MAX_FILE_BYTES)
      throw new SpecError(`-: gives more than the ${MAX_FILE_BYTES} bytes that are read`);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Bytes of a regular file, or of the standard input (-); a SpecError in one line where it cannot be read. */
export async function readBytes(path: string): Promise<Uint8Array> {
  if (path === STANDARD_INPUT) return readStandardInput();
  const { constants, readFile, stat } = await import('node:fs/promises');
  const { buffer, byteOffset, byteLength } = await explainReadErrors(path, async () => {
    requireReadable(path, await stat(path));
    // Logs of the kernel call themselves regular files, and may be waited for without end.
    return readFile(path, { flag: constants.O_RDONLY | constants.O_NONBLOCK });
  });
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export async function readText(path: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(path));
}

/** The text of a file that somebody wrote. Throws a SpecError for one that is too long to be that, before it is read. */
export async function readDescription(path: string): Promise<string> {
  if (path !== STANDARD_INPUT) {
    const { stat } = await import('node:fs/promises');
    requireDescription(path, (await explainReadErrors(path, () => stat(path))).size);
  }
  const bytes = await readBytes(path);
  requireDescription(path, bytes.length);
  return new TextDecoder().decode(bytes);
}

/** A parsed JSON file that somebody wrote. Throws a FormatError where it is none. */
export async function readJson(path: string): Promise<unknown> {
  return parseJson(await readDescription(path), path);
}

/** Values that a program wrote as JSON, which may be many. Throws a FormatError where it is none. */
export async function readJsonValues(path: string): Promise<unknown> {
  return parseJson(await readText(path), path);
}

export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FormatError(`${path}: is not JSON: ${(error as Error).message}`);
  }
}

/** Whether a name of a model or board is meant as a path. */
export function looksLikeFile(text: string): boolean {
  return /[\\/]|\.[a-z0-9]+$/i.test(text);
}

export function noModel(text: string): SpecError {
  return new SpecError(
    `"${text}" is no model; write paper:8, or a path to a .tflite, .kmodel, .onnx or .json file`,
  );
}

/** A builder spec, or what a .tflite, .kmodel, .kfpkg or .json file holds. Throws SpecError, FormatError. */
export async function loadModel(text: string): Promise<Model> {
  const { modelFromSpec } = await import('../files/spec-graphs.ts');
  const built = modelFromSpec(text);
  if (built) return built;
  if (text !== STANDARD_INPUT && !looksLikeFile(text)) throw noModel(text);
  const bytes = await readBytes(text);
  (await import('./heap-growth.ts')).boundHeapGrowth(bytes.length);
  const name = text === STANDARD_INPUT ? 'stdin' : text;
  const { sniffKind } = await import('../models/formats/sniff.ts');
  const kind = sniffKind(bytes);
  if (kind === 'json') requireDescription(name, bytes.length);
  if (kind === 'onnx') return (await import('../files/onnx/read-onnx.ts')).readOnnx(bytes, name);
  const { modelFromBytes } = await import('../files/load-model.ts');
  return modelFromBytes(bytes, name);
}

/** A network, for commands that change it; a FormatError for a kmodel. */
export async function loadGraph(text: string): Promise<Graph> {
  const model = await loadModel(text);
  const { isKmodel } = await import('../models/formats/model.ts');
  if (!isKmodel(model)) return model;
  throw new FormatError(
    `${text}: is a kmodel, converted already; pass the .tflite that it was converted from`,
  );
}

/** The JSON of a board file, ready to be checked and predicted with even where its costs are Lua scripts. */
export async function readBoardJson(path: string): Promise<unknown> {
  const { prepareFormulas } = await import('../script/formulas.ts');
  const json = await readJson(path);
  await prepareFormulas([json]);
  return json;
}

/** The board of a JSON file. Throws SpecError naming the field. */
export async function loadBoardFile(path: string): Promise<Board> {
  const { parseBoard } = await import('../boards/json/parse-board.ts');
  return parseBoard(await readBoardJson(path), path);
}

/**
 * Boards by ids and JSON files with commas between them, or `all`, with the choices of --set. Throws a SpecError for a
 * choice that there is not, or that none of them has.
 */
export async function loadBoards(list: string, set?: string): Promise<readonly Board[]> {
  const boards = await namedBoards(list);
  if (set === undefined) return boards;
  const { configureBoards, parseSettings } = await import('../boards/settings/all-settings.ts');
  return configureBoards(boards, parseSettings(set));
}

/** As `loadBoards`; a key of --set may have several values, of which each makes a variant of each board. */
export async function loadBoardVariants(list: string, set?: string): Promise<readonly Board[]> {
  const boards = await namedBoards(list);
  if (set === undefined) return boards;
  const { boardVariants } = await import('../boards/settings/board-variants.ts');
  return boardVariants(boards, set);
}

/** What published rows say of boards without a fit of their own comes with them. */
async function namedBoards(list: string): Promise<readonly Board[]> {
  const boards = await boardsNamed(list);
  if (boards.some(({ calibration }) => calibration === undefined))
    (await import('../calibrate/fitted/published-times.ts')).usePublishedTimes();
  return boards;
}

async function boardsNamed(list: string): Promise<readonly Board[]> {
  if (list === 'all') return (await import('../boards/all-boards.ts')).allBoards();
  const names = list.split(',').map((name) => name.trim());
  return Promise.all(names.map((name) => (looksLikeFile(name) ? loadBoardFile(name) : boardOf(name))));
}

/** The cost tables of all boards take longer to load than a prediction takes: a board that ships is loaded by itself. */
async function boardOf(id: string): Promise<Board> {
  const { shippedBoard } = await import('../boards/ship-one.ts');
  return (await shippedBoard(id)) ?? (await import('../boards/all-boards.ts')).anyBoardById(id);
}

/** One board; a SpecError where the list names more. */
export async function loadBoard(name: string, set?: string): Promise<Board> {
  const boards = await loadBoards(name, set);
  if (boards.length === 1) return boards[0];
  throw new SpecError(`--board ${name}: this command takes one board`);
}
