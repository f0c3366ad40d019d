/**
 * The vocabulary of cost terms: every count that a Work may carry, with its meaning. A cost row may name only
 * these, blocks of them ('pixels/4' whole ones, 'pixels^4' with the last begun, 'pixels%4' the rest), products of
 * both, or '1'; which of them an op yields is said by the function that counts it.
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
  pixelsInside: 'pixels, each by the share of its window that lies inside the image; rounded',
  rowVisits: 'visits of an input row by output rows: the average over the input, rounded, at least 1',
  imageRowChannels: 'S x outChannels: window rows inside the image, summed over outputs',

  channelMultiplier: 'output channels for each input channel of a depthwise convolution',
  inColumns: 'input columns of a transposed convolution',
  windows:
    'windows that a transposed convolution of nncase adds up: one for each element that it reads and channel of its group',
  functions: 'elementary functions that a unary node of nncase computes, summed over its elements',
  scatterColumns: 'columns that one row of its input reaches, cut off or not',

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

  channelPairsUsed: '1 where there is a pair of output channels, else 0',
  channelQuads16Used: '1 where channelQuads16 > 0, else 0',
  matMulCalls: 'blocked matrix multiplies of a 1x1 convolution: one, or one an output row where it strides',
  matMulPixelPairs: 'pixel pairs of these matrix multiplies, summed',
  matMulPixelOdd: 'pixels left over from the pairs, summed',
  kernelH: 'window height',
  kernelW: 'window width',
  strideH: 'vertical stride',
  strideW: 'horizontal stride',

  batches: 'rows of a dense op',
  inputBytes: 'bytes of the activation input',
  outputBytes: 'bytes of the output',
  rows: 'rows of a softmax: outer elements',
  rowLength: 'length of one softmax row',
  pooledElements:
    'input elements of a reduction over height and width that keeps its dimensions; none for others',
  reducedAxes: 'axes that a reduction takes together',
  reducesInner: '1 where the last axis is among them, else 0',
  permutation: 'order of axes of a transposition, read as one number: 213 for 0, 2, 1, 3',
  broadcastRows:
    'runs of elements that a broadcast computes one by one; none where its operands have one shape',
  reduced: 'input elements per output element of a reduction',
  rescaled: 'elements that a requantization multiplies; none where it only moves the zero point by 128',
  pieces: 'contiguous runs that a move copies one by one',
  innerRows: 'rows of the last axis of what a move writes',
  innerPlanes: 'planes of the last two axes of what a move writes',
  innerPadding: 'elements that a pad adds along the last axis',
  operands: 'number of inputs that an op joins, or of outputs that it splits into',

  filters: 'filters of an SVDF layer, for each sequence of the batch',
  featureMacs: 'multiply-accumulates of the feature weights of an SVDF layer',
  timeMacs: 'multiply-accumulates of the time weights of an SVDF layer',
  gateInputMacs: 'Ti: multiply-accumulates of the gates of an LSTM with its input',
  gateStateMacs: 'Ts: multiply-accumulates of the gates of an LSTM with its state',
  cellUpdates: 'Tu: updates of units of an LSTM, one a time step',
  timeSteps: 'T1: time steps of an LSTM, of each sequence where they come one after the other',
  gatePairQuads:
    'LA: pairs of units x quads of input and state, over gates and steps, the first state left out',
  gatePairRest: 'LB: pairs of units x what is left of the quads',
  gateOddQuads: 'LC: the unit without a pair x quads',
  laterGatePairs: 'L1: pairs of units over gates and the steps behind the first',

  boxes: 'boxes that a detector decodes',
  boxScores: 'scores of all classes of all boxes',
  boxComparisons: 'pairs of boxes whose overlap is computed; which they are depends on the data',

  rounds: 'rounds of a loop, where they are the same whatever the data',

  matrices: 'matrix products of a batched product',
  matrixRows: 'rows of the results of a batched product, all matrices',
  transposed: 'elements of the sides that a matrix product transposes first',

  operators: 'operators of the model',
  tensors: 'tensors of the model',
  modelPixels: 'pixels of the model input, height x width',
  modelInputs: 'elements of the model input',
  modelOutputs: 'elements of the model output',
  preparedChannels: 'output channels whose int8 multipliers Prepare computes, summed over the convolutions',
  preparedConvs: 'int8 convolution and depthwise operators that Prepare sets up',
  preparedDense: 'int8 dense operators that Prepare sets up',
};
