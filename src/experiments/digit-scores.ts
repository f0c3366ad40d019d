import { convertToKmodel } from '../deploy/ncc/convert-to-kmodel.ts';
import { quantizeGraph } from '../files/int8-graph.ts';
import { loadKmodel } from '../files/kmodel.ts';
import { calibrateWith } from '../kernels/execute/calibration.ts';
import { firstInput, firstOutput } from '../models/graph/ends.ts';
import type { KmodelModel } from '../models/formats/kmodel/kmodel-model.ts';
import type { Graph } from '../models/graph/graph.ts';
import type { Image } from '../pictures/image.ts';
import { executorOf, pictureValues } from './picture-executor.ts';
import { kmodelPicture, prepareKmodel, type ReadyKmodel } from './ready-kmodel.ts';

/** What one form of a network says to a picture: a score a class, as real values. */
export interface FormScores {
  readonly form: 'float32' | 'int8' | 'kmodel';
  readonly scores: readonly number[];
  /** Class of the largest score. */
  readonly winner: number;
}

/** A network in the three forms in which boards run it, ready to be run. */
export type DigitForms = (picture: Image) => FormScores[];

function winnerOf(scores: readonly number[]): number {
  return scores.reduce((most, score, at) => (score > scores[most]! ? at : most), 0);
}

const scored = (form: FormScores['form'], scores: readonly number[]): FormScores => ({
  ...{ form, scores },
  winner: winnerOf(scores),
});

/** Runs a graph on a picture as the firmware of its boards converts it: real values of its first output. */
function graphForm(form: 'float32' | 'int8', graph: Graph): (picture: Image) => FormScores {
  const executor = executorOf(graph);
  const output = firstOutput(graph);
  const { scales = [1], zeroPoints = [0] }: { scales?: readonly number[]; zeroPoints?: readonly number[] } =
    output.quantization ?? {};
  return (picture) => {
    const [values] = executor.run([pictureValues(graph, picture)]);
    const isReal = output.dtype === 'float32';
    return scored(
      form,
      Array.from(values as ArrayLike<number>, (value) =>
        isReal ? value : scales[0]! * (value - zeroPoints[0]!),
      ),
    );
  };
}

/**
 * The network as float32, as int8 and as kmodel, quantized by the ranges of the given pictures. Throws what the
 * converters throw for a network that they refuse.
 */
export function digitForms(graph: Graph, calibration: readonly Image[]): DigitForms {
  const floats = calibration.map(({ pixels }) => [Float32Array.from(pixels, (byte) => byte / 255)]);
  const bytes = graphForm('int8', quantizeGraph(graph, calibrateWith(graph, floats)));
  const real = graphForm('float32', graph);
  const images = calibration.map(({ pixels }) => pixels);
  const kmodel = prepareKmodel(loadKmodel(convertToKmodel(graph, images).bytes, graph.name));
  return (picture) => [real(picture), bytes(picture), kmodelForm(kmodel, picture)];
}

function kmodelForm(ready: ReadyKmodel, picture: Image): FormScores {
  const [values] = ready.runner.run(kmodelPicture(ready, picture));
  return scored('kmodel', Array.from(values ?? []));
}

/**
 * What a kmodel says to a picture as MaixPy's camera and KPU would. Throws a SpecError for version 4 and a model that takes
 * no picture.
 */
export function runKmodelOnPicture(model: KmodelModel, picture: Image): FormScores {
  return kmodelForm(prepareKmodel(model), picture);
}

/** What a network of a file says to a picture. Throws a SpecError where it takes no picture, has no weights or is too large. */
export function runOnPicture(graph: Graph, picture: Image): FormScores {
  const { dtype } = firstInput(graph);
  return graphForm(dtype === 'float32' ? 'float32' : 'int8', graph)(picture);
}
