import { POSITIVE } from '../../models/formats/tflite/codecs.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { INT8 } from '../definition/version-rules.ts';
import { fail, operandOfRank, shapeText, type Operands } from '../definition/operands.ts';
import { perElement, type Estimates } from '../definition/tflm.ts';
import { stridesOf, walk } from '../numbers/broadcast.ts';
import { defineMove } from './define-move.ts';

const fields = { blockSize: ['block_size', POSITIVE] } as const;
const estimates: Estimates = {
  any: perElement(25, 'an element loop with two offsets of four dimensions, as PAD has one (38 an element)'),
};
const limits = { types: ['float32|int8'] };
const picture = (inputs: Operands): TensorInfo['shape'] => operandOfRank(inputs, 0, 'input', 4).shape;

/** Blocks of b x b pixels become one pixel of b x b times the channels. */
export const spaceToDepth = defineMove({
  type: 'SPACE_TO_DEPTH',
  tflite: { options: 'SpaceToDepthOptions', fields, versions: { runtimes: '1.5.0 1.14.0', types: INT8 } },
  tflm: { limits },
  estimates,
  shape({ blockSize: b }, inputs) {
    const [n, h, w, c] = picture(inputs);
    if (h % b !== 0 || w % b !== 0) fail(`${shapeText([h, w])} does not divide into blocks of ${b} pixels`);
    return [n, h / b, w / b, c * b * b];
  },
  source({ blockSize: b }, _inputs, input, [n, h, w]) {
    const [batch, row, pixel, channel] = stridesOf(input);
    return walk([n, h, w, b, b, input[3]], [batch, row * b, pixel * b, row, pixel, channel]);
  },
});

/** The channels of a pixel become a block of b x b pixels. */
export const depthToSpace = defineMove({
  type: 'DEPTH_TO_SPACE',
  tflite: { options: 'DepthToSpaceOptions', fields, versions: { runtimes: '2.1.0 2.5.0', types: INT8 } },
  tflm: { limits },
  estimates,
  shape({ blockSize: b }, inputs) {
    const [n, h, w, c] = picture(inputs);
    if (c % (b * b) !== 0) fail(`${c} channels do not make blocks of ${b}x${b} pixels`);
    return [n, h * b, w * b, c / (b * b)];
  },
  source({ blockSize: b }, _inputs, input, output) {
    const [n, h, w] = input;
    const [batch, row, pixel] = stridesOf(input);
    const c = output[3];
    return walk([n, h, b, w, b, c], [batch, row, b * c, pixel, c, 1]);
  },
});
