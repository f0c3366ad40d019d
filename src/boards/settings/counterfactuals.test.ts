import { describe, expect, test } from 'vitest';
import '../../kernels/index.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { predict } from '../../simulate/predict.ts';
import { maixduino } from '../maixduino.ts';
import { openmvH7Plus } from '../openmv-h7-plus.ts';
import { parseSettings, withSettings } from './all-settings.ts';

const NETWORK = paperCnn({ filters: 8 });
const ask = (board: typeof maixduino, set: string, options = {}) =>
  predict(NETWORK, withSettings(board, parseSettings(set)), options);
const msOf = (board: typeof maixduino, set: string) => ask(board, set).latencyMs.value;

describe('a choice by name is what its older option says', () => {
  test.each<[typeof maixduino, string, object]>([
    [openmvH7Plus, 'kernels=tflm-reference-Os', { kernels: 'tflm-reference-Os' }],
    [openmvH7Plus, 'flag=-Os,kernels=tflm-reference', { kernels: 'tflm-reference-Os' }],
    [openmvH7Plus, 'weights=flash', { weightsIn: 'flash' }],
    [openmvH7Plus, 'clocks.core=216MHz', { clockHz: { core: 216e6 } }],
    [maixduino, 'ncc.floatFc=yes', { floatFc: true }],
    [maixduino, 'kpu.copyOut=dma', { copyOut: 'dma' as const }],
  ])('$1', (board, set, options) => {
    expect(ask(board, set).latencyMs).toEqual(predict(NETWORK, board, options).latencyMs);
  });
});

test('an option that is given beside a choice holds', () => {
  const { latencyMs } = ask(openmvH7Plus, 'weights=flash', { weightsIn: 'sram1' });
  expect(latencyMs.value).toBe(msOf(openmvH7Plus, 'weights=sram1'));
});

test('a memory of twice the time costs its line fills once more', () => {
  const [once, twice, thrice] = [1, 2, 3].map((n) =>
    msOf(openmvH7Plus, `core.dataCache=8KiB,memories.sram1.lineFillNs=${n}x`),
  );
  expect(twice).toBeGreaterThan(once!);
  expect(thrice! - twice!).toBeCloseTo(twice! - once!, 6);
});

test('wait states cost where no cache lies between, and nothing behind one', () => {
  const cached = msOf(openmvH7Plus, 'memories.sram1.accessNs=100');
  const bare = ['50', '100'].map((ns) =>
    msOf(openmvH7Plus, `core.dataCache=off,memories.sram1.accessNs=${ns}`),
  );
  expect(cached).toBe(predict(NETWORK, openmvH7Plus).latencyMs.value);
  expect(bare[1]).toBeGreaterThan(1.2 * bare[0]!);
});

test('an interpreter that is kept spares what is built anew at each call', () => {
  const ops = ask(openmvH7Plus, 'runtime=tflm-invoke').steps.map(({ op }) => op);
  expect(ops).toEqual(['invoke', 'CONV_2D', 'RESHAPE', 'FULLY_CONNECTED']);
});

test('with the limit of the converter lifted, the Dense that crossed it is on the KPU', () => {
  const unitOf = (set: string) => ask(maixduino, set).placement.find(({ op }) => op === 'FULLY_CONNECTED');
  expect(unitOf('ncc.denseInputs=1024')).toMatchObject({ unit: 'core' });
  expect(unitOf('ncc.denseInputs=4096')).toMatchObject({
    unit: 'kpu',
    reason: expect.stringContaining('both at most 4096'),
  });
});

test.each([
  [openmvH7Plus, 'runtime=tflm-invoke'],
  [openmvH7Plus, 'memories.sram1.lineFillNs=2x'],
  [openmvH7Plus, 'weights=flash'],
  [openmvH7Plus, 'flag=-Os,kernels=tflm-reference'],
  [maixduino, 'clocks.kpu=300MHz'],
  [maixduino, 'kpu.copyOut=dma'],
  [maixduino, 'ncc.denseInputs=4096'],
])('$1 was not measured, and says so with a wider interval', (board, set) => {
  const [asked, own] = [ask(board, set).latencyMs, predict(NETWORK, board).latencyMs];
  const width = ({ low, high, value }: typeof own) => (high - low) / value;
  expect(asked.domain).toBe('extrapolated');
  expect(width(asked)).toBeGreaterThan(width(own));
});

test.each([
  ['memories.sram1.lineFillNs=0', /write KEY=VALUE/],
  ['memories.sram1.accessNs=-1', /write KEY=VALUE/],
  ['clocks.core=fast', /write KEY=VALUE/],
  ['ncc.denseInputs=0', /write KEY=VALUE/],
  ['core.dataCache=5KiB', /write KEY=VALUE/],
])('%s is refused in one line', (set, message) => {
  expect(() => parseSettings(set)).toThrow(message);
});
