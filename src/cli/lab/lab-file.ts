import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BOARD_IDS } from '../../boards/all-boards.ts';
import { parseSettings } from '../../boards/settings/all-settings.ts';
import { SpecError } from '../../errors.ts';
import type { Experiment } from '../../experiments/experiment-state.ts';
import { FIRST_EXPERIMENT, parseExperiment } from '../../experiments/parse-experiment.ts';
import { modelFromSpec } from '../../files/spec-graphs.ts';
import { loadModel, parseJson, readBytes, readDescription } from '../inputs.ts';

/** What of the command line makes an experiment. */
export interface LabArgs {
  readonly model: string | undefined;
  readonly board: string | undefined;
  readonly set: string | undefined;
  readonly state: string | undefined;
}

/** What a page is given inside: an experiment, and the file that it names. */
interface Given {
  readonly experiment: Experiment;
  readonly files: readonly { readonly name: string; readonly base64: string }[];
}

/** From its sources as from dist/, the built page lies in dist/. */
const BUILT = ['../../lab.html', '../../../dist/lab.html'];

async function builtPage(): Promise<string> {
  for (const place of BUILT) {
    const text = await readFile(fileURLToPath(new URL(place, import.meta.url)), 'utf8').catch(
      () => undefined,
    );
    if (text !== undefined) return text;
  }
  throw new SpecError('lab: the page is not built; run npm run build');
}

async function stateOf(state: string | undefined): Promise<object> {
  if (state === undefined) return {};
  const isText = state.trimStart().startsWith('{');
  return {
    ...(parseJson(isText ? state : await readDescription(state), isText ? '--state' : state) as object),
  };
}

async function givenBy(args: LabArgs): Promise<Given> {
  const { model, board, set } = args;
  const isSpec = model === undefined || modelFromSpec(model) !== undefined;
  const experiment = parseExperiment({
    ...(await stateOf(args.state)),
    ...(model !== undefined && { model: isSpec ? model : basename(model) }),
    ...(board !== undefined && { boards: board.split(',').map((id) => id.trim()) }),
    ...(set !== undefined && { set: parseSettings(set) }),
  });
  const unknown = experiment.boards.find((id) => !BOARD_IDS.includes(id));
  if (unknown !== undefined) {
    throw new SpecError(`lab: unknown board "${unknown}"; choose from ${BOARD_IDS.join(', ')}`);
  }
  if (isSpec) return { experiment, files: [] };
  // A file that cannot be read must be known now, not when the page is open.
  await loadModel(model);
  const base64 = Buffer.from(await readBytes(model)).toString('base64');
  return { experiment, files: [{ name: basename(model), base64 }] };
}

const isFirst = ({ experiment, files }: Given) =>
  files.length === 0 && JSON.stringify(experiment) === JSON.stringify(FIRST_EXPERIMENT);

function replaceOnce(html: string, what: RegExp, by: string): string {
  if (!what.test(html)) throw new Error(`lab: the built page has no ${what.source}`);
  return html.replace(what, () => by);
}

/**
 * The Lab as one file, with the experiment of the arguments inside. Throws a SpecError or FormatError of one line for a
 * model, board or choice that there is not.
 */
export async function labFile(args: LabArgs): Promise<string> {
  const given = await givenBy(args);
  const html = await builtPage();
  if (isFirst(given)) return html;
  // The answer that the page was built with is to another question.
  const bare = replaceOnce(
    html,
    /<div id="lab">[^]*?<!--end of first markup--><\/div>/,
    '<div id="lab"><p>The simulation starts.</p></div>',
  );
  const text = JSON.stringify(given).replaceAll('<', '\\u003c');
  return replaceOnce(
    bare,
    /<script type="application\/json" id="lab-given">\s*null\s*<\/script>/,
    `<script type="application/json" id="lab-given">${text}</script>`,
  );
}
