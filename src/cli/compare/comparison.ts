import type { Board } from '../../boards/board/board.ts';
import { convertToKmodel } from '../../deploy/ncc/convert-to-kmodel.ts';
import { deploy } from '../../deploy/index.ts';
import type { ToolchainRefusal } from '../../deploy/program.ts';
import { InferscopeError } from '../../errors.ts';
import { calibrateWith } from '../../kernels/execute/calibration.ts';
import { evaluateClassifier } from '../../kernels/execute/evaluate.ts';
import { evaluateKmodel } from '../../kernels/kpu/evaluate-kmodel.ts';
import { createKmodelRunner } from '../../kernels/kpu/run-kmodel.ts';
import { firstInput } from '../../models/graph/ends.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { loadKmodel } from '../../files/kmodel.ts';
import type { ImageSet } from '../../datasets/mnist.ts';
import { sliceImages } from '../../datasets/mnist.ts';
import type { Model } from '../../models/formats/model.ts';
import { hasOpenWeights, withDrawnWeights } from '../../models/specs/synthetic-weights.ts';
import { quantizeGraph } from '../../files/int8-graph.ts';
import { readTflite } from '../../files/tflite.ts';
import { writeTflite } from '../../files/tflite.ts';
import type { Refusal } from '../../report/refusals-text.ts';
import { predict, type PredictOptions } from '../../simulate/predict.ts';
import type { Interval } from '../../simulate/prediction.ts';
import { bytesOf } from '../datasets/calibration-images.ts';

export type Variant = 'float32' | 'int8' | 'kmodel';

/** What each toolchain puts on a board. */
const TAKES: Readonly<Record<string, readonly Variant[]>> = { tflm: ['float32', 'int8'], ncc: ['kmodel'] };

/** A variant of the model on one board; `why` stands where a figure is missing. */
export interface ComparedRow {
  readonly variant: Variant;
  readonly board: string;
  readonly latencyMs?: Interval;
  readonly reportedMs?: Interval;
  readonly flashBytes?: number;
  readonly ramBytes?: number;
  readonly fits?: boolean;
  /** Share of the test images named right, 0 to 1. */
  readonly accuracy?: number;
  readonly why?: string;
}

/** What `compare --json` prints. */
export interface Comparison {
  readonly model: string;
  /** Test images behind each accuracy. */
  readonly images?: number;
  readonly rows: readonly ComparedRow[];
  /** Why the real converter of a board refuses the whole model; no file is made of it then. */
  readonly toolchainRefuses?: ToolchainRefusal;
  /** Boards of which no row has a latency, and why. */
  readonly refused: readonly Refusal[];
}

/** Labelled images: those that ranges are taken from, and those that judge. */
export interface LabelledImages {
  readonly calibration: ImageSet;
  readonly test: ImageSet;
}

/** Labelled images, or drawn bytes of the network's first input: ranges without an accuracy. */
export type ComparisonImages = LabelledImages | { readonly drawn: readonly Uint8Array[] };

const floatsOf = (images: ComparisonImages): Float32Array[] =>
  'drawn' in images
    ? images.drawn.map((bytes) => Float32Array.from(bytes, (value) => value / 255))
    : Array.from(
        { length: images.calibration.count },
        (_, at) => sliceImages(images.calibration, at, at + 1).pixels,
      );

/** What a model scores on the test images, where there are any. */
const scored = (images: ComparisonImages, score: (test: ImageSet) => number): { accuracy?: number } =>
  'drawn' in images ? {} : { accuracy: score(images.test) };

/** A variant that was made, or the reason why not; of one without trained weights the accuracy means nothing. */
type Made =
  { readonly model: Model; readonly accuracy?: number; readonly why?: string } | { readonly why: string };

/**
 * Latency, bytes and accuracy of a float32 network, of its int8 .tflite and of its kmodel, each on the boards that take
 * it. A variant that cannot be made says why in its rows.
 */
export function compareVariants(
  graph: Graph,
  boards: readonly Board[],
  images: ComparisonImages,
  options: PredictOptions,
): Comparison {
  const wanted = new Set(boards.flatMap(variantsOf));
  const maker = hasOpenWeights(graph) ? makeDrawn : make;
  const made = new Map([...wanted].map((variant) => [variant, maker(variant, graph, images, options)]));
  const rows = boards.flatMap((board) =>
    variantsOf(board).map((variant) => rowOf(variant, made.get(variant)!, board, options)),
  );
  const refusal = converterRefusal(graph, boards, options);
  return {
    ...{ model: graph.name, ...(!('drawn' in images) && { images: images.test.count }), rows },
    ...(refusal && { toolchainRefuses: refusal }),
    refused: refusalsOf(boards, rows),
  };
}

