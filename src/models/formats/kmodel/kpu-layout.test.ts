import { expect, test } from 'vitest';
import { kpuLayout, kpuLinesOf, kpuLoads } from './kpu-layout.ts';

/** docs/hardware/k210.md#feature-map-layout. */
test.each([
  [1, 4, 16, 1],
  [16, 4, 16, 1],
  [17, 2, 32, 1],
  [32, 2, 32, 1],
  [33, 1, 64, 1],
  [64, 1, 64, 1],
  [65, 1, 64, 2],
  [320, 1, 64, 5],
])(
  'maps %i wide: %i channels a line, pitch %i, %i lines a row',
  (width, channelsPerLine, pitchBytes, linesPerRow) => {
    expect(kpuLayout(width)).toEqual({ channelsPerLine, pitchBytes, linesPerRow });
  },
);

test.each([
  [14, 14, 1, 14],
  [14, 14, 4, 14],
  [14, 14, 5, 28],
  [4, 4, 196, 196],
  [240, 320, 3, 3600],
  // The face detector's first input ends at line 32768 and starts at 29168 in the vendor's file.
])('%i x %i x %i occupies %i lines', (h, w, c, lines) => {
  expect(kpuLinesOf(h, w, c)).toBe(lines);
});

test('256 to 256 channels, 1x1, 8 bits: three loads of up to 120 channels', () => {
  const loads = kpuLoads({ inC: 256, outC: 256, kernel: 1, depthwise: false, weightBits: 8 });
  expect(loads).toEqual({
    weightBytes: 65536,
    channelBytes: 256,
    channelsPerLoad: 120,
    loads: 3,
    firstLoadBytes: 30720,
  });
});

test('a depthwise layer is one load of everything', () => {
  const loads = kpuLoads({ inC: 1024, outC: 1024, kernel: 3, depthwise: true, weightBits: 8 });
  expect([loads.loads, loads.firstLoadBytes]).toEqual([1, 9216]);
});

test('a channel of more weights than a load holds: no number of loads is enough', () => {
  const loads = kpuLoads({ inC: 4096, outC: 8, kernel: 3, depthwise: false, weightBits: 8 });
  expect([loads.channelsPerLoad, loads.loads]).toEqual([0, Infinity]);
});
