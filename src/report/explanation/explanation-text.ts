import type { Difference, StepDifference } from './difference.ts';
import type { ExplainedStep, Explanation } from './explain.ts';
import { wrapText, formatInterval, formatPercent, formatSigned } from '../format.ts';
import { formatToolchainRefusal } from '../toolchain-refusal-text.ts';
import { cutLines, formatRows } from '../long-table.ts';

const STEP_COLUMNS = [
  { title: '#', align: 'right' },
  { title: 'step' },
  { title: 'unit' },
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

function stepRow({ index, op, unit, durationMs, sharePercent, boundBy }: ExplainedStep): string[] {
  return [`${index}`, op, unit, durationMs.toFixed(4), formatPercent(sharePercent), boundBy];
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

/** The difference in words, rule by rule, then step by step. */
export function formatDifference(difference: Difference, rows = Infinity): string {
  const { from, to, board, steps, rules, sentence, growthMs } = difference;
  const [start = ''] = sentence.split('). ');
  return [
    `${from} -> ${to} on ${board}`,
    rules.length > 0 ? `${start}).` : sentence,
    ...cutLines(rules, rows, (shown) =>
      shown.map((rule) => wrapText(rule.sentence, ' '.repeat(13), `  ${formatSigned(rule.costMs, 3)} ms  `)),
    ),
    `  ${formatSigned(growthMs, 3)} ms  growth of the steps that both models have`,
    '',
    formatRows(DIFFERENCE_COLUMNS, steps, differenceRow, rows),
  ].join('\n');
}