/** What the first board with a refusing converter says; a model that cannot be placed at all says so in its row. */
function converterRefusal(
  graph: Graph,
  boards: readonly Board[],
  options: PredictOptions,
): ToolchainRefusal | undefined {
  for (const board of boards) {
    const placed = explained(() => deploy(graph, board, options));
    if ('toolchainRefuses' in placed) return placed.toolchainRefuses;
  }
  return undefined;
}

function variantsOf({ runtime }: Board): readonly Variant[] {
  return TAKES[runtime.toolchain] ?? [];
}

function refusalsOf(boards: readonly Board[], rows: readonly ComparedRow[]): Refusal[] {
  return boards.flatMap(({ id, runtime }) => {
    const own = rows.filter(({ board }) => board === id);
    if (own.some(({ latencyMs }) => latencyMs !== undefined)) return [];
    const reasons = own.map(({ variant, why }) => `${variant}: ${why}`);
    return [{ board: id, reason: reasons.join('; ') || `unknown toolchain "${runtime.toolchain}"` }];
  });
}

function make(variant: Variant, graph: Graph, images: ComparisonImages, options: PredictOptions): Made {
  return explained(() => MAKERS[variant](graph, images, options));
}

/** A spec without weights has a size and a latency all the same. */
function makeDrawn(variant: Variant, graph: Graph, images: ComparisonImages, options: PredictOptions): Made {
  const made = make(variant, withDrawnWeights(graph), images, options);
  if (!('model' in made)) return made;
  return { model: made.model, why: 'the model has no weights, so its accuracy is not known; train it first' };
}

/** The user's mistakes as a reason in the table. */
function explained<T>(action: () => T): T | { readonly why: string } {
  try {
    return action();
  } catch (error) {
    if (error instanceof InferscopeError) return { why: error.message };
    throw error;
  }
}

const MAKERS: Readonly<
  Record<Variant, (graph: Graph, images: ComparisonImages, options: PredictOptions) => Made>
> = {
  float32: (graph, images) => {
    const input = firstInput(graph);
    if (input.dtype !== 'float32') return { why: `the model is ${input.dtype}; pass the float32 network` };
    return { model: graph, ...scored(images, (test) => evaluateClassifier(graph, test).accuracy) };
  },
  int8: (graph, images) => {
    if (firstInput(graph).dtype === 'int8')
      return { model: graph, ...scored(images, (test) => evaluateClassifier(graph, test).accuracy) };
    if ('drawn' in images && graph.inputs.length > 1)
      return { why: `it takes ${graph.inputs.length} inputs; pass the int8 network` };
    const runs = floatsOf(images).map((pixels) => [pixels]);
    const bytes = writeTflite(quantizeGraph(graph, calibrateWith(graph, runs)));
    const model = readTflite(bytes, `${graph.name}, int8`);
    return { model, ...scored(images, (test) => evaluateClassifier(model, test).accuracy) };
  },
  kmodel: (graph, images, { floatFc = false }) => {
    const pictures = 'drawn' in images ? images.drawn : bytesOf(images.calibration);
    const { bytes, file } = convertToKmodel(graph, pictures, { floatFc });
    const runner = createKmodelRunner(file, { name: graph.name });
    const model = loadKmodel(bytes, `${graph.name}, kmodel`);
    return { model, ...scored(images, (test) => evaluateKmodel(runner, bytesOf(test), test.labels)) };
  },
};

function rowOf(variant: Variant, made: Made, board: Board, options: PredictOptions): ComparedRow {
  const base = { variant, board: board.id };
  if (!('model' in made)) return { ...base, why: made.why };
  const { model, accuracy, why } = made;
  const measured = explained(() => {
    const { latencyMs, reportedMs, memory } = predict(model, board, optionsOf(variant, options));
    const { flashBytes, ramBytes, fits } = memory;
    return { latencyMs, reportedMs, flashBytes, ramBytes, fits };
  });
  const known = { ...(accuracy === undefined ? {} : { accuracy }), ...(why === undefined ? {} : { why }) };
  return { ...base, ...known, ...measured };
}

/** --float-fc has done its work in the conversion. */
function optionsOf(variant: Variant, options: PredictOptions): PredictOptions {
  return variant === 'kmodel' ? { ...options, floatFc: false } : options;
}
