/*
 * Forms of the kernels that the published network runs; a page that predicts no other network has these alone. Further
 * tables have the others, with "=" in the place of each of these.
 */

/** As REFERENCE_FORMS. */
export const PUBLISHED_REFERENCE_FORMS = `
CONV_2D * | macsInImage inImageTaps columnTaps taps rowTaps outputs pixels 1
FULLY_CONNECTED * | macsInImage outputs 1
RESHAPE * outputBytes=0 | 1
RESHAPE * | outputBytes 1
`;

/** As DSP_FORMS. */
export const PUBLISHED_DSP_FORMS = `
CONV_2D int8 kernelH=1 kernelW=1 strideH=1 strideW=1 | matMulPixelPairs*channelPairs*channelBlocks16 matMulPixelPairs*channelPairs*channelQuads16 matMulPixelPairs*channelPairs*channelRest matMulPixelPairs*channelPairs matMulPixelOdd*channelPairs*inChannels channelPairs*inChannels channelPairs pixels*channelOdd*inChannels pixels*channelOdd pixels 1
CONV_2D int8 kernelH=1 kernelW=1 | matMulPixelPairs*channelPairs*channelBlocks16 matMulPixelPairs*channelPairs*channelQuads16 matMulPixelPairs*channelPairs*channelRest matMulPixelPairs*channelPairs matMulPixelOdd*channelPairs*inChannels matMulPixelOdd*channelPairs matMulCalls*channelPairs*inChannels matMulCalls*channelPairs pixels*channelOdd*inChannels matMulCalls 1
CONV_2D int8 kernelH=1 outRows=1 inChannels:4 | pixelPairs*channelPairs*innerQuads pixelPairs*channelPairs pixels*channelOdd*innerQuads pixels*innerQuads pixels 1
CONV_2D int8 | pixelPairs*channelPairs*innerQuads pixelPairs*channelPairs*innerRest pixelPairs*channelPairs pixelPairs*channelOdd*innerQuads pixelPairs*channelOdd pixelOdd*outChannels*innerLength pixels*innerQuads imagePositions*channelQuads16 imagePositions*channelRest imagePositions kernelPositions kernelRows pixels outputs 1
FULLY_CONNECTED int8 | channelPairs*innerQuads channelPairs*innerRest channelPairs channelOdd*innerQuads channelOdd*innerRest channelOdd 1
`;

/** The further table with the published lines in their places. */
// @__NO_SIDE_EFFECTS__
export function withPublished(further: string, published: string): string {
  const lines = published.trim().split('\n');
  let next = 0;
  return further.replaceAll(/^=$/gm, () => lines[next++]!);
}
