import { PUBLISHED_DSP_FORMS, withPublished } from './published-forms.ts';

/** CMSIS-NN with the DSP extension (Cortex-M4, M7, M33): pairs of channels and pixels, four products a step. */
export const DSP_FORMS = /* @__PURE__ */ withPublished(
  `
=
=
=
=
DEPTHWISE_CONV_2D int8 channelMultiplier=1 kernelH=3 kernelW=3 | imageRows*channelQuads pixels*channelQuads imageRows*channelRest pixels*channelRest pixels outRows 1
DEPTHWISE_CONV_2D int8 channelMultiplier=1 | pixels*channelQuads*innerLength/2 pixels*channelQuads*innerLength%2 pixels*channelRest*innerLength pixels*channelQuads pixels*channelRest imagePositions*inChannels imagePositions kernelPositions pixels 1
DEPTHWISE_CONV_2D int8 channelMultiplier:4 | inImageTaps outputs pixels pixels*inChannels imageRowChannels 1
DEPTHWISE_CONV_2D int8 | inImageTaps outputs pixels 1
=
MAX_POOL_2D int8 | imagePositions*channelQuads imagePositions*channelRest imagePositions pixels*channelQuads pixels*channelRest pixels 1
AVERAGE_POOL_2D int8 | inImageTaps imagePositions outputs pixels 1
ADD int8 broadcastRows=0 | elements 1
MUL int8 broadcastRows=0 | elements 1
MAXIMUM int8 broadcastRows=0 | elements 1
MINIMUM int8 broadcastRows=0 | elements 1
SOFTMAX int8 | outputs rows 1
PAD int8 innerPadding=0 | outputBytes innerRows innerPlanes 1
PAD int8 | outputBytes innerRows innerPlanes 1
TRANSPOSE int8 permutation=213 | elements innerRows innerPlanes 1
TRANSPOSE int8 permutation=231 | elements innerRows innerPlanes 1
TRANSPOSE int8 | elements innerRows innerPlanes 1
SVDF int8 | filters timeMacs featureMacs outputs 1
UNIDIRECTIONAL_SEQUENCE_LSTM int8 | gatePairQuads gatePairRest gateOddQuads cellUpdates timeSteps laterGatePairs 1
BATCH_MATMUL int8 | macs outputs transposed matrixRows matrices 1
TRANSPOSE_CONV int8 inChannels>=17 strideH<=2 | outputs*kernelH*kernelW*inChannels outputs pixels*outChannels/2 1
TRANSPOSE_CONV int8 | imageRows*kernelW*outChannels*inChannels/4 imageRows*kernelW*outChannels*inChannels%4 imageRows*kernelW*outChannels outRows*scatterColumns*outChannels outputs 1
`,
  PUBLISHED_DSP_FORMS,
);
