import { expect, test } from 'vitest';
import '../../kernels/index.ts';
import { maixduino } from '../../boards/maixduino.ts';
import { openmvH7Plus } from '../../boards/openmv-h7-plus.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { causesOf } from './causes.ts';

const { asIsMs, causes } = causesOf({
  ...{ model: paperCnn({ filters: 8 }), board: openmvH7Plus, options: {} },
  ...{ modelName: 'paper:8', boardName: 'openmv-h7-plus' },
} as never);

test('weights are asked for in each other memory whose lines have a time, and in no other', () => {
  const timed = openmvH7Plus.memories.filter(({ lineFillCycles }) => lineFillCycles !== undefined);
  const own = openmvH7Plus.runtime.placement.weights;
  const asked = causes.flatMap(({ settings }) => /^weights in (.*)$/.exec(settings)?.[1] ?? []);
  expect(asked).toEqual(timed.map(({ id }) => id).filter((id) => id !== own));
});

test('half the clock is nearly twice the time', () => {
  const half = causes.find(({ settings }) => settings === 'clock core at 240 MHz')!;
  expect(half.predictedMs / asIsMs).toBeGreaterThan(1.6);
  expect(half.predictedMs / asIsMs).toBeLessThan(2);
});

test('what was a choice is checked by the choice', () => {
  const found = causesOf({
    ...{ model: paperCnn({ filters: 8 }), board: maixduino, options: {} },
    ...{ modelText: 'paper:8', boardText: 'maixduino' },
  });
  const checkOf = (settings: string) => found.causes.find((cause) => cause.settings === settings)?.check;
  expect(checkOf('data cache off')).toBe('predict paper:8 --board maixduino --set core.dataCache=off');
  expect(checkOf('accelerator not used')).toBe('predict paper:8 --board maixduino --set kpu=absent');
  const period = found.causes.find(({ settings }) => settings === 'the period of the loop was read')!;
  expect(period.predictedMs - found.asIsMs).toBeCloseTo(maixduino.runtime.readingOffsetMs!.value, 9);
});
