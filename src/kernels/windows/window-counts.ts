/** Geometry of a window that slides over an image: convolution, depthwise convolution, pool. Pixels of one image. */
export interface WindowGeometry {
  readonly inH: number;
  readonly inW: number;
  readonly inC: number;
  readonly outH: number;
  readonly outW: number;
  readonly outC: number;
  readonly kernelH: number;
  readonly kernelW: number;
  readonly strideH: number;
  readonly strideW: number;
  readonly dilationH: number;
  readonly dilationW: number;
  readonly padTop: number;
  readonly padLeft: number;
  /** Images in the batch; 1 where absent. */
  readonly batches?: number;
}

/** 'full': every tap reads all input channels (convolution). 'perChannel': one channel (depthwise, pool). */
export type WindowKind = 'full' | 'perChannel';

interface AxisSums {
  /** Taps inside the image, summed over the outputs of the axis. */
  readonly inside: number;
  /** Taps with an index >= 0, summed likewise. */
  readonly fromStart: number;
}

interface Axis {
  readonly input: number;
  readonly output: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly pad: number;
}

/**
 * For each tap, at which positions it lies inside. Positions and taps are alike, the one `stride` apart and the other
 * `dilation`: the loop goes over those that are fewer.
 */
function sumAxis(axis: Axis): AxisSums {
  const { input, output, kernel, stride, dilation, pad } = axis;
  if (kernel > output)
    return sumAxis({ ...axis, output: kernel, kernel: output, stride: dilation, dilation: stride });
  let inside = 0;
  let fromStart = 0;
  for (let tap = 0; tap < kernel; tap++) {
    const before = pad - tap * dilation;
    const first = Math.min(output, Math.max(0, Math.ceil(before / stride)));
    const end = Math.min(output, Math.max(first, Math.ceil((input + before) / stride)));
    inside += end - first;
    fromStart += output - first;
  }
  return { inside, fromStart };
}

function verticalAxis(g: WindowGeometry): Axis {
  const { inH: input, outH: output, kernelH: kernel, strideH: stride, dilationH: dilation, padTop: pad } = g;
  return { input, output, kernel, stride, dilation, pad };
}

function horizontalAxis(g: WindowGeometry): Axis {
  const { inW: input, outW: output, kernelW: kernel, strideW: stride, dilationW: dilation, padLeft: pad } = g;
  return { input, output, kernel, stride, dilation, pad };
}

/** Whether both axes are alike. */
function isSquare(g: WindowGeometry): boolean {
  const isImage = g.inH === g.inW && g.outH === g.outW && g.padTop === g.padLeft;
  return isImage && g.kernelH === g.kernelW && g.strideH === g.strideW && g.dilationH === g.dilationW;
}

/** A 1x1 convolution is one matrix multiply over all pixels; a strided one multiplies row by row. */
function countMatMulCalls(g: WindowGeometry, batches: number): number {
  return g.strideH > 1 || g.strideW > 1 ? batches * g.outH : 1;
}

/**
 * Counts of a window op by the names of `COUNT_NAMES`; O(taps of an axis), never O(pixels): an image may have 10^9 rows.
 * `kind` says whether a tap reads all input channels ('full', a convolution) or one ('perChannel').
 */
export function windowCounts(g: WindowGeometry, kind: WindowKind = 'full'): Record<string, number> {
  const { inH, inW, inC, outH, outW, outC, kernelH, kernelW, strideH, strideW } = g;
  const batches = g.batches ?? 1;
  const pixels = batches * outH * outW;
  const innerLength = kernelH * kernelW * (kind === 'full' ? inC : 1);
  const matMulCalls = countMatMulCalls(g, batches);
  const pixelsEach = pixels / matMulCalls;
  const rows = sumAxis(verticalAxis(g));
  const columns = isSquare(g) ? rows : sumAxis(horizontalAxis(g));
  const imagePositions = batches * rows.inside * columns.inside;
  const imageRows = batches * rows.inside * outW;
  const rowsAnyColumn = batches * outH * kernelH * outC;
  const inImageTaps = imagePositions * outC;
  // One literal: merging several objects into one of this many fields is several times slower, and sweeps live here.
  return {
    outputs: pixels * outC,
    pixels,
    outRows: batches * outH,
    outColumns: outW,
    inChannels: inC,
    outChannels: outC,
    inputElements: batches * inH * inW * inC,
    kernelH,
    kernelW,
    strideH,
    strideW,
    matMulCalls,
    matMulPixelPairs: matMulCalls * Math.floor(pixelsEach / 2),
    matMulPixelOdd: matMulCalls * (pixelsEach % 2),
    kernelPositions: pixels * kernelH * kernelW,
    kernelRows: pixels * kernelH,
    taps: pixels * outC * kernelH * kernelW,
    rowTaps: pixels * outC * kernelH,
    inImageTaps,
    columnTaps: rowsAnyColumn * columns.inside,
    columnTapsLeft: rowsAnyColumn * columns.fromStart,
    macsInImage: kind === 'full' ? inImageTaps * inC : inImageTaps,
    imagePositions,
    imageRows,
    pixelsInside: Math.round(imagePositions / (kernelH * kernelW)),
    rowVisits: Math.max(1, Math.round(rows.inside / inH)),
    imageRowChannels: imageRows * outC,
    pixelPairs: Math.floor(pixels / 2),
    pixelOdd: pixels % 2,
    channelPairs: Math.floor(outC / 2),
    channelOdd: outC % 2,
    innerLength,
    innerQuads: Math.floor(innerLength / 4),
    innerRest: innerLength % 4,
    channelQuads: Math.floor(inC / 4),
    channelRest: inC % 4,
    channelBlocks16: Math.floor(inC / 16),
    channelQuads16: Math.floor((inC % 16) / 4),
    channelPairsUsed: outC > 1 ? 1 : 0,
    channelQuads16Used: inC % 16 > 3 ? 1 : 0,
  };
}

/**
 * Counts of a transposed convolution, which scatters each input pixel over the output: taps are counted per input
 * element, `inImageTaps` are those that land inside the output, `macsInImage` = inImageTaps x outC. `outputs`,
 * `pixels` and the channel counts keep their meaning. `g` is given as for the op itself (in = its input).
 */
export function transposeWindowCounts(g: WindowGeometry): Record<string, number> {
  const scatter = { ...g, inH: g.outH, inW: g.outW, inC: g.outC, outH: g.inH, outW: g.inW, outC: g.inC };
  const pixels = (g.batches ?? 1) * g.outH * g.outW;
  return {
    ...windowCounts(scatter),
    outputs: pixels * g.outC,
    pixels,
    outRows: (g.batches ?? 1) * g.outH,
    outColumns: g.outW,
    inColumns: g.inW,
    scatterColumns: (g.inW - 1) * g.strideW + g.kernelW,
    inChannels: g.inC,
    outChannels: g.outC,
    inputElements: (g.batches ?? 1) * g.inH * g.inW * g.inC,
  };
}
