/** The sections of README.md that follow from the code: the example with its output, the tables, the held-out errors. */
import { measurePaper } from '../src/cli/reproduce/paper-bench.ts';
import { reproducePaper, type ReproducedRow } from '../src/calibrate/reproduce.ts';
import { reproduceNetworks } from '../src/calibrate/reproduce-networks.ts';
import { validatePaper, type BoardValidation } from '../src/calibrate/validate-paper.ts';
import { summarizeNetworks } from '../src/report/reproduction/networks.ts';
import { wrapText } from '../src/report/format.ts';
import { exampleWithOutput } from './example-output.ts';
import { withSections } from './page-sections.ts';

const EXAMPLE = new URL('../examples/why-six-filters.ts', import.meta.url);

/** README.md with its generated sections as they should be now. */
export async function readmeWithSections(readme: string): Promise<string> {
  const sections = {
    example: await exampleWithOutput(EXAMPLE),
    tables: await tables(),
    networks: await networks(),
    'held-out': heldOut(),
  };
  return withSections(readme, sections, 'README.md');
}

async function tables(): Promise<string> {
  const [k210, m7] = reproducePaper(await measurePaper()).boards;
  const head =
    '| filters | Maixduino measured | pulse | period | error % | OpenMV measured | pulse | error % |';
  const rows = k210.rows.map((row, index) => tableRow(row, m7.rows[index]));
  return [head, '|---'.repeat(8) + '|', ...rows, ''].join('\n');
}

function tableRow(k210: ReproducedRow, m7: ReproducedRow): string {
  const cells = [
    k210.filters,
    k210.measuredMs.toFixed(1),
    k210.pulseMs.toFixed(2),
    k210.reportedMs.toFixed(2),
    k210.errorPercent.toFixed(1),
    m7.measuredMs.toFixed(2),
    m7.pulseMs.toFixed(3),
    m7.errorPercent.toFixed(1),
  ];
  return `| ${cells.join(' | ')} |`;
}

async function networks(): Promise<string> {
  const summary = summarizeNetworks(await reproduceNetworks());
  return `${wrapText(`The ten networks, trained as the authors did (weights ship; \`reproduce --train\` redoes it): ${summary}.`)}\n`;
}

function heldOut(): string {
  const boards = validatePaper().boards;
  const head =
    '| held out (`validate paper --loo`), mean error % | leave one out | fit on 1..5, predict 6..10 | rounding alone |';
  return [head, '|---|---|---|---|', ...boards.flatMap(heldOutRows), ''].join('\n');
}

function heldOutRows({
  board,
  looMapePercent,
  trainLow5,
  baseline,
  roundingFloorPercent,
}: BoardValidation): string[] {
  const row = (label: string, ...figures: number[]): string =>
    `| ${label} | ${figures.map((figure) => figure.toFixed(1)).join(' | ')} | ${roundingFloorPercent.toFixed(1)} |`;
  return [
    row(board, looMapePercent, trainLow5.mapePercent),
    row(`${board}, a straight line`, baseline.looMapePercent, baseline.trainLow5MapePercent),
  ];
}
