/**
 * The vocabulary of cost terms: every count that a Work may carry, with its meaning. A cost row may name only
 * these (or products of them, or '1'); which of them an op yields is said by the function that counts it.
 */
export const COUNT_NAMES: Readonly<Record<string, string>> = {
  macs: 'multiply-accumulates, taps in the padding included',
  elements: 'elements of all outputs',
  loadBytes: 'bytes of activations read, each once',
  storeBytes: 'bytes of outputs written',
  weightBytes: 'bytes of constant operands (weights, bias, tables)',

  outputs: 'N: output elements of a window op, outH x outW x outC; of a dense op, batches x outC',
  pixels: 'P: output pixels, outH x outW',
  outRows: 'output rows, outH',
  outColumns: 'output columns, outW',
  inChannels: 'C: input channels; of a dense op its input length',
  outChannels: 'output channels',
  inputElements: 'elements of the activation input, inH x inW x inC for a window op',
  kernelPositions: 'P x kernelH x kernelW: window positions of all pixels, padding included',
  kernelRows: 'P x kernelH: window rows of all pixels, padding included',
  taps: 'T: outputs x kernelH x kernelW',
  rowTaps: 'R: outputs x kernelH',
  inImageTaps: 'T_in: taps inside the image, summed over outputs',
  columnTaps: 'T_x: taps whose column is inside the image, whatever the row',
  columnTapsLeft: 'T_x0: taps whose column index is >= 0, whatever the row',
  macsInImage:
    'MAC_in: multiply-accumulates inside the image; T_in x C for a conv, T_in for a depthwise conv or a pool',
  imagePositions: 'V: window positions inside the image, T_in / outChannels',
  imageRows: 'S: window rows inside the image, summed over output pixels',
  imageRowChannels: 'S x outChannels: window rows inside the image, summed over outputs',

  pixelPairs: 'h: floor(P / 2)',
  pixelOdd: 'o: P mod 2',
  channelPairs: 'c2: floor(outChannels / 2)',
  channelOdd: 'c1: outChannels mod 2',
  innerLength:
    'L: kernelH x kernelW x C for a conv; input length for a dense op; kernelH x kernelW for a depthwise conv',
  innerQuads: 'L4: floor(L / 4)',
  innerRest: 'Lr: L mod 4',
  channelQuads: 'c4: floor(C / 4)',
  channelRest: 'cr: C mod 4',
  channelBlocks16: 'floor(C / 16)',
  channelQuads16: 'floor((C mod 16) / 4)',

  batches: 'rows of a dense op',
  inputBytes: 'bytes of the activation input',
  outputBytes: 'bytes of the output',
  rows: 'rows of a softmax: outer elements',
  rowLength: 'length of one softmax row',
  reduced: 'input elements per output element of a reduction',
  operands: 'number of inputs that an op joins, or of outputs that it splits into',

  operators: 'operators of the model',
  tensors: 'tensors of the model',
  modelPixels: 'pixels of the model input, height x width',
  modelInputs: 'elements of the model input',
  modelOutputs: 'elements of the model output',
  preparedChannels: 'output channels whose int8 multipliers Prepare computes, summed over the convolutions',
  preparedConvs: 'int8 convolution and depthwise operators that Prepare sets up',
  preparedDense: 'int8 dense operators that Prepare sets up',
};
