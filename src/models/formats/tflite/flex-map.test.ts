import { encode, toObject } from 'flatbuffers/js/flexbuffers.js';
import { expect, it } from 'vitest';
import { readFlexMap, writeFlexMap } from './flex-map.ts';

const OPTIONS = {
  max_detections: 10,
  use_regular_nms: true,
  nms_iou_threshold: 0.5,
  y_scale: -3,
  wide: 2 ** 31 - 1,
};

it('reads what the FlexBuffers library writes', () => {
  expect(readFlexMap(encode(OPTIONS), 'op')).toEqual(OPTIONS);
  expect(readFlexMap(encode({ small: 1, text: 'x', deep: { a: 1 } }), 'op')).toEqual({ small: 1 });
});

it('writes what that library reads', () => {
  const bytes = writeFlexMap(OPTIONS);
  expect(toObject(bytes.buffer as ArrayBuffer)).toEqual(OPTIONS);
  expect(readFlexMap(bytes, 'op')).toEqual(OPTIONS);
  expect(readFlexMap(writeFlexMap({}), 'op')).toEqual({});
});

it('refuses any other bytes in one line', () => {
  const good = encode(OPTIONS);
  for (const bytes of [new Uint8Array(0), Uint8Array.of(1, 2, 3), good.slice(9), encode(7)]) {
    expect(() => readFlexMap(bytes, 'op 3')).toThrow('op 3: the custom options are no map of numbers');
  }
  for (let at = 0; at < good.length; at++) {
    const hurt = good.slice();
    hurt[at]! ^= 0xff;
    try {
      readFlexMap(hurt, 'op');
    } catch (error) {
      expect((error as Error).message).toMatch(/^op: the custom options/);
    }
  }
});
