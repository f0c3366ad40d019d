import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { patternOf } from './kpu-patterns.ts';
import { validateKpu } from './validate-kpu.ts';

const FOLDER = new URL('../../../shared/models/kmodel/', import.meta.url);
const missing = !existsSync(FOLDER);
const reason = missing ? ' (skipped: needs ../shared/models/kmodel beside the project)' : '';

function validateGolden(name: string): { equal: number; total: number; unequal: string[] } {
  const golden = JSON.parse(readFileSync(new URL(`golden/${name}.json`, FOLDER), 'utf8'));
  const model = new URL(`${name}.kmodel`, FOLDER);
  const bytes = existsSync(model) ? new Uint8Array(readFileSync(model)) : undefined;
  const { rows, equal, total } = validateKpu(golden, bytes);
  const unequal = rows.filter((row) => !row.equal).map(({ id, layer, mode }) => `${id} ${layer} ${mode}`);
  return { equal, total, unequal };
}

describe.skipIf(missing)(`outputs that the vendor's code computed${reason}`, () => {
  test.each([
    ['kpu-layers', '65 single layers, both tie modes', 130],
    ['mnist', '3 KPU layers, 3 inputs, both tie modes', 18],
    ['facedetect', '23 KPU layers, 3 inputs, both tie modes', 138],
    ['iris', '5 inputs through two float layers, within 1e-5', 5],
  ])('%s.json: %s, all equal', (name, _, total) => {
    expect(validateGolden(name)).toEqual({ equal: total, total, unequal: [] });
  });

  test('a wrong byte of the model is told as unequal layers', () => {
    const golden = JSON.parse(readFileSync(new URL('golden/mnist.json', FOLDER), 'utf8'));
    const bytes = new Uint8Array(readFileSync(new URL('mnist.kmodel', FOLDER)));
    bytes[260]! += 1;
    const { equal, total } = validateKpu(golden, bytes);
    // Layers 0 and 1 hang together, the padded Dense has its own inputs.
    expect([equal, total]).toEqual([6, 18]);
  });
});

test('the patterns start as their formulas say', () => {
  expect([...patternOf('ramp', 3)]).toEqual([3, 10, 17]);
  expect([...patternOf('square', 3)]).toEqual([5, 53, 163]);
});

describe('what cannot be compared', () => {
  test.each([
    [null, undefined, 'golden file: expected "cases", or "layers" and "runs": the document must be object'],
    [{ cases: [{ id: 'x' }] }, undefined, "/cases/0 must have required property 'accMin'"],
    [{ layers: [], runs: [{ mode: 'up' }] }, undefined, '/runs/0'],
    [
      { model: 'm.kmodel', layers: [], runs: [{ input: [1], fused: { output: [1] } }] },
      undefined,
      'this golden file is about m.kmodel; give that file',
    ],
    [
      { model: 'm.kmodel', layers: [], runs: [{ input: [1], fused: { output: [1] } }] },
      new Uint8Array(3),
      'm.kmodel: is no kmodel of version 3',
    ],
  ])('%o', (golden, bytes, message) => {
    expect(() => validateKpu(golden, bytes)).toThrow(message);
  });
});
