import { readFileSync, statSync } from 'node:fs';
import type { Board } from '../../boards/board/board.ts';
import { anyBoardById } from '../../boards/all-boards.ts';
import { parseBoard } from '../../boards/json/parse-board.ts';
import { FormatError, SpecError } from '../../errors.ts';
import { holdsModel } from '../../files/tflite.ts';
import { modelFromBytes } from '../../files/load-model.ts';
import { sniffKind } from '../../models/formats/sniff.ts';
import type { Model } from '../../models/formats/model.ts';
import { modelFromSpec } from '../../models/specs/spec.ts';
import type { ModelTemplate } from '../../sweep/study/space.ts';
import { specTemplate } from '../../sweep/study/template.ts';
import { explainReadError, looksLikeFile, noModel } from '../inputs.ts';

/** No model of a microcontroller is as large. */
const MAX_FILE_BYTES = 64e6;

function statOf(path: string) {
  try {
    return statSync(path);
  } catch (error) {
    throw explainReadError(path, error);
  }
}

function readNow(path: string): Uint8Array {
  const stat = statOf(path);
  if (!stat.isFile()) throw new SpecError(`${path}: is no regular file; a script reads models and boards`);
  if (stat.size > MAX_FILE_BYTES) {
    throw new SpecError(`${path}: has ${stat.size} bytes; a script reads files of ${MAX_FILE_BYTES} at most`);
  }
  try {
    return readFileSync(path);
  } catch (error) {
    throw explainReadError(path, error);
  }
}

/** As of `JSON.parse`, but its error quotes nothing: whoever wrote the script may not be who may read the file. */
function jsonOf(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new FormatError(`${path}: is not JSON`);
  }
}

function modelOf(path: string, bytes: Uint8Array): Model {
  const kind = sniffKind(bytes);
  if (kind === 'json') jsonOf(bytes, path);
  const isModel = ['tflite', 'kfpkg', 'kmodel', 'json'].includes(kind) || holdsModel(bytes);
  if (!isModel) throw new FormatError(`${path}: is not a model that inferscope reads`);
  return modelFromBytes(bytes, path);
}

/** The models and boards that one script names; a file is read once, so what it is does not change while the script runs. */
export class ScriptFiles {
  readonly #bytes = new Map<string, Uint8Array>();
  readonly #models = new Map<string, Model>();
  readonly #boards = new Map<string, Board>();

  #read(path: string): Uint8Array {
    let bytes = this.#bytes.get(path);
    if (bytes === undefined) this.#bytes.set(path, (bytes = readNow(path)));
    return bytes;
  }

  readonly model = (text: string): Model => {
    const built = modelFromSpec(text);
    if (built) return built;
    if (!looksLikeFile(text)) throw noModel(text);
    let model = this.#models.get(text);
    if (model === undefined) this.#models.set(text, (model = modelOf(text, this.#read(text))));
    return model;
  };

  /** A board by id or from a JSON file; Lua in its costs must be enabled already. */
  readonly board = (name: string): Board => {
    if (!looksLikeFile(name)) return anyBoardById(name);
    let board = this.#boards.get(name);
    if (board === undefined) {
      this.#boards.set(name, (board = parseBoard(jsonOf(this.#read(name), name), name)));
    }
    return board;
  };

  template(model: string): ModelTemplate {
    if (!looksLikeFile(model)) return specTemplate(model);
    const bytes = this.#read(model);
    modelOf(model, bytes);
    return { kind: 'file', name: model, base64: Buffer.from(bytes).toString('base64') };
  }
}
