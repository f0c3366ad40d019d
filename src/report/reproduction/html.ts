import type { ReproducedBoard, Reproduction } from '../../calibrate/reproduce.ts';
import type { ReproducedNetworks } from '../../calibrate/reproduce-networks.ts';
import { HTML_STYLE } from './html-style.ts';
import { NETWORK_COLUMNS, networkRows, summarizeNetworks } from './networks.ts';
import type { Jump } from './jumps.ts';
import { drawBeyondFigure, drawBreakdownFigure, drawInferenceFigure, drawRelativeFigure } from './plots.ts';
import { reproductionColumns, reproductionRows, summarizeBoard } from './reproduction-text.ts';
import { escapeMarkup } from '../escape-markup.ts';
import type { FigureWidth } from '../figure.ts';
import type { Breakdown } from './breakdown.ts';
import { termsOf } from './words-of-time.ts';

/** What a page tells besides the reproduction itself. */
export interface ReportParts {
  readonly breakdowns: readonly Breakdown[];
  readonly networks?: ReproducedNetworks;
  /** Where the curves beyond the paper jump. */
  readonly jumps?: readonly Jump[];
  /** Where the Lab shows the same: a question, and the address that answers it. */
  readonly labLinks?: readonly { readonly question: string; readonly href: string }[];
}

function tableOf(name: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((title) => `<th scope="col">${escapeMarkup(title)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeMarkup(cell)}</td>`).join('')}</tr>`);
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeMarkup(name)}"><table><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}

/** A figure twice: as wide as a page, and for a telephone, where its text keeps its size. */
function figureOf(draw: (width: FigureWidth) => string, caption: string): string {
  const pictures = (['wide', 'narrow'] as const).map((width) => `<div class="${width}">${draw(width)}</div>`);
  return `<figure>${pictures.join('')}<figcaption>${escapeMarkup(caption)}</figcaption></figure>`;
}

function listOf(sentences: readonly string[]): string {
  return `<ul>${sentences.map((sentence) => `<li>${escapeMarkup(sentence)}</li>`).join('\n')}</ul>`;
}

function boardSection(board: ReproducedBoard): string {
  return `<section>
<h2>${escapeMarkup(board.name)} <small>${escapeMarkup(board.table)}</small></h2>
<p class="summary">${escapeMarkup(summarizeBoard(board))}</p>
${tableOf(`Measured and predicted, ${board.name}`, reproductionColumns(board), reproductionRows(board))}
${listOf(board.why)}
</section>`;
}

function networksSection(networks: ReproducedNetworks | undefined): string {
  if (!networks) return '';
  return `<section>
<h2>The ten networks <small>tables 2 and 3</small></h2>
<p class="summary">${escapeMarkup(summarizeNetworks(networks))}</p>
${tableOf('The ten networks', NETWORK_COLUMNS, networkRows(networks))}
${listOf([networks.accuracySource.sentence])}
</section>`;
}

function breakdownSection(breakdowns: readonly Breakdown[]): string {
  if (breakdowns.length === 0) return '';
  const caption = 'Each bar is one call; its parts are the steps of the call in their order.';
  const figures = breakdowns.map((breakdown) =>
    figureOf((width) => drawBreakdownFigure(breakdown, width), caption),
  );
  return `<section><h2>Where the time goes</h2>\n${figures.join('\n')}</section>`;
}

function beyondSection(reproduction: Reproduction, jumps: readonly Jump[]): string {
  const { crossover } = reproduction;
  return `<section>
<h2>Which board is faster?</h2>
<p>${escapeMarkup(crossover.sentence)}</p>
${figureOf((width) => drawBeyondFigure(reproduction, width), 'Predicted calls; shaded by the faster board.')}
${jumps.length > 0 ? `<h3>Where the curves jump</h3>\n${listOf(jumps.map(({ sentence }) => sentence))}` : ''}
</section>`;
}

/** What the dashed line is, and what happens at the dotted ones. */
function explainFigure({ crossover }: Reproduction): string {
  const rules = crossover.pulse.flips.flatMap(({ filters, reason }) =>
    reason === undefined ? [] : [`From ${filters} filters on (dotted line): ${reason}.`],
  );
  return ['The dashed line is the pulse alone.', ...rules].join(' ');
}

function termsSection(reproduction: Reproduction): string {
  const terms = termsOf(reproduction).map(
    ({ word, meaning }) => `<dt>${word}</dt><dd>${escapeMarkup(meaning)}</dd>`,
  );
  return `<dl>${terms.join('\n')}</dl>`;
}

function labSection(links: ReportParts['labLinks'] = []): string {
  if (links.length === 0) return '';
  const items = links.map(
    ({ question, href }) => `<a href="${escapeMarkup(href)}">${escapeMarkup(question)}</a>`,
  );
  return `<nav aria-label="The same in the Lab"><p>Move it yourself, in the Lab beside this page: ${items.join(' \u00b7 ')}</p></nav>`;
}

const INTRO =
  'One convolution with 1 to 10 filters and a dense layer, on two microcontroller boards: what Dokic, Mikolcevic and Radisic measured with an oscilloscope (RTA-CSIT 2021), and what inferscope predicts from mechanisms.';

/** The reproduction as one self-contained page: tables, figures as inline SVG, the why; light and dark. */
export function formatHtmlReport(reproduction: Reproduction, parts: ReportParts): string {
  const { breakdowns, networks, jumps = [], labLinks } = parts;
  const title = 'The experiment, done in software';
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
<header><p class="brand">inferscope</p><h1>${title}</h1><p>${INTRO}</p>${labSection(labLinks)}</header>
${figureOf((width) => drawInferenceFigure(reproduction, width), explainFigure(reproduction))}
${figureOf((width) => drawRelativeFigure(reproduction, width), 'Time with x filters relative to the time with one.')}
${termsSection(reproduction)}
${reproduction.boards.map(boardSection).join('\n')}
${networksSection(networks)}
${breakdownSection(breakdowns)}
${beyondSection(reproduction, jumps)}
</main>
</body>
</html>
`;
}
