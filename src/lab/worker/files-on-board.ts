import { isKmodel, type Board, type Graph } from 'inferscope';
import { convertToKmodel, withDrawnWeights } from 'inferscope/convert';
import { boardOf, bytesFromBase64, modelOf, type Experiment } from 'inferscope/experiments';
import { writeTflite } from 'inferscope/files';
import { bytesOfDropped, givenFor } from './given-files.ts';
import { examplePictures, trainedNetwork, weightsOf } from './digits.ts';

/** What a script finds on a board. */
export interface BoardFiles {
  readonly board: Board;
  /** The experiment's network as a file of the board's toolchain. */
  readonly model?: { readonly name: string; readonly bytes: Uint8Array };
  /** Why there is no network on the board. */
  readonly refusal?: string;
  /** What its camera sees, one after the other: grey, 28 x 28 bytes each. */
  readonly pictures: readonly { readonly name: string; readonly pixels: Uint8Array }[];
}

const TRAINED = /^paper:(\d+)$/;

/** The network with trained weights where there are some; others are drawn, which changes no time. */
export function filled(experiment: Experiment, weights: string): Graph {
  const filters = Number(TRAINED.exec(experiment.model)?.[1]);
  const given = weightsOf(weights);
  if (filters <= given.networks.length) return trainedNetwork(filters, given);
  return withDrawnWeights(modelOf(experiment, givenFor(experiment)) as Graph);
}

/** Pictures that show a converter what values to expect: digits where they fit, else grey steps. */
export function rangePictures(graph: Graph, weights: string): Uint8Array[] {
  const [, height = 1, width = 1, channels = 1] = graph.tensors[graph.inputs[0]!]!.shape;
  const digits = examplePictures(weightsOf(weights));
  if (height * width * channels === digits[0]!.pixels.length) return digits.map(({ pixels }) => pixels);
  return [Uint8Array.from({ length: height * width * channels }, (_, at) => at % 256)];
}

function modelBytes(experiment: Experiment, board: Board, weights: string): Uint8Array {
  const dropped = bytesOfDropped(experiment.model);
  const isMade = dropped !== undefined && isKmodel(modelOf(experiment, givenFor(experiment)));
  const isMaker = board.runtime.toolchain === 'ncc';
  if (isMade && !isMaker)
    throw new Error(`${experiment.model}: is a kmodel, which ${board.name} cannot load`);
  if (isMade) return dropped;
  if (!isMaker) return dropped ?? writeTflite(filled(experiment, weights));
  const graph = filled(experiment, weights);
  return convertToKmodel(graph, rangePictures(graph, weights)).bytes;
}

/**
 * The board of an experiment with the experiment's network as its scripts load it. A network that its toolchain refuses is a
 * refusal, and scripts that need none run. Throws a SpecError for an unknown board.
 */
export function boardFilesOf(experiment: Experiment, id: string, weights: string): BoardFiles {
  const board = boardOf(id, experiment, givenFor(experiment));
  const pictures = weightsOf(weights).digits.map((base64, digit) => {
    return { name: `digit ${digit}`, pixels: bytesFromBase64(base64) };
  });
  try {
    const model = { name: experiment.model, bytes: modelBytes(experiment, board, weights) };
    return { board, model, pictures };
  } catch (error) {
    return { board, refusal: (error as Error).message, pictures };
  }
}
