import { BOARD_IDS } from '../boards/all-boards.ts';
import { parseSettings } from '../boards/settings/all-settings.ts';
import { FormatError } from '../errors.ts';
import { parsePaperSpec } from '../models/specs/paper-spec.ts';
import { FIRST_MODEL, type Experiment } from './experiment-state.ts';

const MAX_TEXT = 2000;
const MAX_BOARDS = 8;

/** Five filters on the boards that are fitted to their own measurements: the first answer of the Lab. */
export const FIRST_EXPERIMENT: Experiment = {
  model: FIRST_MODEL,
  boards: BOARD_IDS.slice(0, 2),
  set: {},
  floatFc: false,
};

const clip = (value: unknown) => JSON.stringify(value)?.slice(0, 60) ?? 'nothing';

function textOf(value: unknown, field: string): string {
  if (typeof value === 'string' && value !== '' && value.length <= MAX_TEXT) return value;
  throw new FormatError(
    `experiment: ${field} must be a text of at most ${MAX_TEXT} characters, got ${clip(value)}`,
  );
}

function boardsOf(value: unknown): string[] {
  const isList = Array.isArray(value) && value.length > 0 && value.length <= MAX_BOARDS;
  if (!isList) {
    throw new FormatError(`experiment: boards must be a list of 1 to ${MAX_BOARDS} ids, got ${clip(value)}`);
  }
  return value.map((id) => textOf(id, 'boards'));
}

/** Choices of settings, checked against the list of them. Throws a SpecError for one that there is not. */
function choicesOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FormatError(`experiment: set must be choices by key, got ${clip(value)}`);
  }
  const choices = Object.entries(value).map(([key, choice]) => `${key}=${textOf(choice, `set.${key}`)}`);
  if (choices.length > 0) parseSettings(choices.join(','));
  return { ...value } as Record<string, string>;
}

/** An experiment from parsed JSON, which may leave out what is as it is at first. Throws FormatError or SpecError. */
export function parseExperiment(value: unknown): Experiment {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FormatError(`experiment: must be an object with model and boards, got ${clip(value)}`);
  }
  const known = Object.keys(FIRST_EXPERIMENT);
  const strange = Object.keys(value).find((key) => !known.includes(key));
  if (strange !== undefined) {
    throw new FormatError(`experiment: no field ${clip(strange)}; there are ${known.join(', ')}`);
  }
  const given: Partial<Record<keyof Experiment, unknown>> = { ...FIRST_EXPERIMENT, ...value };
  const model = textOf(given.model, 'model');
  parsePaperSpec(model);
  if (typeof given.floatFc !== 'boolean') {
    throw new FormatError(`experiment: floatFc must be true or false, got ${clip(given.floatFc)}`);
  }
  return { model, boards: boardsOf(given.boards), set: choicesOf(given.set), floatFc: given.floatFc };
}
