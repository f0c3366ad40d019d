import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readFunctions } from './wasm-functions.ts';
import { readSections } from './wasm-format.ts';
import { withSingleFloats } from './single-floats.ts';

const MICROPYTHON = '../../../../node_modules/@micropython/micropython-webassembly-pyscript/micropython.wasm';

test('a build whose floats are made elsewhere is refused, and so is one that was changed before', () => {
  const module = readFunctions(readSections(readFileSync(new URL(MICROPYTHON, import.meta.url))));
  expect(() => withSingleFloats({ ...module, bodies: [] })).toThrow(/not the build whose floats are known/);
  const changed = withSingleFloats(module);
  expect(changed.bodies.length).toBe(module.bodies.length);
  expect(() => withSingleFloats(changed)).toThrow(/not the build whose floats are known/);
});
