import type { Stream } from '../board/board.ts';

const ONCE = { '1': 1 };

function read(operand: 'input' | 'weights', passes: Stream['passes'] = ONCE): Stream {
  const bytes = operand === 'input' ? { inputBytes: 1 } : { weightBytes: 1 };
  return { operand, access: 'read', bytes, passes };
}

/** Rows of the input, visited once for each row of the window that slides over them. */
const ROWS: Stream = { ...read('input', { rowVisits: 1 }), rounds: { outRows: 1 } };

/** The same walk, and how often its elements are loaded whatever a cache saves. */
const loaded = (stream: Stream, accesses: Stream['accesses']): Stream => ({
  ...stream,
  ...(accesses && { accesses }),
});

/** Counted with another stream of the same operand. */
const NEVER = { '1': 0 };

/** A load of an input and one of a weight for each product. */
const EACH_PRODUCT = { macsInImage: 1 };

const WRITE: Stream = { operand: 'output', access: 'write', bytes: { outputBytes: 1 }, passes: ONCE };

/** Walks of an op that goes through its operands once. */
export const ELEMENT_STREAMS: readonly Stream[] = [read('input'), read('weights'), WRITE];

/** The window under one pixel, visited anew for each; its columns overlap the last one's. */
function windowOf(bytes: Stream['bytes']): Stream {
  return { operand: 'input', access: 'read', bytes, passes: { pixelsInside: 1 } };
}

/** All weights of the gates, once a time step. */
const EVERY_STEP: readonly Stream[] = [read('input'), read('weights', { timeSteps: 1 }), WRITE];

/**
 * How the reference kernels walk their operands, by their loop order: a convolution goes over output rows, columns,
 * channels, so it comes back to all weights once a pixel (less those under the padding); a dense layer comes back to
 * its input once an output.
 * An entry may name an element type (`CONV_2D:int8`) where its bytes are other than float32's.
 */
export const REFERENCE_STREAMS: Readonly<Record<string, readonly Stream[]>> = {
  CONV_2D: [
    loaded(ROWS, NEVER),
    loaded(windowOf({ innerLength: 4 }), EACH_PRODUCT),
    loaded(read('weights', { pixelsInside: 1 }), EACH_PRODUCT),
    WRITE,
  ],
  'CONV_2D:int8': [
    loaded(ROWS, NEVER),
    loaded(windowOf({ innerLength: 1 }), EACH_PRODUCT),
    loaded(read('weights', { pixelsInside: 1 }), EACH_PRODUCT),
    WRITE,
  ],
  DEPTHWISE_CONV_2D: [
    loaded(ROWS, NEVER),
    loaded(windowOf({ 'innerLength*inChannels': 4 }), EACH_PRODUCT),
    loaded(read('weights', { pixelsInside: 1 }), EACH_PRODUCT),
    WRITE,
  ],
  'DEPTHWISE_CONV_2D:int8': [
    loaded(ROWS, NEVER),
    loaded(windowOf({ 'innerLength*inChannels': 1 }), EACH_PRODUCT),
    loaded(read('weights', { pixelsInside: 1 }), EACH_PRODUCT),
    WRITE,
  ],
  FULLY_CONNECTED: [read('input', { outChannels: 1 }), read('weights', { batches: 1 }), WRITE],
  UNIDIRECTIONAL_SEQUENCE_LSTM: EVERY_STEP,
};

/**
 * Walks of the kernels that compute two output channels for two pixels at once (CMSIS-NN), int8: a word of four weights
 * serves eight products, a word of two widened inputs four.
 */
export const BLOCKED_STREAMS: Readonly<Record<string, readonly Stream[]>> = {
  CONV_2D: [
    loaded(ROWS, NEVER),
    loaded(windowOf({ innerLength: 1 }), { macsInImage: 0.25 }),
    loaded(read('weights', { pixelPairs: 1, pixelOdd: 1 }), { macsInImage: 0.125 }),
    WRITE,
  ],
  CONV_2D_1X1: [
    loaded(read('input', { channelPairs: 1, channelOdd: 1 }), { macsInImage: 0.125 }),
    loaded(read('weights'), { macsInImage: 0.125 }),
    WRITE,
  ],
  DEPTHWISE_CONV_2D: REFERENCE_STREAMS['DEPTHWISE_CONV_2D:int8'],
  FULLY_CONNECTED: [
    loaded(read('input', { channelPairs: 1, channelOdd: 1 }), { macsInImage: 0.125 }),
    loaded(read('weights', { batches: 1 }), { macsInImage: 0.25 }),
    WRITE,
  ],
  UNIDIRECTIONAL_SEQUENCE_LSTM: EVERY_STEP,
};
