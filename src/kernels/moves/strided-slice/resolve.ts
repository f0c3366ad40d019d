import type { StridedSliceAttributes } from '../../../models/graph/attributes.ts';
import { fail } from '../../definition/operands.ts';

/** Elements begin, begin + stride, ... before end, of one input dimension; end is -1 for a slice down to 0. */
export interface AxisRange {
  readonly begin: number;
  readonly end: number;
  readonly stride: number;
}

/** Which part of each input dimension is kept, and where the output's dimensions come from. */
export interface ResolvedSlice {
  readonly ranges: readonly AxisRange[];
  readonly outputAxes: readonly (number | 'new')[];
}

const hasBit = (mask: number, index: number): boolean => ((mask >> index) & 1) === 1;

function wrapIndex(index: number, length: number, stride: number): number {
  const wrapped = index < 0 ? index + length : index;
  return stride > 0 ? Math.min(Math.max(wrapped, 0), length) : Math.min(Math.max(wrapped, -1), length - 1);
}

function shrinkAxis(index: number, length: number, stride: number): AxisRange {
  const wrapped = index < 0 ? index + length : index;
  if (wrapped < 0 || wrapped >= length) fail(`index ${index} is outside a dimension of ${length}`);
  if (stride <= 0) fail(`stride ${stride} of a single index needs to be positive`);
  return { begin: wrapped, end: wrapped + 1, stride: 1 };
}

interface AxisSpec {
  readonly begin: number;
  readonly end: number;
  readonly stride: number;
  readonly beginMasked: boolean;
  readonly endMasked: boolean;
  readonly shrink: boolean;
}

function resolveAxis(spec: AxisSpec, length: number, offset: boolean): AxisRange {
  const { stride } = spec;
  if (stride === 0) fail('a stride is 0');
  if (spec.shrink) return shrinkAxis(spec.beginMasked ? 0 : spec.begin, length, stride);
  const first = stride > 0 ? 0 : length - 1;
  const last = stride > 0 ? length : -1;
  const begin = spec.beginMasked ? first : wrapIndex(spec.begin, length, stride);
  if (spec.endMasked) return { begin, end: last, stride };
  return { begin, end: wrapIndex(offset ? begin + spec.end : spec.end, length, stride), stride };
}

const WHOLE: AxisSpec = { begin: 0, end: 0, stride: 1, beginMasked: true, endMasked: true, shrink: false };

/**
 * The slice of each input dimension, as TensorFlow's ValidateStridedSliceOp (core/util/strided_slice_op.cc): one
 * ellipsis takes the dimensions that are left, new axes take none, missing trailing dimensions are whole. With
 * `offset`, ends count from the begins. Throws a SpecError for more indices than dimensions or an index outside.
 */
export function resolveSlice(
  shape: readonly number[],
  begin: readonly number[],
  end: readonly number[],
  strides: readonly number[],
  attributes: StridedSliceAttributes,
): ResolvedSlice {
  if (end.length !== begin.length || strides.length !== begin.length) {
    fail(
      `begin, end and strides hold ${begin.length}, ${end.length} and ${strides.length} values, need as many each`,
    );
  }
  const ranges: AxisRange[] = [];
  const outputAxes: (number | 'new')[] = [];
  const take = (spec: AxisSpec) => {
    const axis = ranges.length;
    if (axis >= shape.length) fail(`${begin.length} indices for ${shape.length} dimensions`);
    ranges.push(resolveAxis(spec, shape[axis], attributes.offset));
    if (!spec.shrink) outputAxes.push(axis);
  };
  const isAxis = (index: number) =>
    !hasBit(attributes.ellipsisMask, index) && !hasBit(attributes.newAxisMask, index);
  let ellipsisSeen = false;
  begin.forEach((_, index) => {
    if (hasBit(attributes.ellipsisMask, index)) {
      if (ellipsisSeen) fail('more than one ellipsis');
      ellipsisSeen = true;
      const after = begin.filter((_value, later) => later > index && isAxis(later)).length;
      while (ranges.length < shape.length - after) take(WHOLE);
    } else if (hasBit(attributes.newAxisMask, index)) outputAxes.push('new');
    else take(readSpec(index, begin, end, strides, attributes));
  });
  while (ranges.length < shape.length) take(WHOLE);
  return { ranges, outputAxes };
}

function readSpec(
  index: number,
  begin: readonly number[],
  end: readonly number[],
  strides: readonly number[],
  attributes: StridedSliceAttributes,
): AxisSpec {
  return {
    begin: begin[index],
    end: end[index],
    stride: strides[index],
    beginMasked: hasBit(attributes.beginMask, index),
    endMasked: hasBit(attributes.endMask, index),
    shrink: hasBit(attributes.shrinkAxisMask, index),
  };
}
