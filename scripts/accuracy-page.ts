import type { ExternalRow } from '../src/calibrate/external/predict-row.ts';
import { median, type Score } from '../src/calibrate/population/score.ts';
import { validateExternal, type ExternalValidation } from '../src/calibrate/validate-external.ts';
import { scatterPlot } from './scatter-plot.ts';

const HEAD = [
  'rows',
  'median %',
  'mean %',
  'within 10 %',
  'within 20 %',
  '90 % interval holds',
  'half-width',
];

const cells = (name: string, score: Score): string =>
  [
    name,
    score.rows,
    score.medianPercent.toFixed(1),
    score.mapePercent.toFixed(1),
    `${score.within10Percent.toFixed(0)} %`,
    `${score.within20Percent.toFixed(0)} %`,
    `${score.coveragePercent.toFixed(0)} %`,
    `x/÷ ${score.halfWidth.toFixed(2)}`,
  ].join(' | ');

function table(title: string, scores: readonly (readonly [string, Score | null])[]): string {
  const lines = scores.flatMap(([name, score]) => (score ? [`| ${cells(name, score)} |`] : []));
  return [`| ${title} | ${HEAD.join(' | ')} |`, `|---${'|---:'.repeat(HEAD.length)}|`, ...lines].join('\n');
}

function groups(document: ExternalValidation, by: string): (readonly [string, Score])[] {
  return document.groups.filter((group) => group.by === by).map((group) => [group.name, group]);
}

const totals = ({ judged, total, baselines }: ExternalValidation) =>
  [
    ['CPUs, grades A and B', judged],
    ['all rows', total],
    ['baseline: constant cycles a MAC', baselines.cyclesPerMac],
    ['baseline: table completion', baselines.tableCompletion],
  ] as const;

/** Fewest rows of a board whose held-out error is worth a number. */
const FEWEST = 3;

/** Boards that were measured at several supplies are one: "gap9-evk-0.65v". */
const SUPPLY = /-\d\.\d+v$/;

/** Median error in percent by board, of rows that a fit without their network on the board predicts. */
function heldOutByBoard(rows: readonly ExternalRow[]): Record<string, number> {
  const errors = new Map<string, number[]>();
  for (const { board: measuredOn, measuredMs, predictedMs, grade } of rows) {
    const board = measuredOn.replace(SUPPLY, '');
    if (grade === 'C') continue;
    errors.set(board, [...(errors.get(board) ?? []), 100 * Math.abs(predictedMs / measuredMs - 1)]);
  }
  const known = [...errors].filter(([, values]) => values.length >= FEWEST);
  return Object.fromEntries(
    known.sort().map(([board, values]) => [board, Number(median(values).toFixed(1))]),
  );
}

export interface AccuracyFiles {
  readonly page: string;
  readonly plots: Readonly<Record<string, string>>;
  readonly heldOut: Readonly<Record<string, number>>;
}

/** docs/accuracy.md with its plots, and the held-out errors of boards, as the fit is now. */
export function accuracyFiles(prose: string): AccuracyFiles {
  const cell = validateExternal({ heldOut: 'cell' });
  const network = validateExternal({ heldOut: 'network' });
  const board = validateExternal({ heldOut: 'board' });
  const operators = validateExternal({ judging: 'operators' });
  const energy = validateExternal({ judging: 'energy', heldOut: 'cell' });
  const sections: Readonly<Record<string, string>> = {
    cell: `${table('held out: the network on the board', totals(cell))}\n\n${table('engine', groups(cell, 'engine'))}`,
    network: `${table('held out: the network on all boards', totals(network))}\n\n${table('engine', groups(network, 'engine'))}`,
    board: `${table('held out: the board', totals(board))}\n\n${table('board', groups(board, 'board'))}`,
    status: table('status', [
      ...groups(cell, 'status'),
      ...groups(board, 'status').map(([name, score]) => [`${name} (board held out)`, score] as const),
    ]),
    operators: table('source', groups(operators, 'source')),
    energy: table('board', groups(energy, 'board')),
  };
  return {
    page: prose.replace(
      /(<!-- begin (\w+) -->\n)[\s\S]*?(<!-- end \w+ -->)/g,
      (_, begin: string, name: string, end: string) => `${begin}${sections[name]}\n${end}`,
    ),
    plots: {
      'accuracy-network': scatterPlot('each network held out on its board', cell.rows),
      'accuracy-board': scatterPlot('each board held out', board.rows),
    },
    heldOut: heldOutByBoard(cell.rows),
  };
}
