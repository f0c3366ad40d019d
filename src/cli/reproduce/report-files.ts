import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { boardById } from '../../boards/index.ts';
import type { ReproducedBoard, Reproduction } from '../../calibrate/reproduce.ts';
import type { ReproducedNetworks } from '../../calibrate/reproduce-networks.ts';
import { SpecError } from '../../errors.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { breakDown, type Breakdown } from '../../report/reproduction/breakdown.ts';
import { formatCsv } from '../../report/csv.ts';
import { formatHtmlReport } from '../../report/reproduction/html.ts';
import {
  drawBeyondFigure,
  drawInferenceFigure,
  drawRelativeFigure,
} from '../../report/reproduction/plots.ts';
import { answerExperiment } from '../../experiments/answer.ts';
import { experimentFragment, traceHashesOf } from '../../experiments/experiment-link.ts';
import { FIRST_EXPERIMENT } from '../../experiments/parse-experiment.ts';
import { findJumps, type Jump } from '../../report/reproduction/jumps.ts';
import { predict } from '../../simulate/predict.ts';
import { predictWithFacts } from '../../simulate/predict-with-facts.ts';
import { labFile } from '../lab/lab-file.ts';
import { makeDirectory } from '../outputs.ts';
import { replaceFile } from '../replace-file.ts';
import { requireWritable } from '../replace-file.ts';

const HTML = 'report.html';
const LAB = 'lab.html';
const FILES = [
  HTML,
  LAB,
  'figure-7.svg',
  'figure-8.svg',
  'beyond.svg',
  'tables.csv',
  'networks.csv',
  'beyond.csv',
];

/** Present in every report page that this program wrote, and so the sign that a folder may be written again. */
const SIGNATURE = '<meta name="generator" content="inferscope">';

function breakDownBoard({ board, rows }: ReproducedBoard): Breakdown {
  const predictions = rows.map(({ filters }) => predict(paperCnn({ filters }), boardById(board)));
  return breakDown(board, predictions);
}

/** Where the curves jump from one filter to the next, up to as many as the report goes. */
function jumpsOf({ beyond }: Reproduction): Jump[] {
  return beyond.flatMap(({ board, rows }) =>
    findJumps(rows.map(({ filters }) => predictWithFacts(paperCnn({ filters }), boardById(board)))),
  );
}

/** A link for each network at which something changes. */
function labLinks(jumps: readonly Jump[]): { question: string; href: string }[] {
  const filters = [...new Set(jumps.map((jump) => jump.filters))].sort((a, b) => a - b);
  return filters.map((count) => {
    const experiment = { ...FIRST_EXPERIMENT, model: `paper:${count}` };
    const hashes = traceHashesOf(answerExperiment(experiment));
    return { question: `${count} filters`, href: `${LAB}${experimentFragment(experiment, hashes)}` };
  });
}

/** Text of each of `FILES`. */
async function reportFiles(
  reproduction: Reproduction,
  networks: ReproducedNetworks,
): Promise<Record<string, string>> {
  const jumps = jumpsOf(reproduction);
  const rows = reproduction.boards.flatMap(({ board, rows }) => rows.map((row) => ({ board, ...row })));
  const beyond = reproduction.beyond.flatMap(({ board, rows }) => rows.map((row) => ({ board, ...row })));
  return {
    [HTML]: formatHtmlReport(reproduction, {
      breakdowns: reproduction.boards.map(breakDownBoard),
      ...{ networks, jumps, labLinks: labLinks(jumps) },
    }),
    [LAB]: await labFile({ model: undefined, board: undefined, set: undefined, state: undefined }),
    'figure-7.svg': drawInferenceFigure(reproduction),
    'figure-8.svg': drawRelativeFigure(reproduction),
    'beyond.svg': drawBeyondFigure(reproduction),
    'tables.csv': formatCsv(rows),
    'networks.csv': formatCsv(
      networks.sizes.map((file, index) => ({ ...file, ...networks.accuracy[index] })),
    ),
    'beyond.csv': formatCsv(beyond),
  };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw code === 'EISDIR'
      ? new SpecError(`${path}: is a directory; give another folder with --out`)
      : error;
  }
}

/**
 * Makes a folder in which a report can be written. Throws a SpecError where it cannot, or rather than write over files
 * that this program did not write.
 */
export async function openReportFolder(folder: string): Promise<void> {
  await makeDirectory(folder);
  const page = await readIfThere(join(folder, HTML));
  await requireWritable(join(folder, HTML));
  if (page?.includes(SIGNATURE)) return;
  for (const name of FILES) {
    if ((await readIfThere(join(folder, name))) === undefined) continue;
    throw new SpecError(
      `${join(folder, name)} exists and is no file of a report; move it, or give another folder with --out`,
    );
  }
}

/** Writes page, figures and tables into a folder that `openReportFolder` has opened, and gives their paths. */
export async function writeReport(
  folder: string,
  reproduction: Reproduction,
  networks: ReproducedNetworks,
): Promise<string[]> {
  const files = await reportFiles(reproduction, networks);
  for (const [name, text] of Object.entries(files)) await replaceFile(join(folder, name), text);
  return Object.keys(files).map((name) => join(folder, name));
}
