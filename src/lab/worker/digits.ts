import { isKmodel, predict, type Graph } from 'inferscope';
import {
  boardOf,
  bytesFromBase64,
  digitForms,
  digitPicture,
  modelOf,
  optionsOf,
  PAD_SIDE,
  paperOptionsOf,
  runOnPicture,
  type DigitForms,
  type Experiment,
  type FormScores,
} from 'inferscope/experiments';
import { fillPaperCnn } from 'inferscope/train';
import { givenFor } from './given-files.ts';

/** The resource `weights.json`: trained networks of 1 to 10 filters, and ten digits for the ranges of quantizers. */
export interface Weights {
  readonly networks: readonly { readonly accuracy: number; readonly weights: string }[];
  /** 28 x 28 bytes each, in base64. */
  readonly digits: readonly string[];
}

/** What each form of the network says, and how long a board of the experiment that runs it takes. */
export interface Classified {
  /** What the network was given, in bytes. */
  readonly pixels: readonly number[];
  readonly side: number;
  readonly forms: readonly FormScores[];
  /** Share of the authors' test images that the network names right; absent for a file. */
  readonly accuracy?: number;
  /** ms by form, where a board of the experiment runs it. */
  readonly timesMs: Readonly<Record<string, { readonly board: string; readonly ms: number }>>;
}

const PAPER_SIDE = 14;

const ready = new Map<number, DigitForms>();
let weights: Weights | undefined;

/** What the resource holds, read once. */
export function weightsOf(text: string): Weights {
  return (weights ??= JSON.parse(text) as Weights);
}

/** The published network of so many filters with its trained weights. Throws an Error of one line where there are none. */
export function trainedNetwork(filters: number, { networks }: Weights): Graph {
  const network = networks[filters - 1];
  if (!network) {
    throw new Error(
      `Trained weights are here for 1 to ${networks.length} filters; move the slider to see scores.`,
    );
  }
  return fillPaperCnn({ filters }, new Float32Array(bytesFromBase64(network.weights).buffer));
}

/** Ten digits as the network is given them. */
export function examplePictures({ digits }: Weights): ReturnType<typeof digitPicture>[] {
  return digits.map((base64) =>
    digitPicture(
      Array.from(bytesFromBase64(base64), (byte) => byte / 255),
      PAPER_SIDE,
    ),
  );
}

/** The published network of so many filters in three forms, with trained weights. */
function formsOf(filters: number, given: Weights): DigitForms {
  const known = ready.get(filters);
  if (known) return known;
  const forms = digitForms(trainedNetwork(filters, given), examplePictures(given));
  ready.set(filters, forms);
  return forms;
}

/** Time of each form on the first board of the experiment whose toolchain makes it. */
function timesOf(experiment: Experiment, filters: number): Classified['timesMs'] {
  const times: Record<string, { board: string; ms: number }> = {};
  for (const id of experiment.boards) {
    for (const [form, suffix] of [
      ['float32', ''],
      ['int8', ',dtype=int8'],
    ] as const) {
      const asked = { ...experiment, model: `paper:${filters}${suffix}` };
      const board = boardOf(id, asked, givenFor(asked));
      const key = board.runtime.toolchain === 'ncc' ? 'kmodel' : form;
      if (times[key]) continue;
      try {
        times[key] = {
          board: board.name,
          ms: predict(modelOf(asked), board, optionsOf(asked)).latencyMs.value,
        };
      } catch {
        // A board that refuses this form has no time of it.
      }
    }
  }
  return times;
}

function classifyFile(graph: Graph, ink: Float32Array): Classified {
  const [, height = 0, width = 0, channels = 0] = graph.tensors[graph.inputs[0]!]!.shape;
  if (channels !== 1 || height !== width) {
    throw new Error(`${graph.name}: the pad gives one grey square; this network takes another input.`);
  }
  const picture = digitPicture(ink, width);
  return { pixels: [...picture.pixels], side: width, forms: [runOnPicture(graph, picture)], timesMs: {} };
}

/** One of ten example digits as ink on the pad. */
export function exampleInk(digit: number, text: string): Float32Array {
  return Float32Array.from(bytesFromBase64(weightsOf(text).digits[digit] ?? ''), (byte) => byte / 255);
}

/** Scores of a drawing of 28 x 28 pixels. Throws an Error of one line for a network that the pad cannot feed. */
export function classify(experiment: Experiment, ink: Float32Array, text: string): Classified {
  if (ink.length !== PAD_SIDE ** 2) throw new Error(`the pad has ${PAD_SIDE} x ${PAD_SIDE} pixels`);
  const model = modelOf(experiment, givenFor(experiment));
  const options = paperOptionsOf(experiment);
  if (!options) {
    if (isKmodel(model)) throw new Error('A dropped kmodel is timed here; inferscope run computes with it.');
    return classifyFile(model, ink);
  }
  const isTrained = /^paper:\d+(,dtype=int8)?$/.test(experiment.model);
  if (!isTrained) throw new Error('Trained weights are here for kernel 3; choose it to see scores.');
  const given = weightsOf(text);
  const forms = formsOf(options.filters, given);
  const picture = digitPicture(ink, PAPER_SIDE);
  return {
    ...{ pixels: [...picture.pixels], side: PAPER_SIDE, forms: forms(picture) },
    accuracy: given.networks[options.filters - 1]!.accuracy,
    timesMs: timesOf(experiment, options.filters),
  };
}
