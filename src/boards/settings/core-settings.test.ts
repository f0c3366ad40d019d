import { describe, expect, it, test } from 'vitest';
import '../../kernels/index.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { predict } from '../../simulate/predict.ts';
import { maixduino } from '../maixduino.ts';
import { openmvH7Plus } from '../openmv-h7-plus.ts';
import { withSettings } from './all-settings.ts';

const latencyOf = (board: typeof openmvH7Plus, choices: Record<string, string>) =>
  predict(paperCnn({ filters: 8 }), withSettings(board, choices)).latencyMs;

describe('core.dataCache', () => {
  it('off makes every access wait, a smaller one some, a larger one fewer', () => {
    const [built, off, small, large] = ['as-built', 'off', '4KiB', '64KiB'].map(
      (value) => latencyOf(openmvH7Plus, { 'core.dataCache': value }).value,
    );
    expect(off).toBeGreaterThan(1.5 * built!);
    expect(small).toBeGreaterThan(built!);
    expect(large).toBeLessThan(built!);
  });

  it('is said of the prediction: extrapolated, and why', () => {
    expect(latencyOf(openmvH7Plus, { 'core.dataCache': 'off' })).toMatchObject({
      domain: 'extrapolated',
      why: expect.stringContaining('data cache none, measured with 16 KiB'),
    });
    expect(latencyOf(openmvH7Plus, { 'core.dataCache': 'as-built' }).domain).toBe('inside');
  });
});

test('kpu=absent: the network runs on the core alone, slower, and that is an estimate', () => {
  const [present, absent] = ['present', 'absent'].map((kpu) => latencyOf(maixduino, { kpu }));
  expect(absent!.value).toBeGreaterThan(1.5 * present!.value);
  expect(absent!.high / absent!.value).toBeGreaterThanOrEqual(1.6);
  expect(absent!.why).toMatch(/^estimate, x\/÷ 1.6 or more/);
  const units = new Set(
    predict(paperCnn({ filters: 8 }), withSettings(maixduino, { kpu: 'absent' })).steps.map(
      ({ unit }) => unit,
    ),
  );
  expect([...units]).toEqual(['core']);
});
