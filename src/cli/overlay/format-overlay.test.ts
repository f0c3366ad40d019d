import { expect, test } from 'vitest';
import { formatOverlay } from './format-overlay.ts';
import type { Overlay } from './overlay.ts';

const ROW = { line: 3, op: 'Conv', nodes: [0, 1], names: 'CONV_2D + RELU' };
const OVERLAY: Overlay = {
  ...{ model: 'net', board: 'some-board', format: 'CSV', measuredMs: 3, predictedMs: 2, commonRatio: 1.5 },
  ...{ relativeLow: 0.9, relativeHigh: 1.1, besides: [] },
  rows: [{ ...ROW, measuredMs: 3, predictedMs: 2, ratio: 1.5 }],
};

test('a line of the log stands beside its operators; without a cause the table is the end', () => {
  const lines = formatOverlay(OVERLAY).trimEnd().split('\n');
  expect(lines.slice(0, 2)).toEqual([
    'net on some-board, beside a log of CSV',
    '  measured 3.000 ms, predicted 2.000 ms; median ratio 1.50',
  ]);
  expect(lines.at(-1)).toMatch(/^ +3 +Conv +CONV_2D \+ RELU \(op 0, 1\) +3\.000 ms +2\.000 ms +1\.50$/);
});

test('one cause, of a row or of all of them, is said below the table', () => {
  const own = { ...OVERLAY, rows: [{ ...OVERLAY.rows[0]!, cause: 'other kernels' }] };
  expect(formatOverlay(own)).toMatch(/1\.50\n\n {2}CONV_2D \+ RELU \(op 0, 1\): other kernels$/);
  expect(formatOverlay({ ...OVERLAY, commonCause: 'a slower clock' })).toMatch(
    /1\.50\n\n {2}a slower clock$/,
  );
});

test('operators that nothing explains share a sentence, each with its factor', () => {
  const cause = 'slower than the others';
  const [row] = OVERLAY.rows;
  const rows = [
    { ...row!, cause, residual: 2 },
    { ...row!, nodes: [2], measuredMs: 9, cause, residual: 1 / 4 },
  ];
  expect(formatOverlay({ ...OVERLAY, rows })).toMatch(
    / {2}slower than the others: CONV_2D \+ RELU \(op 2\) 4\.00x, CONV_2D \+ RELU \(op 0, 1\) 2\.00x$/,
  );
});
