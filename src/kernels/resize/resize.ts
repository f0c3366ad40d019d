import type { OptionsName } from '../../models/formats/tflite/options-table.ts';
import { FLAG } from '../../models/formats/tflite/codecs.ts';
import type { Site, VersionRow } from '../../models/formats/tflite/op-versions.ts';
import type { ResizeAttributes } from '../../models/graph/attributes.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { defineOp } from '../definition/define-op.ts';
import type { Prepare } from '../definition/kernel.ts';
import type { Op, OpFacts } from '../definition/op.ts';
import { fail, operand, operandOfRank, readOperandInts, requirePositive } from '../definition/operands.ts';
import { FLOAT_OR_INTEGERS, perElement, WITH_UINT8 } from '../definition/tflm.ts';
import { isInt16 } from '../definition/version-rules.ts';
import { moveCounts } from '../moves/move-counts.ts';
import { prepareResizeBilinear, prepareResizeNearest } from './resize-arithmetic.ts';

interface Resize extends Pick<OpFacts, 'tflm' | 'kmodel' | 'estimates'> {
  readonly options: OptionsName;
  readonly versions: VersionRow;
  readonly prepare: Prepare<ResizeAttributes>;
}

/** A resize of an NHWC image to the constant [height, width] of the second input. */
function defineResize<const T extends string>(
  type: T,
  { options, versions, ...facts }: Resize,
): Op<T, ResizeAttributes> {
  return defineOp({
    type,
    tflite: {
      options,
      fields: {
        alignCorners: ['align_corners', FLAG],
        halfPixelCenters: ['half_pixel_centers', FLAG],
      },
      versions,
    },
    indexInputs: [1],
    quantization: { sameScale: true },
    ...facts,
    infer(attributes, inputs): TensorInfo[] {
      const { shape, dtype } = operandOfRank(inputs, 0, 'input', 4);
      const target = readOperandInts(inputs, 1, 'height and width');
      if (target.length !== 2) fail(`height and width need 2 values, got ${target.length}`);
      requirePositive(target[0], 'height');
      requirePositive(target[1], 'width');
      if (attributes.alignCorners && attributes.halfPixelCenters) {
        fail('alignCorners and halfPixelCenters exclude each other');
      }
      return [{ shape: [shape[0], target[0], target[1], shape[3]], dtype }];
    },
    count: (_attributes, inputs, outputs) => ({
      counts: moveCounts([operand(inputs, 0, 'input')], outputs),
    }),
  });
}

export const resizeNearestNeighbor = defineResize('RESIZE_NEAREST_NEIGHBOR', {
  options: 'ResizeNearestNeighborOptions',
  versions: {
    runtimes: '1.13.1 1.14.0 2.3.0 2.4.0',
    types: { int8: 2, int16: 4 },
    rule: (site: Site) =>
      !isInt16(site) && (site.attributes.halfPixelCenters || site.attributes.alignCorners) ? 3 : undefined,
  },
  tflm: {
    limits: { types: FLOAT_OR_INTEGERS },
    oldTypes: WITH_UINT8,
  },
  kmodel: { layer: 'ResizeNearestNeighbor' },
  estimates: { any: perElement(10, 'a copy loop of the libtf reshape (8 a byte)') },
  prepare: prepareResizeNearest,
});

export const resizeBilinear = defineResize('RESIZE_BILINEAR', {
  options: 'ResizeBilinearOptions',
  versions: {
    runtimes: '1.7.0 1.14.0 2.2.0 2.5.0',
    types: { int8: 2, int16: 4 },
    rule: (site: Site) => (!isInt16(site) && site.attributes.halfPixelCenters ? 3 : undefined),
  },
  tflm: { limits: { types: ['float32 -> float32', 'int8 -> int8'] } },
  kmodel: { instead: 'use RESIZE_NEAREST_NEIGHBOR' },
  estimates: {
    float32: perElement(60, 'float max pool (9 a tap): four taps and their weights'),
    int8: perElement(70, 'int8 max pool (10 a tap): four taps and their weights'),
  },
  prepare: prepareResizeBilinear,
});
