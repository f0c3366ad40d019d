import { expect, test } from 'vitest';
import { MAIXPY_INTERPRETER, OPENMV_INTERPRETER } from '../interpreter.ts';
import { findNewerSyntax } from './newer-syntax.ts';

test.each([
  ['x = 1\nprint(f"{x}")', 2, 2],
  ["x = 1\n\nprint(rF'''{x}''')", 3, 3],
  ['if (n := 5) > 3: pass', 1, undefined],
  ['async def f(): pass', 1, undefined],
  ["print('f\"a\" :=', b'f') # f'x'", undefined, undefined],
  ["'''\nf'x' := async\n'''\nx = {1:2}; of = 'a\\'f'", undefined, undefined],
])('%j: MaixPy refuses line %s, OpenMV 3.9 line %s', (source, maixpy, openmv) => {
  expect(findNewerSyntax(source, MAIXPY_INTERPRETER)?.line).toBe(maixpy);
  expect(findNewerSyntax(source, OPENMV_INTERPRETER)?.line).toBe(openmv);
});

test('the note says since when', () => {
  expect(findNewerSyntax('f""', OPENMV_INTERPRETER)?.note).toBe(
    'f-strings came with MicroPython 1.17, the firmware has 1.13',
  );
});
