import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { FormatError } from '../../errors.ts';
import { readEvalRows } from './eval-rows.ts';
import { COUNT_BARS, validateCounts } from './validate-counts.ts';

const TABLE = readFileSync(new URL('../../../data/instruction-counts-2.csv', import.meta.url), 'utf8');
const [HEAD, ...LINES] = TABLE.trimEnd().split('\n') as [string, ...string[]];
const lineOf = (pattern: string) => LINES.find((line) => line.startsWith(pattern))!;
const CONV = lineOf('cmsis-nn,conv,int8,-O2 gcc-12.2.1');

describe('validate counts', () => {
  const { rows, skipped, cores } = validateCounts(TABLE);

  it('judges every row of the table, on six cores', () => {
    expect(rows).toHaveLength(LINES.length);
    expect(skipped).toEqual([]);
    expect(cores.map(({ target }) => target).sort()).toEqual([
      ...['cortex-m0plus', 'cortex-m33', 'cortex-m4', 'cortex-m55', 'cortex-m7', 'rv32imac'],
    ]);
  });

  test.each(cores)('$target: median and share within 5 % hold their bars', (core) => {
    expect(core.medianPercent).toBeLessThanOrEqual(COUNT_BARS.medianPercent);
    expect(core.within5Percent).toBeGreaterThanOrEqual(COUNT_BARS.within5Percent);
    expect(core.holds).toBe(true);
  });

  it('judges a single-precision build by its own rows: DEQUANTIZE takes 106 instructions an element, not 12', () => {
    const converted = rows.filter(
      ({ op, target, flags, library }) =>
        op === 'DEQUANTIZE' &&
        target === 'cortex-m7' &&
        flags.startsWith('-O2') &&
        library === 'tflm-reference',
    );
    const widths = new Set(converted.map(({ flags }) => flags));
    expect(widths).toEqual(new Set(['-O2', '-O2 fpv4-sp']));
    converted.forEach(({ errorPercent }) => expect(Math.abs(errorPercent)).toBeLessThan(1));
  });
});

it('counts a row that nothing prices as wrong, and names its line', () => {
  const unknown = CONV.replace('cmsis-nn', 'my-nn');
  const { rows, skipped, cores } = validateCounts([HEAD, CONV, unknown].join('\n'));
  expect(rows).toHaveLength(1);
  expect(skipped).toEqual([{ line: 3, reason: 'no kernels of my-nn -O2 for cortex-m7' }]);
  expect(cores).toMatchObject([{ rows: 2, within5Percent: 50, holds: false }]);
});

it('skips an operator that it does not know, and says which it knows', () => {
  const { skipped } = validateCounts([HEAD, CONV.replace(',conv,', ',fft,')].join('\n'));
  expect(skipped[0]!.reason).toMatch(
    /^instruction counts: line 2, column "op": "fft"; allowed: conv, dwconv,/,
  );
});

test.each([
  ['no column instructions', `${HEAD.replace(',instructions,', ',cycles,')}\n${CONV}`],
  ['holds no rows', HEAD],
  ['line 2 holds too few fields', `${HEAD}\ncmsis-nn,conv,int8`],
  ['line 2, column "dtype": "int4"; allowed: float32, int8', `${HEAD}\n${CONV.replace('int8', 'int4')}`],
])('refuses in one line: %s', (message, table) => {
  expect(() => readEvalRows(table)).toThrow(FormatError);
  expect(() => readEvalRows(table)).toThrow(message);
});
