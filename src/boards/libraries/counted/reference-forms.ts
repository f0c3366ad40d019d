import { PUBLISHED_REFERENCE_FORMS, withPublished } from './published-forms.ts';

/**
 * How the instructions of TFLite Micro's reference kernels grow, whatever the core: an operator and its element type, the
 * geometry that the form is for, and its terms. The first form that matches is taken, as with cost rows. The number of
 * instructions of each term is in the file of the build.
 */
export const REFERENCE_FORMS = /* @__PURE__ */ withPublished(
  `
=
DEPTHWISE_CONV_2D * | inImageTaps columnTaps taps rowTaps outputs pixels pixels*inChannels 1
=
MAX_POOL_2D * | inImageTaps imageRowChannels outputs pixels 1
AVERAGE_POOL_2D * | inImageTaps imageRowChannels outputs pixels 1
ADD * broadcastRows=0 | elements 1
ADD * broadcastRows=1 | elements 1
ADD * | elements broadcastRows 1
SUB * broadcastRows=0 | elements 1
SUB * | elements broadcastRows 1
MUL * broadcastRows=0 | elements 1
MUL * broadcastRows=1 | elements 1
MUL * | elements broadcastRows 1
MAXIMUM * broadcastRows=0 | elements 1
MAXIMUM * | elements broadcastRows 1
MINIMUM * broadcastRows=0 | elements 1
RELU * | elements 1
RELU6 * | elements 1
LEAKY_RELU * | elements 1
HARD_SWISH * | elements 1
LOGISTIC * | elements 1
TANH * | elements 1
PRELU * | elements broadcastRows 1
SOFTMAX * | outputs rows 1
LOG_SOFTMAX * | outputs rows 1
QUANTIZE float32 | elements 1
QUANTIZE int8 rescaled>=1 | elements 1
DEQUANTIZE int8 | elements 1
MEAN float32 pooledElements>=1 | inputElements outputs innerRows 1
MEAN * reducesInner=1 | inputElements outputs innerRows 1
MEAN * reducedAxes=1 | inputElements outputs innerRows 1
MEAN * | inputElements outputs innerRows 1
SUM * | inputElements outputs innerRows 1
REDUCE_MAX * | inputElements outputs innerRows 1
ARG_MAX * | inputElements outputs 1
PAD * innerPadding=0 | elements inputElements innerRows 1
PAD * | elements inputElements innerRows 1
CONCATENATION * | outputBytes pieces operands 1
SPLIT * | elements pieces 1
PACK * | elements pieces 1
UNPACK * | elements pieces 1
SLICE * | elements innerRows innerPlanes 1
STRIDED_SLICE * | outputBytes innerRows innerPlanes 1
TRANSPOSE * | elements innerRows innerPlanes 1
=
=
RESIZE_BILINEAR * | elements innerRows 1
RESIZE_NEAREST_NEIGHBOR * | outputBytes innerRows innerPlanes 1
TRANSPOSE_CONV * | macs macsInImage taps rowTaps outputs 1
BATCH_MATMUL * | macs outputs transposed matrixRows matrices 1
SVDF * | featureMacs timeMacs filters outputs 1
UNIDIRECTIONAL_SEQUENCE_LSTM * | gateInputMacs gateStateMacs cellUpdates timeSteps 1
`,
  PUBLISHED_REFERENCE_FORMS,
);
