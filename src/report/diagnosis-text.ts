import type { Diagnoses } from '../calibrate/diagnose/diagnose.ts';
import { formatNumber } from './format.ts';
import { formatTable } from './table.ts';

/** Causes that are worth a line. */
const LEAST_PROBABILITY = 0.01;

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

/** The settings that a time speaks for, most likely first, and the chance that it is none of them. */
export function formatDiagnosis({ measuredMs, asIsMs, causes, noneProbability }: Diagnoses): string {
  const likely = causes.filter(({ probability }) => probability >= LEAST_PROBABILITY);
  const rows = likely.map(({ settings, probability, predictedMs, lowMs, highMs, command }) => [
    percent(probability),
    settings,
    formatNumber(predictedMs),
    `${formatNumber(lowMs)} to ${formatNumber(highMs)}`,
    command,
  ]);
  const table = formatTable(
    [
      { title: 'chance', align: 'right' },
      { title: 'setting' },
      { title: 'ms', align: 'right' },
      { title: '90 %' },
      { title: 'to check', maxWidth: 60 },
    ],
    [...rows, [percent(noneProbability), 'none of these: as said, or something else', '', '', '']],
  );
  return `measured ${formatNumber(measuredMs)} ms, as said ${formatNumber(asIsMs)} ms\n\n${table}`;
}
