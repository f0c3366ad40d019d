import type { PaperCnnOptions } from '../models/specs/paper-cnn.ts';
import { parsePaperSpec } from '../models/specs/paper-spec.ts';

/** A question to the simulator as plain data: a model on boards, with choices. Survives JSON and links. */
export interface Experiment {
  /** A builder spec such as "paper:6,k=5", or the name of a file, whose bytes are given beside. */
  readonly model: string;
  /** Ids of boards, the first two of which stand side by side. */
  readonly boards: readonly string[];
  /** Choices of firmware and converter by key, as `--set` takes them. */
  readonly set: Readonly<Record<string, string>>;
  /** Every Dense stays on the core. */
  readonly floatFc: boolean;
}

/** The model of the first experiment: the published network with five filters. */
export const FIRST_MODEL = 'paper:5';

/** The parameters of the published network, where the experiment is about one; undefined where it is a file. */
export function paperOptionsOf({ model }: Pick<Experiment, 'model'>): PaperCnnOptions | undefined {
  return parsePaperSpec(model);
}

const SPEC_KEYS = { kernel: 'k', side: 'size', channels: 'channels', stride: 'stride', classes: 'classes' };
const STANDARD = { kernel: 3, side: 14, channels: 1, stride: 1, classes: 10 };

/** The spec of such parameters, as the command line writes it: "paper:6,k=5,dtype=int8". */
export function paperSpecOf(options: PaperCnnOptions): string {
  const counts = Object.entries(SPEC_KEYS).flatMap(([field, key]) => {
    const value = options[field as keyof typeof STANDARD];
    return value === undefined || value === STANDARD[field as keyof typeof STANDARD]
      ? []
      : [`,${key}=${value}`];
  });
  const padding = options.padding === 'VALID' ? ',padding=valid' : '';
  const dtype = options.dtype === 'int8' ? ',dtype=int8' : '';
  return `paper:${options.filters}${counts.join('')}${padding}${dtype}`;
}

/** The experiment with other parameters of the published network. */
export function withPaperOptions(experiment: Experiment, change: Partial<PaperCnnOptions>): Experiment {
  const options = paperOptionsOf(experiment) ?? { filters: 1 };
  return { ...experiment, model: paperSpecOf({ ...options, ...change }) };
}

const quoted = (word: string) => (/^[\w.:,=/+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** The command line that answers the same question with the same digits. */
export function commandOf({ model, boards, set, floatFc }: Experiment, command = 'predict'): string {
  const choices = Object.entries(set).map(([key, value]) => `${key}=${value}`);
  return [
    ...['inferscope', command, quoted(model), '--board', quoted(boards.join(','))],
    ...(choices.length > 0 ? ['--set', quoted(choices.join(','))] : []),
    ...(floatFc ? ['--float-fc'] : []),
  ].join(' ');
}
