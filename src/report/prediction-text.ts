import type { Interval, Prediction, StepCost } from '../simulate/prediction.ts';
import { describeDomain, formatCount, formatInterval, formatMs, formatNumber, wrapText } from './format.ts';
import { formatRows } from './long-table.ts';
import { formatTable } from './table.ts';
import { formatToolchainRefusal } from './toolchain-refusal-text.ts';

export type Reading = 'pulse' | 'period';

/** The named constant between the pulse and what the published bench read, with its uncertainty in words. */
export interface ReadingOffset {
  readonly value: number;
  readonly doubt: string;
}

const STEP_COLUMNS = [
  { title: '#', align: 'right' },
  { title: 'step' },
  { title: 'unit' },
  { title: 'start ms', align: 'right' },
  { title: 'ms', align: 'right' },
  { title: 'MACs', align: 'right' },
  { title: 'bound by' },
] as const;

function stepRow(step: StepCost): string[] {
  const { index, op, unit, startMs, durationMs, macs, boundBy } = step;
  return [`${index}`, op, unit, startMs.toFixed(4), durationMs.toFixed(4), formatCount(macs), boundBy];
}

function formatReading(name: string, interval: Interval, meaning: string): string {
  return `  ${name.padEnd(9)} ${formatInterval(interval)}  ${meaning}`;
}

function formatReadings({ latencyMs, reportedMs }: Prediction, offset?: ReadingOffset, only?: Reading) {
  const pulse = formatReading('latency', latencyMs, 'from the call to its return (the pulse)');
  const meaning = offset
    ? `as the published bench reads it: + ${formatMs(offset.value)} offset`
    : 'as the published bench reads it: the same';
  const period = formatReading('reported', reportedMs, meaning);
  const uncertainty = offset ? [wrapText(`offset: ${offset.doubt}`, ' '.repeat(12))] : [];
  if (only === 'pulse') return [pulse];
  return only === 'period' ? [period, ...uncertainty] : [pulse, period, ...uncertainty];
}

export function formatMemory({ memory }: Prediction): string {
  const parts = memory.parts
    .filter((part) => !part.fits)
    .map(
      (part) =>
        `${part.name} needs ${formatCount(part.bytes)} of the ${formatCount(part.availableBytes)} bytes in ${part.memory}`,
    );
  const amounts = `flash ${formatCount(memory.flashBytes)} bytes, RAM ${formatCount(memory.ramBytes)} bytes`;
  return `  memory    ${amounts}: ${memory.fits ? 'fits' : `DOES NOT FIT: ${parts.join('; ')}`}`;
}

/** What is shown of a prediction. */
export interface PredictionView {
  readonly offset?: ReadingOffset | undefined;
  readonly only?: Reading | undefined;
  /** Steps that are listed at most; all where absent. */
  readonly rows?: number;
}

/** The prediction as a person reads it: readings with intervals, domain, memory, steps, warnings, hash. */
export function formatPrediction(prediction: Prediction, view: PredictionView = {}): string {
  const { offset, only, rows = Infinity } = view;
  const { model, board, toolchain, dtype, steps, warnings, traceHash, toolchainRefuses } = prediction;
  return [
    `${model} on ${board} (${toolchain}, ${dtype})`,
    ...formatSettings(prediction.settings),
    ...formatToolchainRefusal(toolchainRefuses),
    ...formatReadings(prediction, offset, only),
    wrapText(describeDomain(prediction.latencyMs), ' '.repeat(12), '  domain    '),
    formatMemory(prediction),
    '',
    formatRows(STEP_COLUMNS, steps, stepRow, rows),
    '',
    ...warnings.map((warning) => wrapText(warning, ' '.repeat(12), '  warning   ')),
    `  trace     ${traceHash}`,
  ].join('\n');
}

function formatSettings(settings: Prediction['settings'] = {}): string[] {
  const all = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
  return all.length === 0 ? [] : [`  set       ${all.join(', ')}`];
}

/** One line a board, for a comparison of many. */
export function formatComparison(predictions: readonly Prediction[]): string {
  const columns = [
    { title: 'model' },
    { title: 'board' },
    { title: 'latency ms', align: 'right' },
    { title: '90 % low', align: 'right' },
    { title: 'high', align: 'right' },
    { title: 'reported ms', align: 'right' },
    { title: 'fits' },
  ] as const;
  const rows = predictions.map(({ model, board, latencyMs, reportedMs, memory }) => [
    model,
    board,
    formatNumber(latencyMs.value),
    formatNumber(latencyMs.low),
    formatNumber(latencyMs.high),
    formatNumber(reportedMs.value),
    memory.fits ? 'yes' : 'NO',
  ]);
  return formatTable(columns, rows);
}
