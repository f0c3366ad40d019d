// Logic of two truth values. This file exports nothing else.
import type { OptionsName } from '../../models/formats/tflite/options-table.ts';
import type { Op } from '../definition/op.ts';
import { perPair } from '../definition/tflm.ts';
import { defineBinary, mapPairs, operandsOf, type Binary } from './pairs.ts';

function defineLogical<const T extends string>(type: T, options: OptionsName, of: Binary): Op<T> {
  return defineBinary({
    type,
    tflite: { options, versions: { runtimes: '1.11.0' } },
    tflm: { limits: { types: ['bool bool -> bool'] } },
    estimates: { bool: perPair(12, 'float maximum (11, counted) and its broadcast (45 a run)') },
    prepare(_attributes, inputs, [output]) {
      const [a, b] = operandsOf(inputs, output);
      return mapPairs(a, b, output, of);
    },
  });
}

export const logicalAnd = defineLogical('LOGICAL_AND', 'LogicalAndOptions', (a, b) => (a && b ? 1 : 0));
export const logicalOr = defineLogical('LOGICAL_OR', 'LogicalOrOptions', (a, b) => (a || b ? 1 : 0));
