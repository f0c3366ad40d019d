import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import { stridesOf, walk } from '../numbers/broadcast.ts';
import type { Kernel, Prepare } from '../definition/kernel.ts';
import { fail, operand, readInts, readOperandInts } from '../definition/operands.ts';
import { resolveSlice } from './strided-slice/resolve.ts';

/** Each output element from one input element, by offsets computed beforehand; `source` is the input's position. */
export function gather(offsets: Int32Array, source = 0): Kernel {
  return {
    run(inputs, [out]) {
      const from = inputs[source];
      for (let at = 0; at < offsets.length; at++) out[at] = from[offsets[at]];
    },
  };
}

/** Copies the first input: a reshape moves nothing. */
export const prepareCopy = (): Kernel => ({
  run([input], [out]) {
    out.set(input);
  },
});

export const prepareTranspose: Prepare<'TRANSPOSE'> = (_attributes, inputs, [output]) => {
  const { shape } = operand(inputs, 0, 'input');
  const strides = stridesOf(shape);
  const permutation = readOperandInts(inputs, 1, 'permutation').map((axis) =>
    normalizeAxis(axis, shape.length),
  );
  return gather(
    walk(
      output.shape,
      permutation.map((axis) => strides[axis]),
    ),
  );
};

export const prepareStridedSlice: Prepare<'STRIDED_SLICE'> = (attributes, inputs, [output]) => {
  const { shape } = operand(inputs, 0, 'input');
  const steps = ['begin', 'end', 'strides'].map((role, at) => readOperandInts(inputs, at + 1, role));
  const { ranges } = resolveSlice(shape, steps[0], steps[1], steps[2], attributes);
  const strides = stridesOf(shape);
  const counts = ranges.map(({ begin, end, stride }) => Math.max(0, Math.ceil((end - begin) / stride)));
  const start = ranges.reduce((sum, { begin }, axis) => sum + begin * strides[axis], 0);
  if (elementCount(counts) !== elementCount(output.shape)) fail('the slice does not fill its output');
  return gather(
    walk(
      counts,
      ranges.map(({ stride }, axis) => stride * strides[axis]),
      start,
    ),
  );
};

/** Blocks of `lengths[i]` elements of each part in turn, `outer` times: how concatenation and split lie in memory. */
interface Interleaving {
  readonly outer: number;
  readonly lengths: readonly number[];
}

function interleave(parts: readonly (readonly number[])[], axis: number): Interleaving {
  const outer = elementCount(parts[0].slice(0, axis));
  return { outer, lengths: parts.map((shape) => elementCount(shape.slice(axis))) };
}

function joinParts({ outer, lengths }: Interleaving): Kernel {
  return {
    run(inputs, [out]) {
      let at = 0;
      for (let block = 0; block < outer; block++) {
        for (let part = 0; part < lengths.length; part++) {
          const from = inputs[part];
          const end = (block + 1) * lengths[part];
          for (let index = block * lengths[part]; index < end; index++) out[at++] = from[index];
        }
      }
    },
  };
}

function rescaleText({ quantization }: TensorInfo): string {
  return quantization === undefined ? 'none' : `${quantization.scales[0]} ${quantization.zeroPoints[0] ?? 0}`;
}

/** Joins stored values; quantized inputs need the output's scale, as TFLite's int8 kernel takes for granted. */
export const prepareConcatenation: Prepare<'CONCATENATION'> = ({ axis, activation }, inputs, [output]) => {
  const parts = inputs.map((_, position) => operand(inputs, position, 'input'));
  if (activation !== 'NONE') fail(`the fused activation ${activation} has no arithmetic`);
  const odd = parts.findIndex(
    (part) => output.dtype === 'uint8' && rescaleText(part) !== rescaleText(output),
  );
  if (odd >= 0)
    fail(`input ${odd} has another scale than the output; rescaling while joining is not written`);
  const shapes = parts.map(({ shape }) => shape);
  return joinParts(interleave(shapes, normalizeAxis(axis, output.shape.length)));
};

export const preparePack: Prepare<'PACK'> = ({ axis }, inputs, [output]) => {
  const at = normalizeAxis(axis, output.shape.length);
  return joinParts(
    interleave(
      inputs.map(() => output.shape.with(at, 1)),
      at,
    ),
  );
};

export const prepareSplit: Prepare<'SPLIT'> = (_attributes, inputs, outputs): Kernel => {
  const { shape } = operand(inputs, 1, 'input');
  const axis = normalizeAxis(readOperandInts(inputs, 0, 'axis')[0], shape.length);
  const { outer, lengths } = interleave(
    outputs.map((output) => output.shape),
    axis,
  );
  return {
    run([, from], outs) {
      let at = 0;
      for (let block = 0; block < outer; block++) {
        for (let part = 0; part < lengths.length; part++) {
          const end = (block + 1) * lengths[part];
          for (let index = block * lengths[part]; index < end; index++) outs[part][index] = from[at++];
        }
      }
    },
  };
};

function storedZero({ quantization, dtype }: TensorInfo): number | bigint {
  if (dtype === 'int64' || dtype === 'uint64') return 0n;
  return quantization?.zeroPoints[0] ?? 0;
}

function padOffsets(shape: readonly number[], amounts: readonly number[], output: TensorInfo): Int32Array {
  const strides = stridesOf(output.shape);
  const start = shape.reduce((sum, _, axis) => sum + amounts[2 * axis] * strides[axis], 0);
  return walk(shape, strides, start);
}

/** Copies into the middle; around it the real 0, or the value that PADV2's third input stores. */
export const preparePad: Prepare<'PAD' | 'PADV2'> = (_attributes, inputs, [output]): Kernel => {
  const { shape } = operand(inputs, 0, 'input');
  const offsets = padOffsets(shape, readInts(operand(inputs, 1, 'paddings'), 'paddings'), output);
  const zero = storedZero(output) as number;
  const hasValue = inputs[2] !== undefined;
  return {
    run([input, , value], [out]) {
      out.fill(hasValue ? value[0] : zero);
      for (let at = 0; at < offsets.length; at++) out[offsets[at]] = input[at];
    },
  };
};

/** Writes the input's dimensions. */
export const prepareShape: Prepare<'SHAPE'> = (_attributes, inputs, [output]): Kernel => {
  const { shape } = operand(inputs, 0, 'input');
  const values = output.dtype === 'int64' ? shape.map(BigInt) : shape;
  return {
    run(_inputs, [out]) {
      for (let axis = 0; axis < values.length; axis++) out[axis] = values[axis] as number;
    },
  };
};
