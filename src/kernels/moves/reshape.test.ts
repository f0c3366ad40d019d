import { expect, it } from 'vitest';
import { int32Constant } from '../../models/graph/constant-tensors.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { readInts } from '../definition/operands.ts';
import { reshape } from './reshape.ts';

const input: TensorInfo = { shape: [1, 4, 3, 2], dtype: 'int8' };
const shapeOf = (newShape: number[] | undefined, tensor?: TensorInfo) =>
  reshape.infer(newShape ? { newShape } : {}, [input, tensor])[0].shape;

it('takes what is left for -1', () => {
  expect(shapeOf(undefined, int32Constant('', [2, -1]))).toEqual([2, 12]);
});

it('believes the tensor, not the attribute', () => {
  expect(shapeOf([24], int32Constant('', [6, 4]))).toEqual([6, 4]);
});

it('falls back to the attribute where the tensor is computed or absent', () => {
  const computed: TensorInfo = { shape: [2], dtype: 'int32' };
  expect([shapeOf([-1, 2]), shapeOf([-1, 2], computed)]).toEqual([
    [12, 2],
    [12, 2],
  ]);
});

it('reads the attribute [0] of old files as a scalar', () => {
  expect(reshape.infer({ newShape: [0] }, [{ shape: [1, 1], dtype: 'int8' }])[0].shape).toEqual([]);
});

it('says which elements do not fit', () => {
  expect(() => shapeOf([5, -1])).toThrow('RESHAPE of [1,4,3,2], none: cannot reshape 24 elements to [5,-1]');
});

it('wants a new shape from somewhere', () => {
  expect(() => shapeOf(undefined)).toThrow('no new shape: neither a second input nor an attribute');
});

it('reads constants that lie unaligned, of 64 bits too', () => {
  const data = new Uint8Array([9, 0xfe, 255, 255, 255, 255, 255, 255, 255, 7, 0, 0, 0, 0, 0, 0, 0]).subarray(
    1,
  );
  expect(readInts({ shape: [2], dtype: 'int64', data }, 'new shape')).toEqual([-2, 7]);
});
