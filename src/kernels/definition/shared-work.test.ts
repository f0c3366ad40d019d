import { describe, expect, it } from 'vitest';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { shareWork } from './shared-work.ts';
import type { Work } from './op.ts';

const tensor = (shape: number[], rest: Partial<TensorInfo> = {}): TensorInfo => ({
  shape,
  dtype: 'float32',
  ...rest,
});
const axes = (...values: number[]): TensorInfo =>
  tensor([values.length], { dtype: 'int32', data: Uint8Array.from(values) });

/** A count that gives a new object each time, and how often it was asked. */
function counting(): { readonly asked: () => number; readonly work: ReturnType<typeof shareWork> } {
  let asked = 0;
  const work = shareWork((): Work => ({
    ...{ macs: ++asked, elements: 0, loadBytes: 0, storeBytes: 0, weightBytes: 0, counts: {} },
  }));
  return { asked: () => asked, work };
}

describe('work that is shared', () => {
  const call = () => [{ strideH: 1, pads: [1, 2] }, [tensor([1, 8]), axes(1, 2)], [tensor([1, 4])]] as const;

  it('is one object for calls of one content', () => {
    const { work, asked } = counting();
    expect(work(...call())).toBe(work(...call()));
    expect(asked()).toBe(1);
  });

  it.each([
    ['an attribute', { strideH: 2, pads: [1, 2] }, [tensor([1, 8]), axes(1, 2)], [tensor([1, 4])]],
    [
      'an attribute that is a list',
      { strideH: 1, pads: [1, 3] },
      [tensor([1, 8]), axes(1, 2)],
      [tensor([1, 4])],
    ],
    ['one attribute more', { ...call()[0], more: 1 }, [tensor([1, 8]), axes(1, 2)], [tensor([1, 4])]],
    ['the shape of an input', call()[0], [tensor([1, 9]), axes(1, 2)], [tensor([1, 4])]],
    ['the type of an input', call()[0], [tensor([1, 8], { dtype: 'int8' }), axes(1, 2)], [tensor([1, 4])]],
    ['what a steering operand holds', call()[0], [tensor([1, 8]), axes(1, 3)], [tensor([1, 4])]],
    ['a constant', call()[0], [tensor([1, 8], { isConstant: true }), axes(1, 2)], [tensor([1, 4])]],
    ['an operand less', call()[0], [tensor([1, 8]), undefined], [tensor([1, 4])]],
    ['the output', call()[0], [tensor([1, 8]), axes(1, 2)], [tensor([1, 5])]],
  ])('is counted anew for another %s', (_, attributes, inputs, outputs) => {
    const { work, asked } = counting();
    work(...call());
    work(attributes, inputs, outputs);
    expect(asked()).toBe(2);
  });

  it('keeps no call whose operands hold on to a file', () => {
    const { work, asked } = counting();
    const file = new Uint8Array(1000);
    const weights = (): TensorInfo => tensor([2], { data: file.subarray(8, 10) });
    work({}, [weights()], []);
    work({}, [weights()], []);
    expect(asked()).toBe(2);
  });
});
