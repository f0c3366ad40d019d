import { expect, test } from 'vitest';
import { tfliteFile, type FileModel } from '../../../../test/fixtures/tflite-file.ts';
import { planTflmTimeline } from '../../../deploy/tflm/tflm-timeline.ts';
import { readTflite } from '../../../files/tflite.ts';

const RELU = 19;
const KEY = 'OfflineMemoryAllocation';
/** Two operators on tensors of 64 bytes each. */
const CHAIN: FileModel = {
  tensors: Array.from({ length: 3 }, () => ({ shape: [1, 16] })),
  ops: [
    { code: RELU, inputs: [0], outputs: [1] },
    { code: RELU, inputs: [1], outputs: [2] },
  ],
  inputs: [0],
  outputs: [2],
};

const wordsOf = (...words: number[]) => new Uint8Array(Int32Array.from(words).buffer);
const graphWith = (name: string, data: Uint8Array) =>
  readTflite(tfliteFile({ ...CHAIN, metadata: { name, data } }), 'a.tflite');
const placesOf = (data: Uint8Array) => {
  const { blocks, arenaBytes } = planTflmTimeline(graphWith(KEY, data), 'tflm-reference', 'ram');
  return [...blocks.map(({ name, offset }) => [name, offset]), arenaBytes];
};

test('offsets of the file are read, and the planner fills the gaps around them', () => {
  const data = wordsOf(1, 0, 3, 128, -1, 0);
  expect(graphWith(KEY, data).arenaOffsets).toEqual({ offsets: [128, -1, 0], tensors: 3 });
  expect(placesOf(data)).toEqual([['t1', 64], ['t0', 128], ['t2', 0], 192]);
});

test('buffers may lie where the file says although they meet there', () => {
  expect(placesOf(wordsOf(1, 0, 3, 0, 32, 0))).toEqual([['t0', 0], ['t1', 32], ['t2', 0], 96]);
});

test('a plan that counts other tensors than the file has is of another network', () => {
  expect(() => placesOf(wordsOf(1, 0, 2, 0, 64))).toThrow(/places 2 tensors, the file has 3/);
});

test.each([
  ['another name', 'min_runtime_version', wordsOf(1, 0, 3, 0, 0, 0)],
  ['no bytes', KEY, new Uint8Array()],
  ['half a head', KEY, new Uint8Array(7)],
])('metadata with %s is no plan', (_, name, data) => {
  expect(graphWith(name, data).arenaOffsets).toBeUndefined();
});

test('a plan that promises more offsets than there are bytes is cut where they end', () => {
  expect(graphWith(KEY, wordsOf(1, 0, 2 ** 31 - 1, 5)).arenaOffsets?.offsets).toEqual([5]);
});
