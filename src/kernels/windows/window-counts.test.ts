import { describe, expect, it, test } from 'vitest';
import { COUNT_NAMES } from '../definition/count-names.ts';
import { denseCounts, elementCounts, softmaxCounts } from '../definition/dense-counts.ts';
import { transposeWindowCounts, windowCounts, type WindowGeometry } from './window-counts.ts';

const PAPER: WindowGeometry = {
  ...{ inH: 14, inW: 14, inC: 1, outH: 14, outW: 14, outC: 8, kernelH: 3, kernelW: 3 },
  ...{ strideH: 1, strideW: 1, dilationH: 1, dilationW: 1, padTop: 1, padLeft: 1 },
};

function countByBruteForce(g: WindowGeometry) {
  let [inImageTaps, columnTaps, columnTapsLeft, imageRows] = [0, 0, 0, 0];
  for (let y = 0; y < g.outH; y++)
    for (let x = 0; x < g.outW; x++)
      for (let ky = 0; ky < g.kernelH; ky++) {
        const row = y * g.strideH - g.padTop + ky * g.dilationH;
        const rowInside = row >= 0 && row < g.inH;
        if (rowInside) imageRows++;
        for (let kx = 0; kx < g.kernelW; kx++) {
          const column = x * g.strideW - g.padLeft + kx * g.dilationW;
          if (column >= 0) columnTapsLeft += g.outC;
          if (column >= 0 && column < g.inW) columnTaps += g.outC;
          if (column >= 0 && column < g.inW && rowInside) inImageTaps += g.outC;
        }
      }
  return { inImageTaps, columnTaps, columnTapsLeft, imageRows };
}

describe('window counts', () => {
  // docs/hardware/cortex-m7.md#kernel-formulas
  it('follow s(n) = K n - (K^2 - 1) / 4 for SAME padding, stride 1', () => {
    const s = 3 * 14 - (3 * 3 - 1) / 4;
    expect(windowCounts(PAPER)).toMatchObject({
      outputs: 1568,
      pixels: 196,
      taps: 14112,
      rowTaps: 4704,
      inImageTaps: 8 * s * s,
      imagePositions: s * s,
      macsInImage: 8 * s * s,
      innerQuads: 2,
      innerRest: 1,
    });
  });

  it('count an image of 10^9 rows by its taps', () => {
    const rows = 1e9;
    const counts = windowCounts({ ...PAPER, inH: rows, outH: rows });
    expect(counts.imagePositions).toBe((3 * rows - 2) * (3 * 14 - 2));
  });

  test.each([
    PAPER,
    {
      ...PAPER,
      inH: 9,
      inW: 11,
      outH: 5,
      outW: 6,
      strideH: 2,
      strideW: 2,
      kernelH: 5,
      kernelW: 4,
      padTop: 2,
    },
    { ...PAPER, outH: 2, outW: 1, kernelH: 13, kernelW: 14, padTop: 0, padLeft: 3 },
    { ...PAPER, dilationH: 3, dilationW: 2, padTop: 3, padLeft: 2 },
    { ...PAPER, inH: 2, inW: 2, outH: 2, outW: 2, kernelH: 7, kernelW: 7, padTop: 3, padLeft: 3 },
    {
      ...PAPER,
      inH: 8,
      inW: 8,
      outH: 3,
      outW: 3,
      strideH: 3,
      strideW: 3,
      kernelH: 2,
      kernelW: 2,
      padTop: 0,
      padLeft: 0,
    },
  ])('equal a walk over all pixels: %o', (g) => {
    expect(windowCounts(g)).toMatchObject(countByBruteForce(g));
  });

  it('count one channel a tap for depthwise windows', () => {
    const counts = windowCounts({ ...PAPER, inC: 8 }, 'perChannel');
    expect([counts.macsInImage, counts.innerLength]).toEqual([counts.inImageTaps, 9]);
  });

  it('count a transposed convolution by scattering: 2x2 stride 2 without padding lands every tap', () => {
    const g = { ...PAPER, inH: 4, inW: 4, inC: 3, outH: 8, outW: 8, outC: 5, kernelH: 2, kernelW: 2 };
    const counts = transposeWindowCounts({ ...g, strideH: 2, strideW: 2, padTop: 0, padLeft: 0 });
    expect(counts).toMatchObject({
      inImageTaps: 4 * 4 * 3 * 4,
      macsInImage: 4 * 4 * 3 * 4 * 5,
      outputs: 320,
      pixels: 64,
    });
  });

  it('name every count in COUNT_NAMES', () => {
    const elements = elementCounts({ inputElements: 4, inputBytes: 16, outputElements: 2, outputBytes: 8 });
    const dense = denseCounts({ batches: 1, inChannels: 7, outChannels: 3 });
    const all = { ...windowCounts(PAPER), ...dense, ...elements, ...softmaxCounts(1, 10) };
    expect(Object.keys(all).filter((name) => COUNT_NAMES[name] === undefined)).toEqual([]);
  });
});

const sumOverAxis = (
  input: number,
  output: number,
  kernel: number,
  stride: number,
  dilation: number,
  pad: number,
) =>
  Array.from({ length: output }, (_, position) =>
    Array.from({ length: kernel }, (_, tap) => position * stride - pad + tap * dilation),
  )
    .flat()
    .filter((at) => at >= 0 && at < input).length;

describe('a window whose axes differ in one thing only counts each axis by itself', () => {
  const square = { ...PAPER, inH: 9, inW: 9, inC: 1, outH: 4, outW: 4, outC: 1, kernelH: 3, kernelW: 3 };
  const g = { ...square, strideH: 2, strideW: 2, dilationH: 1, dilationW: 1, padTop: 1, padLeft: 1 };

  it.each<[string, object]>([
    ['nothing', {}],
    ['input', { inW: 7 }],
    ['output', { outW: 5 }],
    ['padding', { padLeft: 0 }],
    ['kernel', { kernelW: 5 }],
    ['stride', { strideW: 3 }],
    ['dilation', { dilationW: 3 }],
  ])('%s', (_, change) => {
    const changed = { ...g, ...change };
    const { inH, outH, kernelH, strideH, dilationH, padTop } = changed;
    const { inW, outW, kernelW, strideW, dilationW, padLeft } = changed;
    const rows = sumOverAxis(inH, outH, kernelH, strideH, dilationH, padTop);
    const columns = sumOverAxis(inW, outW, kernelW, strideW, dilationW, padLeft);
    expect(windowCounts(changed).inImageTaps).toBe(rows * columns);
  });
});

it('a dense layer counts four inputs at a time and what is left, two outputs at a time and what is left', () => {
  expect(denseCounts({ batches: 2, inChannels: 11, outChannels: 7 })).toEqual({
    batches: 2,
    inChannels: 11,
    outChannels: 7,
    outputs: 14,
    inputElements: 22,
    macsInImage: 154,
    channelPairs: 3,
    channelOdd: 1,
    innerLength: 11,
    innerQuads: 2,
    innerRest: 3,
  });
});
