import { expect, test } from 'vitest';
import '../../kernels/index.ts';
import { anyBoardById } from '../../boards/all-boards.ts';
import { parseSettings, withSettings } from '../../boards/settings/all-settings.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { predict, predictSimulated, type PredictOptions } from '../../simulate/predict.ts';
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

test.each([
  ['core.dataCache=off', 'data cache none, fitted with 16 KiB'],
  ['core.dataCache=4KiB', 'data cache 4 KiB, fitted with 16 KiB'],
  ['clocks.core=216MHz', 'clock core at 216 MHz, fitted at 480 MHz'],
  ['weights=axi-sram', 'weights in axi-sram, fitted in flash'],
  ['flag=-Os', 'kernels tflm-reference-Os, fitted with tflm-reference'],
  ['memories.axi-sram.lineFillNs=3x,core.dataCache=4KiB', 'memories.axi-sram.lineFillNs=3x'],
])('%s changes a fitted time as it changes the simulated one, wider, and says why', (set, why) => {
  const asked = ask(set);
  // Both are in whole picoseconds, 1e-9 ms.
  expect(asked.value).toBeCloseTo((asBuilt.value * simulatedMs(set)) / simulatedMs(undefined), 8);
  expect(width(asked)).toBeGreaterThan(1.02 * width(asBuilt));
  expect([asked.domain, asked.why]).toEqual(['extrapolated', expect.stringContaining(why)]);
});

test('memories keep their own time: half the clock is less than twice the time', () => {
  const half = ask('clocks.core=240MHz').value / asBuilt.value;
  expect(half).toBeGreaterThan(1.5);
  expect(half).toBeLessThan(2);
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
