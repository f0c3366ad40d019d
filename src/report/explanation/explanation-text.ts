import type { Difference, StepDifference } from './difference.ts';
import type { ExplainedStep, Explanation } from './explain.ts';
import {
  wrapText,
  formatInterval,
  formatNumber,
  formatShape,
  formatPercent,
  formatSigned,
} from '../format.ts';
import { shortLayer } from '../layer-rows.ts';
import { formatTable } from '../table.ts';
import type { Move } from './step-moves.ts';
import { formatToolchainRefusal } from '../toolchain-refusal-text.ts';
import { cutLines, formatRows } from '../long-table.ts';

const STEP_COLUMNS = [
  { title: '#', align: 'right' },
  { title: 'step' },
  { title: 'unit' },
  { title: 'layer' },
  { title: 'output' },
  { title: 'ms', align: 'right' },
  { title: 'share', align: 'right' },
  { title: 'bound by' },
] as const;

const DIFFERENCE_COLUMNS = [
  { title: 'step' },
  { title: 'unit' },
  { title: 'before ms', align: 'right' },
  { title: 'after ms', align: 'right' },
  { title: 'change', align: 'right' },
] as const;

function stepRow({ index, op, unit, facts, durationMs, sharePercent, boundBy }: ExplainedStep): string[] {
  const shape = facts?.outputShape ? formatShape(facts.outputShape) : '';
  return [
    `${index}`,
    op,
    unit,
    shortLayer(facts?.layer),
    shape,
    durationMs.toFixed(4),
    formatPercent(sharePercent),
    boundBy,
  ];
}

/** Costs as a table, then one sentence a step; of at most `rows` steps each. */
export function formatExplanation(explanation: Explanation, rows = Infinity): string {
  const { model, board, latencyMs, steps, sentence, toolchainRefuses } = explanation;
  return [
    `${model} on ${board}: ${formatInterval(latencyMs)}`,
    ...formatToolchainRefusal(toolchainRefuses),
    sentence,
    '',
    formatRows(STEP_COLUMNS, steps, stepRow, rows),
    '',
    ...cutLines(steps, rows, (shown) =>
      shown.map((step) => wrapText(step.sentence, ' '.repeat(6), `  ${step.index}. `.padEnd(6))),
    ),
  ].join('\n');
}

function formatCost(ms: number): string {
  return ms === 0 ? '-' : ms.toFixed(4);
}

function differenceRow({ op, unit, beforeMs, afterMs, deltaMs }: StepDifference): string[] {
  return [op, unit, formatCost(beforeMs), formatCost(afterMs), formatSigned(deltaMs, 4)];
}

/** The difference in words, rule by rule, then step by step, then by kind of operator. */
export function formatDifference(difference: Difference, rows = Infinity): string {
  const { from, to, board, fromBoard, steps, rules, sentence, growthMs } = difference;
  const [start = ''] = sentence.split('). ');
  const head =
    fromBoard === undefined ? `${from} -> ${to} on ${board}` : `${from} on ${fromBoard} -> ${to} on ${board}`;
  return [
    head,
    rules.length > 0 ? `${start}).` : sentence,
    ...cutLines(rules, rows, (shown) =>
      shown.map((rule) => wrapText(rule.sentence, ' '.repeat(13), `  ${formatSigned(rule.costMs, 3)} ms  `)),
    ),
    ...(fromBoard === undefined
      ? [`  ${formatSigned(growthMs, 3)} ms  growth of the steps that both models have`]
      : []),
    ...formatCauses(difference, rows),
    '',
    formatRows(DIFFERENCE_COLUMNS, steps, differenceRow, rows),
    ...formatKinds(difference),
  ].join('\n');
}

/** What else moved operators: kernels, paths, boards. Growth and rules that are told already are left out. */
function formatCauses({ moves, rules, fromBoard }: Difference, rows: number): string[] {
  const told = new Set(rules.map(({ node }) => node));
  const isNews = ({ toNode, causes }: Move) =>
    toNode !== null &&
    !told.has(toNode) &&
    causes.some(({ rule }) => !['growth', 'neighbours'].includes(rule));
  const news = moves.filter((move) => move.deltaPs !== 0 && isNews(move));
  if (news.length === 0) return [];
  return cutLines(news, rows, (shown) =>
    shown.map(({ what, deltaMs, beforeMs, afterMs, causes }) => {
      // What both models have is in the growth above already.
      const share = fromBoard === undefined && beforeMs > 0 && afterMs > 0 ? 'of that ' : '';
      return wrapText(
        `${what}: ${causes.map(({ rule, text }) => `${text} (${rule})`).join('; ')}`,
        ' '.repeat(13),
        `  ${share}${formatSigned(deltaMs, 3)} ms  `,
      );
    }),
  );
}

const KIND_COLUMNS = [
  { title: 'operator' },
  { title: 'times', align: 'right' },
  { title: 'before ms', align: 'right' },
  { title: 'after ms', align: 'right' },
  { title: 'change', align: 'right' },
] as const;

/** Sums by operator, where any stands more than once. */
function formatKinds({ kinds }: Difference): string[] {
  if (kinds.every(({ moves }) => moves === 1)) return [];
  const rows = kinds.map(({ op, moves, beforeMs, afterMs, deltaMs }) => {
    return [op, `${moves}`, formatCost(beforeMs), formatCost(afterMs), formatSigned(deltaMs, 4)];
  });
  return ['', formatTable(KIND_COLUMNS, rows)];
}

/** Models beside one another, a row a board: ms of each. */
export function formatLatencies(models: readonly Explanation[]): string {
  const names = [...new Set(models.map(({ model }) => model))];
  const boards = [...new Set(models.map(({ board }) => board))];
  const columns = [
    { title: 'board' },
    ...names.map((title) => ({ title: `${title} ms`, align: 'right' as const })),
  ];
  const rows = boards.map((board) => [
    board,
    ...names.map((name) => {
      const found = models.find((one) => one.board === board && one.model === name);
      return found ? formatNumber(found.latencyMs.value) : '-';
    }),
  ]);
  return formatTable(columns, rows);
}
