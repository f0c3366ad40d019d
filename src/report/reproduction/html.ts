import type { ReproducedBoard, Reproduction } from '../../calibrate/reproduce.ts';
import type { ReproducedNetworks } from '../../calibrate/reproduce-networks.ts';
import { HTML_STYLE } from './html-style.ts';
import { NETWORK_COLUMNS, networkRows, summarizeNetworks } from './networks.ts';
import { drawBeyondFigure, drawBreakdownFigure, drawInferenceFigure, drawRelativeFigure } from './plots.ts';
import { reproductionColumns, reproductionRows, summarizeBoard } from './reproduction-text.ts';
import { escapeMarkup } from '../escape-markup.ts';
import type { Breakdown } from './breakdown.ts';

function tableOf(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((title) => `<th scope="col">${escapeMarkup(title)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeMarkup(cell)}</td>`).join('')}</tr>`);
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}

function figureOf(svg: string, caption: string): string {
  return `<figure>${svg}<figcaption>${escapeMarkup(caption)}</figcaption></figure>`;
}

function listOf(sentences: readonly string[]): string {
  return `<ul>${sentences.map((sentence) => `<li>${escapeMarkup(sentence)}</li>`).join('\n')}</ul>`;
}

function boardSection(board: ReproducedBoard): string {
  return `<section>
<h2>${escapeMarkup(board.name)} <small>${escapeMarkup(board.table)}</small></h2>
<p class="summary">${escapeMarkup(summarizeBoard(board))}</p>
${tableOf(reproductionColumns(board), reproductionRows(board))}
${listOf(board.why)}
</section>`;
}

function networksSection(networks: ReproducedNetworks | undefined): string {
  if (!networks) return '';
  return `<section>
<h2>The ten networks <small>tables 2 and 3</small></h2>
<p class="summary">${escapeMarkup(summarizeNetworks(networks))}</p>
${tableOf(NETWORK_COLUMNS, networkRows(networks))}
${listOf([networks.accuracySource.sentence])}
</section>`;
}

function breakdownSection(breakdowns: readonly Breakdown[]): string {
  if (breakdowns.length === 0) return '';
  const caption = 'Each bar is one call (the pulse); its parts are the steps of the call in their order.';
  const figures = breakdowns.map((breakdown) => figureOf(drawBreakdownFigure(breakdown), caption));
  return `<section><h2>Where the time goes</h2>\n${figures.join('\n')}</section>`;
}

function beyondSection(reproduction: Reproduction): string {
  const { crossover } = reproduction;
  return `<section>
<h2>Which board is faster?</h2>
<p>${escapeMarkup(crossover.sentence)}</p>
${figureOf(drawBeyondFigure(reproduction), 'Predicted pulses; shaded by the faster board.')}
</section>`;
}

/** What the dashed line is, and the rules whose names stand at the dotted ones. */
function explainFigure({ crossover }: Reproduction): string {
  const rules = crossover.pulse.flips.flatMap(({ filters, reason }) =>
    reason === undefined ? [] : [`From ${filters} filters on (dotted line): ${reason}.`],
  );
  return ['The dashed line is the pulse alone.', ...rules].join(' ');
}

/** The reproduction as one self-contained page: tables, figures as inline SVG, the why; light and dark. */
export function formatHtmlReport(
  reproduction: Reproduction,
  breakdowns: readonly Breakdown[],
  networks?: ReproducedNetworks,
): string {
  const title = 'The experiment, done in software';
  const intro =
    'One convolution with 1 to 10 filters and a dense layer, on two microcontroller boards: what Dokic, Mikolcevic and Radisic measured with an oscilloscope (RTA-CSIT 2021), and what inferscope predicts from mechanisms.';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="inferscope">
<title>inferscope: ${title}</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<main>
<header><p class="brand">inferscope</p><h1>${title}</h1><p>${intro}</p></header>
${figureOf(drawInferenceFigure(reproduction), explainFigure(reproduction))}
${figureOf(drawRelativeFigure(reproduction), 'Time with x filters relative to the time with one.')}
${reproduction.boards.map(boardSection).join('\n')}
${networksSection(networks)}
${breakdownSection(breakdowns)}
${beyondSection(reproduction)}
</main>
</body>
</html>
`;
}
