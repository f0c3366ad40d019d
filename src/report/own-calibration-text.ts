import type { OwnCalibration } from '../calibrate/own/calibrate-own.ts';
import { escapeMarkup } from './escape-markup.ts';
import { formatNumber, formatSigned } from './format.ts';
import { formatTable } from './table.ts';

const right = (title: string) => ({ title, align: 'right' as const });

const offBy = (predicted: number, measured: number): string =>
  formatSigned(100 * (predicted / measured - 1), 1);

function findings({ undetermined, inseparable, outliers, measureNext }: OwnCalibration): string[] {
  return [
    ...undetermined.map((path) => `not told by these rows: ${path}`),
    ...inseparable.map(([one, other]) => `cannot be told apart by these rows: ${one} and ${other}`),
    ...outliers.map(({ line, reason }) => `outlier in line ${line}: ${reason}`),
    ...(measureNext === null ? [] : [`to measure next: ${measureNext}`]),
  ];
}

/** Constants before and after, rows before and after, and what the rows leave open. */
export function formatOwnCalibration(found: OwnCalibration): string {
  const constants = formatTable(
    [{ title: 'constant' }, right('before'), right('after'), right('90 % interval')],
    found.parameters.map(({ path, before, after, low, high }) => [
      path,
      formatNumber(before),
      formatNumber(after),
      `${formatNumber(low)} to ${formatNumber(high)}`,
    ]),
  );
  const rows = formatTable(
    [right('line'), right('measured ms'), right('before, off by %'), right('after, off by %')],
    found.rows.map(({ line, ops, measuredMs, beforeMs, afterMs }) => [
      ops === undefined ? `${line}` : `${line}: op ${ops.join(', ')}`,
      formatNumber(measuredMs),
      offBy(beforeMs, measuredMs),
      offBy(afterMs, measuredMs),
    ]),
  );
  return [constants, '', rows, '', ...findings(found).map((line) => `  ${line}`)].join('\n').trimEnd();
}

/** The same as a page: predicted over measured, residuals, before and after. */
export function ownCalibrationPage(found: OwnCalibration, board: string): string {
  const most = Math.max(
    ...found.rows.flatMap(({ measuredMs, beforeMs, afterMs }) => [measuredMs, beforeMs, afterMs]),
  );
  const at = (ms: number): string => (20 + (360 * ms) / most).toFixed(1);
  const up = (ms: number): string => (380 - (360 * ms) / most).toFixed(1);
  const points = found.rows.flatMap(({ measuredMs, beforeMs, afterMs }) => [
    `<circle cx="${at(measuredMs)}" cy="${up(beforeMs)}" r="4" fill="#c8553d" fill-opacity="0.6"/>`,
    `<circle cx="${at(measuredMs)}" cy="${up(afterMs)}" r="4" fill="#1b6ca8"/>`,
  ]);
  const title = `Calibration of ${escapeMarkup(board)}`;
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>`,
    `<h1>${title}</h1>`,
    '<p>Predicted ms (up) over measured ms, before in red and after in blue; on the line they agree.</p>',
    '<svg viewBox="0 0 400 400" width="480"><rect width="400" height="400" fill="#ffffff"/>',
    '<line x1="20" y1="380" x2="380" y2="20" stroke="#999999"/>',
    ...points,
    `</svg><pre>${escapeMarkup(formatOwnCalibration(found))}</pre></body></html>\n`,
  ].join('\n');
}
