import { isKmodel, predict, type Board, type Model } from 'inferscope';
import { calibrateWith, convertToKmodel, quantizeGraph } from 'inferscope/convert';
import {
  boardOf,
  graphTensor,
  inputSizeOf,
  kmodelTensor,
  layerOfStep,
  modelOf,
  optionsOf,
  paperOptionsOf,
  type Experiment,
  type TensorValues,
} from 'inferscope/experiments';
import { modelFromBytes } from 'inferscope/files';
import { examplePictures, requireTrained, weightsOf } from './digits.ts';
import { filled, rangePictures } from './files-on-board.ts';
import { givenFor } from './given-files.ts';
import { pictureOf, type Seen } from './seen.ts';

/** What a board has computed at the end of a step. */
export interface TensorAtStep {
  readonly board: string;
  readonly tensor: TensorValues;
}

/** The model with its weights as a board runs it. Throws an Error of one line where it has none or is refused. */
function modelOn(experiment: Experiment, board: Board, weights: string): Model {
  const given = modelOf(experiment, givenFor(experiment));
  const options = paperOptionsOf(experiment);
  requireTrained(experiment);
  if (isKmodel(given)) return given;
  const graph = options ? filled({ ...experiment, model: `paper:${options.filters}` }, weights) : given;
  if (board.runtime.toolchain === 'ncc')
    return modelFromBytes(
      convertToKmodel(graph, rangePictures(graph, weights)).bytes,
      `${graph.name}.kmodel`,
    );
  if (options?.dtype !== 'int8') return graph;
  const digits = examplePictures(weightsOf(weights)).map(({ pixels }) => [
    Float32Array.from(pixels, (byte) => byte / 255),
  ]);
  return quantizeGraph(graph, calibrateWith(graph, digits));
}

const ready = new Map<string, { readonly key: string; readonly model: Model }>();

function readyOn(experiment: Experiment, id: string, weights: string): Model {
  const key = JSON.stringify(experiment);
  const known = ready.get(id);
  if (known?.key === key) return known.model;
  const model = modelOn(experiment, boardOf(id, experiment, givenFor(experiment)), weights);
  ready.set(id, { key, model });
  return model;
}

/**
 * What the network has computed on a board at the end of a step, of what it sees: the input before the first operator.
 * Throws an Error of one line where the board refuses it or it cannot be computed.
 */
export function tensorAt(
  experiment: Experiment,
  { board: id, step }: { readonly board: string; readonly step: number },
  seen: Seen,
  weights: string,
): TensorAtStep {
  const board = boardOf(id, experiment, givenFor(experiment));
  const { steps } = predict(modelOf(experiment, givenFor(experiment)), board, optionsOf(experiment));
  const model = readyOn(experiment, id, weights);
  const picture = pictureOf(seen, inputSizeOf(model));
  if (!isKmodel(model)) {
    const node = steps.slice(0, step + 1).findLast((one) => one.node !== null)?.node ?? null;
    return { board: board.name, tensor: graphTensor(model, picture, node) };
  }
  const ops = steps.map(({ op }) => op);
  const types = model.version === 3 ? model.file.layers.map(({ type }) => type) : [];
  return { board: board.name, tensor: kmodelTensor(model, picture, layerOfStep(ops, step, types)) };
}
