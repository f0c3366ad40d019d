import { expect, test } from 'vitest';
import type { OpsDifference } from '../calibrate/ops/judge-ops.ts';
import { formatOpsValidation } from './ops-validation-text.ts';

const differenceOf = (file: string, why: string): OpsDifference => ({ file, what: 'outputs', why });

const gate = { name: 'outputs equal, %', holds: false, equal: 1, of: 4, figure: 25, bar: 97 };

test('files that differ for one reason but for its numbers are one group, the largest first', () => {
  const differences = [
    differenceOf('c.tflite', 'no outputs: op 2 (DIV): not known'),
    differenceOf('a.tflite', 'output 0: 3 of 4 differ'),
    differenceOf('b.tflite', 'output 1: 2 of 9 differ'),
  ];
  const lines = formatOpsValidation(4, { differences, gates: [gate] }).split('\n');
  expect(lines.slice(0, 6)).toEqual([
    '4 files against what TensorFlow Lite Micro does with them',
    '',
    '  outputs, 2 files: output 0: 3 of 4 differ',
    '      a b',
    '  outputs, 1 file: no outputs: op 2 (DIV): not known',
    '      c',
  ]);
  expect(lines.at(-1)).toMatch(/^ *outputs equal, % +1 of 4 +25\.00 +97 +MISSED *$/);
});
