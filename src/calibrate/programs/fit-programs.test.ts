import { describe, expect, it, test } from 'vitest';
import { offloadCycles } from '../../boards/accelerators/offload-cycles.ts';
import { programUnitOf } from '../../boards/accelerators/program-kernels.ts';
import { anyBoardById } from '../../boards/all-boards.ts';
import { PUBLISHED_ROWS } from '../measurements/published-rows.ts';
import { readMeasuredRows } from '../population/measured-rows.ts';
import { fitPrograms, offloadedLayers } from './fit-programs.ts';
import { heldOutProgramMs, unitWithout } from './held-out-programs.ts';

const board = anyBoardById('xg24-dk2601b');
const unit = programUnitOf(board)!;
const rows = readMeasuredRows(PUBLISHED_ROWS);
const layers = offloadedLayers(
  rows.filter(({ op, accelerator }) => op !== 'model' && accelerator === 'MVP'),
  unit,
);
const networks = [...new Set(layers.map(({ row }) => row.model))];
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Time of a network's layers on the accelerator over what was measured, by rates that never saw them. */
function ratioOf(network: string): number {
  const held = unitWithout(board, unit, network);
  let measured = 0;
  let predicted = 0;
  for (const { row, offload } of layers.filter(({ row }) => row.model === network)) {
    measured += Number(row.count) * row.latencyMs;
    predicted += (Number(row.count) * offloadCycles(held, offload).totalCycles) / (row.clockMhz * 1000);
  }
  return predicted / measured;
}

it('takes every layer of which the logs count cycles of the accelerator, and no other', () => {
  const taken = layers.map(({ row }) => row.id);
  const counted = rows.filter(({ op, acc_cycles }) => op !== 'model' && Number(acc_cycles) > 0);
  expect(taken).toEqual(counted.filter(({ accelerator }) => accelerator === 'MVP').map(({ id }) => id));
});

it("the board's rates are those of the fit, rounded", () => {
  for (const [name, value] of Object.entries(fitPrograms(layers, unit))) {
    const has = unit.constants[name]!.value;
    expect([name, Math.abs(has - value) <= Math.max(0.006 * value, 0.02)]).toEqual([name, true]);
  }
});

describe('networks as sums of their layers, each by rates without its own', () => {
  const errors = networks.map((network) => Math.abs(ratioOf(network) - 1));

  it('are 1 % off in the median and 25 % at most', () => {
    expect(networks).toHaveLength(13);
    expect(median(errors)).toBeLessThan(0.01);
    expect(Math.max(...errors)).toBeLessThan(0.25);
  });

  it('ten of thirteen are within 5 %', () => {
    expect(errors.filter((error) => error < 0.05)).toHaveLength(10);
  });

  it('layers over ten ticks are 2.5 % off in the median', () => {
    const offBy = layers
      .filter(({ row }) => row.latencyMs >= 10 / 32.768)
      .map(({ row }) => Math.abs(heldOutProgramMs(row)! / row.latencyMs - 1));
    expect(offBy.length).toBeGreaterThan(100);
    expect(median(offBy)).toBeLessThan(0.025);
  });
});

test.each([
  ['mlperf1.0-silicon_labs-silicon_labs_xG24_DK2601B-ic', 0.03],
  ['mlperf1.0-silicon_labs-silicon_labs_xG24_DK2601B-ad', 0.01],
])('%s, which no rate was fitted to, is predicted within %f', (id, within) => {
  const row = rows.find((one) => one.id === id)!;
  expect(Math.abs(heldOutProgramMs(row)! / row.latencyMs - 1)).toBeLessThan(within);
});

describe('whole networks, none of which a rate was fitted to', () => {
  const logs = rows
    .filter(({ op, accelerator }) => op === 'model' && accelerator === 'MVP')
    .map((row) => Math.log((heldOutProgramMs(row) ?? Number.NaN) / row.latencyMs))
    // Of the others the structure is not known.
    .filter((log) => !Number.isNaN(log));

  /** Half of a 90 % interval by the most likely scale of a Student distribution with the four degrees of all fits. */
  function halfBy(known: readonly number[]): number {
    const lack = (scale: number) =>
      known.reduce((sum, log) => sum + 2.5 * Math.log(1 + (log / scale) ** 2 / 4) + Math.log(scale), 0);
    const scales = Array.from({ length: 500 }, (_, step) => (step + 1) / 1000);
    // 95 % of the distribution lie below 2.132 scales.
    return 2.132 * scales.reduce((a, b) => (lack(b) < lack(a) ? b : a));
  }

  it('give the doubt of the board its width', () => {
    expect(logs).toHaveLength(10);
    expect(Math.exp(halfBy(logs))).toBeCloseTo(board.doubt!.factor, 2);
  });

  it('are within a width that the others give, four of five', () => {
    const held = logs.filter((log, at) => Math.abs(log) <= halfBy(logs.filter((_, other) => other !== at)));
    expect(held.length).toBeGreaterThanOrEqual(8);
  });
});
