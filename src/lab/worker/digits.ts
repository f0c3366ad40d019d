import { isKmodel, predict, type Graph, type Model } from 'inferscope';
import {
  boardOf,
  bytesFromBase64,
  digitForms,
  digitPicture,
  inputSizeOf,
  modelOf,
  optionsOf,
  paperOptionsOf,
  runKmodelOnPicture,
  runOnPicture,
  type DigitForms,
  type Experiment,
  type FormScores,
} from 'inferscope/experiments';
import { fillPaperCnn } from 'inferscope/train';
import { givenFor } from './given-files.ts';
import { pictureOf, type Seen } from './seen.ts';

/** The resource `weights.json`: trained networks of 1 to 10 filters, and ten digits for the ranges of quantizers. */
export interface Weights {
  readonly networks: readonly { readonly accuracy: number; readonly weights: string }[];
  /** 28 x 28 bytes each, in base64. */
  readonly digits: readonly string[];
}

/** What each form of the network says, and how long a board of the experiment that runs it takes. */
export interface Classified {
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

function classifyFile(model: Model, seen: Seen): Classified {
  const picture = pictureOf(seen, inputSizeOf(model));
  const form = isKmodel(model) ? runKmodelOnPicture(model, picture) : runOnPicture(model, picture);
  return { forms: [form], timesMs: {} };
}

/** One of ten example digits as ink on the pad. */
export function exampleInk(digit: number, text: string): Float32Array {
  return Float32Array.from(bytesFromBase64(weightsOf(text).digits[digit] ?? ''), (byte) => byte / 255);
}

/** Throws an Error of one line for a network that is written as layers, or a published one without trained weights. */
export function requireTrained(experiment: Experiment): void {
  const { model } = experiment;
  if (model.startsWith('{')) {
    throw new Error('This network has no weights here; drop its .tflite or .kmodel file to see its scores.');
  }
  if (paperOptionsOf(experiment) && !/^paper:\d+(,dtype=int8)?$/.test(model))
    throw new Error('Trained weights are here for kernel 3; choose it to see scores.');
}

/** Scores of what is seen. Throws an Error of one line for a network that takes no picture or has no weights. */
export function classify(experiment: Experiment, seen: Seen, text: string): Classified {
  requireTrained(experiment);
  const options = paperOptionsOf(experiment);
  if (!options) return classifyFile(modelOf(experiment, givenFor(experiment)), seen);
  const given = weightsOf(text);
  const forms = formsOf(options.filters, given);
  return {
    forms: forms(pictureOf(seen, { h: PAPER_SIDE, w: PAPER_SIDE })),
    accuracy: given.networks[options.filters - 1]!.accuracy,
    timesMs: timesOf(experiment, options.filters),
  };
}
