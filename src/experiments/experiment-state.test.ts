import { expect, test } from 'vitest';
import { commandOf, paperOptionsOf, paperSpecOf, withPaperOptions } from './experiment-state.ts';

test.each([
  [{ filters: 6 }, 'paper:6'],
  [{ filters: 6, kernel: 3, side: 14, channels: 1, stride: 1, classes: 10 }, 'paper:6'],
  [{ filters: 6, kernel: 5 }, 'paper:6,k=5'],
  [
    { filters: 2, side: 28, channels: 3, stride: 2, classes: 4 },
    'paper:2,size=28,channels=3,stride=2,classes=4',
  ],
  [{ filters: 1, padding: 'VALID', dtype: 'int8' } as const, 'paper:1,padding=valid,dtype=int8'],
])('%j is written %s: what is as published is left out', (options, spec) => {
  expect(paperSpecOf(options)).toBe(spec);
  expect(paperOptionsOf({ model: spec })).toMatchObject({ filters: options.filters });
});

test('an experiment with another kernel keeps all that it has besides', () => {
  const experiment = { model: 'paper:6,size=28', boards: ['maixduino'], set: {}, floatFc: true };
  expect(withPaperOptions(experiment, { kernel: 5 })).toEqual({
    ...experiment,
    model: 'paper:6,k=5,size=28',
  });
});

test('the command of an experiment quotes what a shell would take apart', () => {
  const experiment = {
    model: "a b's.tflite",
    boards: ['maixduino'],
    set: { 'kpu.copyOut': 'dma' },
    floatFc: false,
  };
  expect(commandOf(experiment)).toBe(
    "inferscope predict 'a b'\\''s.tflite' --board maixduino --set kpu.copyOut=dma",
  );
});
