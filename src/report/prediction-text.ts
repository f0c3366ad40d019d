import type { Interval, Prediction, StepCost } from '../simulate/prediction.ts';
import {
  describeDomain,
  formatCount,
  formatInterval,
  formatMs,
  formatNumber,
  formatPercent,
  formatShape,
  wrapText,
} from './format.ts';
import { chooseSteps, sharePercent, shortLayer, type StepChoice } from './layer-rows.ts';
import { formatRows } from './long-table.ts';
import { formatTable, type Column } from './table.ts';
import { formatToolchainRefusal } from './toolchain-refusal-text.ts';

export type Reading = 'pulse' | 'period';

/** The named constant between the pulse and what the published bench read, with its uncertainty in words. */
export interface ReadingOffset {
  readonly value: number;
  readonly doubt: string;
}

interface StepColumn extends Column {
  readonly cell: (step: StepCost, prediction: Prediction) => string;
}

const STEP_COLUMNS: readonly StepColumn[] = [
  { title: '#', align: 'right', cell: ({ index }) => `${index}` },
  { title: 'step', cell: ({ op }) => op },
  { title: 'unit', cell: ({ unit }) => unit },
  { title: 'layer', cell: ({ facts }) => shortLayer(facts?.layer) },
  { title: 'output', cell: ({ facts }) => (facts?.outputShape ? formatShape(facts.outputShape) : '') },
  { title: 'start ms', align: 'right', cell: ({ startMs }) => startMs.toFixed(4) },
  { title: 'ms', align: 'right', cell: ({ durationMs }) => durationMs.toFixed(4) },
  { title: 'share', align: 'right', cell: (step, all) => formatPercent(sharePercent(step, all)) },
  { title: 'MACs', align: 'right', cell: ({ macs }) => formatCount(macs) },
  { title: 'of peak', align: 'right', cell: ({ facts }) => percentOrNothing(facts?.macUtilizationPercent) },
  { title: 'bound by', cell: ({ boundBy }) => boundBy },
];

const percentOrNothing = (percent: number | undefined): string =>
  percent === undefined ? '' : formatPercent(percent);

/** A row a step; columns that would be empty are left out. */
function formatSteps(prediction: Prediction, { rows = Infinity, ...choice }: PredictionView): string {
  const steps = chooseSteps(prediction.steps, choice);
  const shown = steps.slice(0, rows);
  const columns = STEP_COLUMNS.filter(({ cell }) => shown.some((step) => cell(step, prediction) !== ''));
  return formatRows(columns, steps, (step) => columns.map(({ cell }) => cell(step, prediction)), rows);
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
  const verdict = memory.fits ? 'fits' : `DOES NOT FIT: ${parts.join('; ')}`;
  return `  memory    ${amounts}: ${verdict}${memory.fits ? homesOf(memory) : ''}`;
}

/** What lies in which memory, with how much of it that takes. */
function homesOf({ parts }: Prediction['memory']): string {
  const used = new Map<string, { bytes: number; availableBytes: number }>();
  for (const { memory, bytes, availableBytes } of parts) {
    used.set(memory, { bytes: (used.get(memory)?.bytes ?? 0) + bytes, availableBytes });
  }
  const homes = [...used].map(
    ([memory, { bytes, availableBytes }]) =>
      `${memory} ${formatCount(bytes)} of ${formatCount(availableBytes)}`,
  );
  return homes.length === 0 ? '' : ` (${homes.join(', ')})`;
}

/** The kernel libraries whose costs price the operators. */
function formatKernels({ steps }: Prediction): string[] {
  const names = new Set(steps.flatMap(({ node, facts }) => (node !== null && facts ? [facts.kernels] : [])));
  return names.size === 0 ? [] : [`  kernels   ${[...names].join(', ')}`];
}

/** What is shown of a prediction. */
export interface PredictionView extends StepChoice {
  readonly offset?: ReadingOffset | undefined;
  readonly only?: Reading | undefined;
  /** Steps that are listed at most; all where absent. */
  readonly rows?: number;
}

/** The prediction as a person reads it: readings with intervals, domain, memory, steps, warnings, hash. */
export function formatPrediction(prediction: Prediction, view: PredictionView = {}): string {
  const { offset, only } = view;
  const { model, board, toolchain, dtype, warnings, traceHash, toolchainRefuses } = prediction;
  return [
    `${model} on ${board} (${toolchain}, ${dtype})`,
    ...formatSettings(prediction.settings),
    ...formatToolchainRefusal(toolchainRefuses),
    ...formatReadings(prediction, offset, only),
    wrapText(describeDomain(prediction.latencyMs), ' '.repeat(12), '  domain    '),
    formatMemory(prediction),
    ...formatKernels(prediction),
    '',
    formatSteps(prediction, view),
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
