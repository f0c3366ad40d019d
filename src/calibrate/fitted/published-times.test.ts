import { expect, test } from 'vitest';
import '../../kernels/index.ts';
import { anyBoardById } from '../../boards/all-boards.ts';
import { parseSettings, withSettings } from '../../boards/settings/all-settings.ts';
import { buildGraph } from '../../models/specs/builder.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { predict, predictSimulated, type PredictOptions } from '../../simulate/predict.ts';
import { resnet8 } from '../population/network-specs.ts';
import { usePublishedTimes } from './published-times.ts';

usePublishedTimes();

const NETWORK = paperCnn({ filters: 8 });
const BOARD = anyBoardById('nucleo-h743zi2');

function ask(set: string | undefined, options: PredictOptions = {}) {
  const board = set === undefined ? BOARD : withSettings(BOARD, parseSettings(set));
  return predict(NETWORK, board, options).latencyMs;
}

const asBuilt = ask(undefined);
const simulatedMs = (set: string | undefined) =>
  predictSimulated(NETWORK, set === undefined ? BOARD : withSettings(BOARD, parseSettings(set))).latencyMs
    .value;
const width = ({ low, high }: typeof asBuilt) => high / low;
const halfOf = ({ value, high }: typeof asBuilt) => Math.log(high / value);

/** What an interval has beyond that of the board as it is built, as half of one of 90 % of its own. */
const doubtOf = (asked: typeof asBuilt) => Math.sqrt(halfOf(asked) ** 2 - halfOf(asBuilt) ** 2);

test.each([
  ['core.dataCache=off', 'data cache none, fitted with 16 KiB'],
  ['core.dataCache=4KiB', 'data cache 4 KiB, fitted with 16 KiB'],
  ['clocks.core=216MHz', 'clock core at 216 MHz, fitted at 480 MHz'],
  ['weights=axi-sram', 'weights in axi-sram, fitted in flash'],
  ['memories.axi-sram.lineFillNs=3x,core.dataCache=4KiB', 'memories.axi-sram.lineFillNs=3x'],
])('%s changes a fitted time as it changes the simulated one, wider, and says why', (set, why) => {
  const asked = ask(set);
  // Both are in whole picoseconds, 1e-9 ms.
  expect(asked.value).toBeCloseTo((asBuilt.value * simulatedMs(set)) / simulatedMs(undefined), 8);
  // Two clocks of one board are 4 % apart, one standard deviation; all else is further.
  expect(doubtOf(asked)).toBeGreaterThan(1.64 * 0.04);
  expect([asked.domain, asked.why]).toEqual(['extrapolated', expect.stringContaining(why)]);
});

test('memories keep their own time: half the clock is less than twice the time', () => {
  const half = ask('clocks.core=240MHz').value / asBuilt.value;
  expect(half).toBeGreaterThan(1.5);
  expect(half).toBeLessThan(2);
});

test('a twelfth of the clock is doubted by what memories may hide, not by a share of twelve', () => {
  const [half, twelfth] = ['clocks.core=240MHz', 'clocks.core=40MHz'].map((set) => doubtOf(ask(set)));
  expect(twelfth).toBeGreaterThan(half!);
  expect(twelfth).toBeLessThan(0.2);
});

test('a cache that is off stays wide, at any clock: nobody published both sides', () => {
  for (const clock of ['480MHz', '40MHz'])
    expect(doubtOf(ask(`core.dataCache=off,clocks.core=${clock}`))).toBeGreaterThan(0.25);
});

test('of a flag that the rows leave open, the one that is asked for is a side of what they say, and no change', () => {
  const [fast, small] = ['flag=-O2', 'flag=-Os'].map((set) => ask(set));
  expect(small!.value / fast!.value).toBeGreaterThan(1.2);
  expect(asBuilt.value).toBeGreaterThanOrEqual(fast!.value);
  expect(asBuilt.value).toBeLessThanOrEqual(small!.value);
  expect(small!.why).not.toContain('kernels');
});

test('a flag that no row may have had changes the time of the one next to it, wider, and says why', () => {
  const [fast, faster] = ['flag=-O2', 'flag=-O3'].map((set) => ask(set));
  expect(faster!.value / fast!.value).toBeCloseTo(simulatedMs('flag=-O3') / simulatedMs(undefined), 6);
  expect(faster!.why).toContain('kernels tflm-reference-O3, fitted with tflm-reference');
  expect(halfOf(faster!)).toBeGreaterThan(halfOf(fast!));
});

test('a flag of kernels that rows are counted by changes their time as it changes the simulated one', () => {
  const board = anyBoardById('nrf5340-dk');
  const small = withSettings(board, parseSettings('flag=-Os'));
  const network = buildGraph({ ...resnet8(), dtype: 'int8' }, 'resnet8');
  const ratio = (of: typeof predict) =>
    of(network, small).latencyMs.value / of(network, board).latencyMs.value;
  expect(ratio(predict)).toBeCloseTo(ratio(predictSimulated), 6);
  const { why } = predict(network, small).latencyMs;
  expect(why).toContain('kernels cmsis-nn-Os, fitted with cmsis-nn');
});

test('a board of one’s own is changed against itself as it was without the choices', () => {
  const own = { ...BOARD, id: 'my-board' };
  const board = withSettings(own, parseSettings('core.dataCache=off'));
  const { latencyMs } = predict(NETWORK, board);
  expect(latencyMs.why).toContain('data cache none, fitted with 16 KiB');
});

test('an option says what the choice says', () => {
  expect(ask(undefined, { weightsIn: 'axi-sram' })).toEqual(ask('weights=axi-sram'));
});

test('a clock counts beside an option that is said and changes nothing', () => {
  const asked = ask(undefined, { clockHz: { core: 216e6 }, floatFc: false });
  expect(asked).toEqual(ask('clocks.core=216MHz'));
});

test('a board that no published row tells of says how it is other than built, and is wider for it', () => {
  const board = anyBoardById('esp8266');
  const [built, slower] = [{}, { clockHz: { core: 40e6 } }].map(
    (options) => predict(NETWORK, board, options).latencyMs,
  );
  expect(built.why).not.toContain('clock');
  expect(slower.why).toContain('clock core at 40 MHz, built at 80 MHz');
  expect(width(slower)).toBeGreaterThan(width(built));
});
