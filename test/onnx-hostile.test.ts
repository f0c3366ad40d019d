import { test } from 'vitest';
import { onnxFile } from './support/onnx-file.ts';
import { expectRefused } from './support/refused.ts';
import { tempFolder } from './support/temp-folder.ts';

test.each<[string, Uint8Array, string]>([
  [
    'a constant of more numbers than it has',
    onnxFile({
      input: [1, 1, 4, 4],
      nodes: [{ op: 'Conv', inputs: ['x', 'w'], output: 'y' }],
      constants: [{ name: 'w', dims: [1e9, 1, 3, 3], values: [1, 2, 3] }],
    }),
    'the constant "w" has 3 numbers, its sides are "1000000000, 1, 3, 3"',
  ],
  [
    'an operator without the inputs that it needs',
    onnxFile({
      input: [1, 4],
      nodes: [{ op: 'Reshape', inputs: ['w'], output: 'y' }],
      constants: [{ name: 'w', dims: [1, 4], values: [1, 2, 3, 4] }],
    }),
    'operator 0 (Reshape): lacks an input',
  ],
])('%s is refused in one line', async (_, bytes, said) => {
  const path = tempFolder().write('bad.onnx', bytes);
  await expectRefused(['predict', path, '-b', 'maixduino'], said);
});
