/** CMSIS-NN in plain C (Cortex-M0+): pairs of channels and pixels, one product at a time. */
export const PLAIN_FORMS = `
CONV_2D int8 kernelH=1 kernelW=1 | matMulPixelPairs*channelPairs*inChannels matMulPixelPairs*channelPairs pixels*channelOdd*inChannels matMulPixelOdd*channelPairs*inChannels matMulCalls*channelPairs*inChannels matMulPixelOdd*channelPairs pixels*channelOdd matMulCalls 1
CONV_2D int8 | pixelPairs*channelPairs*innerLength pixelPairs*channelPairs pixelPairs*channelOdd*innerLength pixelPairs*channelOdd pixelOdd*outChannels*innerLength pixels*innerLength imagePositions*inChannels imagePositions kernelPositions pixels 1
DEPTHWISE_CONV_2D int8 channelMultiplier=1 kernelH=3 kernelW=3 | imageRows*channelQuads pixels*channelQuads imageRows*channelRest pixels*channelRest pixels outRows 1
DEPTHWISE_CONV_2D int8 channelMultiplier=1 | inImageTaps imageRowChannels outputs pixels 1
DEPTHWISE_CONV_2D int8 channelMultiplier:4 | inImageTaps outputs pixels pixels*inChannels imageRowChannels 1
DEPTHWISE_CONV_2D int8 | inImageTaps outputs pixels 1
FULLY_CONNECTED int8 | outChannels/3*inChannels outChannels%3*inChannels outChannels/3 outChannels%3 1
MAX_POOL_2D int8 | inImageTaps imagePositions pixels pixels*inChannels 1
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
UNIDIRECTIONAL_SEQUENCE_LSTM int8 | gateInputMacs gateStateMacs cellUpdates timeSteps 1
BATCH_MATMUL int8 | macs outputs transposed matrixRows matrices 1
TRANSPOSE_CONV int8 inChannels>=17 strideH<=2 | outputs*kernelH*kernelW*inChannels outputs 1
TRANSPOSE_CONV int8 | imageRows*kernelW*outChannels*inChannels imageRows*kernelW*outChannels outRows*scatterColumns*outChannels outputs 1
`;
