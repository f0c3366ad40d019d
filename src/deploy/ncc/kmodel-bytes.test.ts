import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { boardById } from '../../boards/index.ts';
import { graphFromBytes } from '../../files/load-model.ts';
import { deploy } from '../index.ts';

const RC5 = new URL('../../../test/golden/rc5/', import.meta.url);
const converted = readdirSync(RC5)
  .filter((file) => file.endsWith('.kmodel'))
  .map((file) => file.replace('.kmodel', ''));

// The file may lack the padding of its last body.
test.each(converted)('%s takes the bytes that the converter wrote, in units of 8', (name) => {
  const file = `${name}.tflite`;
  const program = deploy(graphFromBytes(readFileSync(new URL(file, RC5)), file), boardById('maixduino'));
  const { length } = readFileSync(new URL(`${name}.kmodel`, RC5));
  expect(program.memory.flashBytes).toBe(8 * Math.ceil(length / 8));
});
