import { graphWork, isKmodel, type Model } from 'inferscope';
import { parseBoard } from 'inferscope/boards';
import { modelFromBytes } from 'inferscope/files';
import { keepBoard, keepModel } from './given-files.ts';

/** What a dropped file was found to hold. */
export type Dropped =
  | { readonly kind: 'board'; readonly id: string; readonly name: string }
  | { readonly kind: 'model'; readonly name: string; readonly facts: readonly string[] };

const MAX_NAME = 120;

const count = (value: number) => value.toLocaleString('en-US');

/** What a model consists of, in sentences. Throws an UnsupportedOpError for an operator that nobody can count. */
function factsOf(model: Model, bytes: number): string[] {
  if (isKmodel(model)) return [`a kmodel of version ${model.version}, ${count(bytes)} bytes`];
  const { nodes, totals } = graphWork(model);
  const shapes = (indices: readonly number[]) =>
    indices.map((at) => `${model.tensors[at]!.dtype} ${model.tensors[at]!.shape.join(' x ')}`).join(', ');
  return [
    `${count(nodes.length)} operators, ${count(totals.macs)} multiply-accumulates, ${count(totals.parameters)} parameters, ${count(bytes)} bytes`,
    `takes ${shapes(model.inputs)}; gives ${shapes(model.outputs)}`,
  ];
}

function boardJson(bytes: Uint8Array): unknown {
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes)) as unknown;
    const isBoard = typeof value === 'object' && value !== null && ('soc' in value || 'memories' in value);
    return isBoard ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps what a file holds, so that experiments can name it: a model of any kind that is read, or a board as JSON. Throws a
 * FormatError or SpecError of one line for anything else.
 */
export function openFile(name: string, bytes: Uint8Array): Dropped {
  const found = /\.json$/i.test(name) ? boardJson(bytes) : undefined;
  if (found !== undefined) {
    const board = parseBoard(found, name);
    keepBoard(board);
    return { kind: 'board', id: board.id, name: board.name };
  }
  const short = name.slice(-MAX_NAME);
  const model = modelFromBytes(bytes, short);
  const facts = factsOf(model, bytes.length);
  keepModel(short, model, bytes);
  return { kind: 'model', name: short, facts };
}
