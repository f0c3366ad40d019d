import type { Site, VersionRow } from '../../models/formats/tflite/op-versions.ts';
import { elementCount } from '../../models/graph/graph.ts';
import { fail, operand, readOperandInts, shapeText, type Operands } from '../definition/operands.ts';
import { estimate, type Estimates } from '../definition/tflm.ts';
import { rankOf } from '../definition/version-rules.ts';
import { stridesOf } from '../numbers/broadcast.ts';
import { defineMove } from './define-move.ts';
import { mapPositions } from './positions.ts';

/** Sides of a block along the spatial axes, and what is added or cut before and after each. */
interface Blocks {
  readonly sides: readonly number[];
  readonly margins: readonly number[];
}

function blocksOf(inputs: Operands): Blocks {
  const sides = readOperandInts(inputs, 1, 'block shape');
  const margins = readOperandInts(inputs, 2, 'margins');
  const rank = operand(inputs, 0, 'input').shape.length;
  if (sides.length >= rank || margins.length !== 2 * sides.length) {
    fail(`${sides.length} block sides and ${margins.length} margins do not fit ${rank} dimensions`);
  }
  if (sides.some((side) => side < 1)) fail(`block ${shapeText(sides)} has a side below 1`);
  if (margins.some((margin) => margin < 0)) fail(`margins ${margins.join(',')} need to be 0 or more`);
  return { sides, margins };
}

const versions: VersionRow = {
  runtimes: '1.6.0 1.14.0 2.3.0',
  types: { int8: 2 },
  rule: ({ inputs }: Site) => (rankOf(inputs[0]) === 4 ? undefined : 3),
};
const estimates: Estimates = {
  any: estimate(
    { innerRows: 60, outputBytes: 0.5, '1': 900 },
    'STRIDED_SLICE, which copies the channels of a pixel',
  ),
};

const limits = { types: ['float32|int8'], maxRank: 4 };

/** Position within its block, first axis first, of block number `index`. */
function offsetsInBlock(index: number, sides: readonly number[]): number[] {
  const offsets: number[] = [];
  for (let axis = sides.length - 1, rest = index; axis >= 0; axis--) {
    offsets[axis] = rest % sides[axis];
    rest = Math.floor(rest / sides[axis]);
  }
  return offsets;
}

interface Shapes {
  readonly input: readonly number[];
  readonly output: readonly number[];
  /** Of the input. */
  readonly strides: readonly number[];
}

interface BlockMove<Type extends string, Options extends string> {
  readonly type: Type;
  readonly options: Options;
  shape(blocks: Blocks, input: readonly number[]): number[];
  source(blocks: Blocks, shapes: Shapes): Int32Array;
}

// @__NO_SIDE_EFFECTS__
function defineBlocks<
  const Type extends string,
  const Options extends 'SpaceToBatchNDOptions' | 'BatchToSpaceNDOptions',
>({ type, options, shape, source }: BlockMove<Type, Options>) {
  return defineMove({
    type,
    tflite: { options, versions },
    indexInputs: [1, 2],
    tflm: { limits },
    estimates,
    shape: (_attributes, inputs) => shape(blocksOf(inputs), operand(inputs, 0, 'input').shape),
    source: (_attributes, inputs, input, output) =>
      source(blocksOf(inputs), { input, output, strides: stridesOf(input) }),
  });
}

/** Pixels of the same place in each block become a batch; zeros around the picture first. */
export const spaceToBatchNd = defineBlocks({
  type: 'SPACE_TO_BATCH_ND',
  options: 'SpaceToBatchNDOptions',
  shape({ sides, margins }, shape) {
    const spatial = sides.map((side, axis) => {
      const padded = margins[2 * axis] + shape[axis + 1] + margins[2 * axis + 1];
      return padded % side === 0 ? padded / side : fail(`${padded} do not divide into blocks of ${side}`);
    });
    return [shape[0] * elementCount(sides), ...spatial, ...shape.slice(1 + sides.length)];
  },
  source({ sides, margins }, { input, output, strides }) {
    return mapPositions(output, (position) => {
      const inBlock = offsetsInBlock(Math.floor(position[0] / input[0]), sides);
      let offset = (position[0] % input[0]) * strides[0];
      for (let axis = 1; axis < input.length; axis++) {
        const side = sides[axis - 1] ?? 1;
        const at = position[axis] * side + (inBlock[axis - 1] ?? 0) - (margins[2 * axis - 2] ?? 0);
        if (at < 0 || at >= input[axis]) return -1;
        offset += at * strides[axis];
      }
      return offset;
    });
  },
});

/** The way back: batches become the pixels of blocks, and the margins are cut. */
export const batchToSpaceNd = defineBlocks({
  type: 'BATCH_TO_SPACE_ND',
  options: 'BatchToSpaceNDOptions',
  shape({ sides, margins }, shape) {
    const batches = shape[0] / elementCount(sides);
    if (!Number.isInteger(batches)) fail(`${shape[0]} batches do not make blocks of ${shapeText(sides)}`);
    const spatial = sides.map((side, axis) => {
      const cut = shape[axis + 1] * side - margins[2 * axis] - margins[2 * axis + 1];
      return cut >= 0 ? cut : fail(`margins ${margins.join(',')} cut more than there is`);
    });
    return [batches, ...spatial, ...shape.slice(1 + sides.length)];
  },
  source({ sides, margins }, { output, strides }) {
    return mapPositions(output, (position) => {
      let block = 0;
      let offset = position[0] * strides[0];
      for (let axis = 1; axis < output.length; axis++) {
        const side = sides[axis - 1] ?? 1;
        const at = position[axis] + (margins[2 * axis - 2] ?? 0);
        block = axis <= sides.length ? block * side + (at % side) : block;
        offset += Math.floor(at / side) * strides[axis];
      }
      return offset + block * output[0] * strides[0];
    });
  },
});
