/** CMSIS-NN with Helium (Cortex-M55): sixteen channels a step, four pixels at once. */
export const MVE_FORMS = `
CONV_2D int8 kernelH=1 kernelW=1 strideH=1 strideW=1 | pixels/4*outChannels*inChannels^16 pixels/4*outChannels pixels%4*outChannels/4*inChannels^16 pixels%4*outChannels pixels 1
CONV_2D int8 kernelH=1 kernelW=1 | outRows*outColumns/4*outChannels*inChannels^16 outRows*outColumns/4*outChannels outRows*outColumns%4*outChannels/4*inChannels^16 outRows*outColumns%4*outChannels pixels 1
CONV_2D int8 | pixels/4*outChannels*innerLength^16 pixels/4*outChannels pixels%4*outChannels/4*innerLength^16 pixels%4*outChannels imagePositions imagePositions*inChannels^16 kernelPositions pixels 1
DEPTHWISE_CONV_2D int8 channelMultiplier=1 kernelH=3 kernelW=3 | pixels/4*inChannels^4*innerLength pixels/4*inChannels^4 kernelPositions pixels 1
DEPTHWISE_CONV_2D int8 channelMultiplier=1 | pixels/4*inChannels^4*innerLength pixels/4*inChannels^4 imagePositions*inChannels^16 imagePositions kernelPositions pixels 1
DEPTHWISE_CONV_2D int8 inChannels=1 channelMultiplier>=2 | pixels/4*outChannels*innerLength^16 pixels/4*outChannels inImageTaps imagePositions kernelPositions outputs pixels 1
DEPTHWISE_CONV_2D int8 | inImageTaps taps outputs pixels pixels*inChannels 1
FULLY_CONNECTED int8 | outChannels/4*inChannels^16 outChannels%4*inChannels^16 outChannels/4 outChannels%4 1
MAX_POOL_2D int8 | imagePositions imagePositions*inChannels^16 pixels pixels*inChannels^16 1
AVERAGE_POOL_2D int8 | pixels*inChannels^16 imagePositions*inChannels^16 imagePositions pixels 1
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
TRANSPOSE_CONV int8 | imageRows*kernelW*outChannels*inChannels/4 imageRows*kernelW*outChannels*inChannels%4 imageRows*kernelW*outChannels outRows*scatterColumns*outChannels outputs 1
`;
