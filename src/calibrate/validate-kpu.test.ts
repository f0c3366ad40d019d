import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeExtra, extraModel } from '../../test/support/extra-models.ts';
import { goldenBytes } from '../../test/support/goldens.ts';
import { chainGolden, singleGolden } from '../../test/support/kpu-golden.ts';
import { writeKmodel } from '../models/formats/kmodel/write.ts';
import { readKmodel } from '../models/formats/kmodel/read.ts';
import type { KmodelFile } from '../models/formats/kmodel/file.ts';
import type { ConvSections } from '../models/formats/kmodel/conv-body.ts';
import { patternOf } from './kpu-patterns.ts';
import { validateKpu } from './validate-kpu.ts';

const MODEL = 'avgpool2s1.kmodel';
const model = () => goldenBytes(`rc5/${MODEL}`);

/** A Dense of one weight, 2, and the bias 0.5. */
const ONE_DENSE: KmodelFile = {
  ...{ flags: 1, arch: 0, max_start_address: 32768, main_mem_usage: 16 },
  outputs: [{ address: 8, bytes: 4 }],
  layers: [
    {
      ...{ type: 'FullyConnected', flags: 0, main_mem_in_address: 0, main_mem_out_address: 8 },
      ...{ in_channels: 1, out_channels: 1, act: 0 },
      tail: { weights: Float32Array.of(2), bias: Float32Array.of(0.5) },
    },
  ],
};

function outcomeOf(golden: unknown, bytes?: Uint8Array): { equal: number; total: number; unequal: string[] } {
  const { rows, equal, total } = validateKpu(golden, bytes);
  const unequal = rows.filter((row) => !row.equal).map(({ id, layer, mode }) => `${id} ${layer} ${mode}`);
  return { equal, total, unequal };
}

describe('layers that ncc 0.1.0-rc5 wrote, and what the formulas give in big integers', () => {
  test('2 KPU layers, 2 inputs, both tie modes: all equal', () => {
    const golden = chainGolden(MODEL, model(), ['ramp', 'square']);
    expect(outcomeOf(golden, model())).toEqual({ equal: 8, total: 8, unequal: [] });
  });

  test('the same as 2 single layers: all equal', () => {
    expect(outcomeOf(singleGolden(model()))).toEqual({ equal: 4, total: 4, unequal: [] });
  });

  test.each([
    [0, ['0 half-away', '1 half-away', '0 half-even', '1 half-even']],
    [1, ['1 half-away', '1 half-even']],
  ])('a wrong weight of layer %i is told as unequal layers, those behind it too', (index, unequal) => {
    const golden = chainGolden(MODEL, model(), ['ramp']);
    const bytes = model();
    const layer = readKmodel(bytes).layers[index] as { tail: ConvSections };
    bytes[Buffer.from(bytes).indexOf(layer.tail.weights)] ^= 0x80;
    expect(outcomeOf(golden, bytes).unequal).toEqual(unequal.map((which) => `ramp ${which}`));
  });

  test.each([
    ['a sum', { sum: 1 }],
    ['a checksum', { crc32: '00000000' }],
    ['a sum before batch norm', { accMax: 0 }],
    ['a byte', { full: '00' }],
  ])('%s that differs is told', (_, change) => {
    const golden = chainGolden(MODEL, model(), ['ramp']);
    const [first] = golden.runs;
    Object.assign(first.layers[0], change);
    expect(outcomeOf(golden, model()).unequal).toEqual(['ramp 0 half-away']);
  });

  test('a float network of two numbers: 2 x 3 + 0.5 is told from 6.6', () => {
    const bytes = writeKmodel(ONE_DENSE);
    const golden = (output: number) => ({
      ...{ model: 'dense.kmodel', layers: [{}] },
      runs: [{ input: [3], fused: { output: [output] } }],
    });
    expect(outcomeOf(golden(6.5), bytes)).toMatchObject({ equal: 1, total: 1 });
    expect(outcomeOf(golden(6.6), bytes)).toMatchObject({ equal: 0, total: 1 });
  });
});

function validateExtra(name: string): ReturnType<typeof outcomeOf> {
  const golden = JSON.parse(readFileSync(extraModel(`kmodel/golden/${name}.json`), 'utf8'));
  const file = extraModel(`kmodel/${name}.kmodel`);
  return outcomeOf(golden, existsSync(file) ? new Uint8Array(readFileSync(file)) : undefined);
}

describeExtra("outputs that the vendor's code computed", () => {
  test.each([
    ['kpu-layers', '65 single layers, both tie modes', 130],
    ['mnist', '3 KPU layers, 3 inputs, both tie modes', 18],
    ['facedetect', '23 KPU layers, 3 inputs, both tie modes', 138],
    ['iris', '5 inputs through two float layers, within 1e-5', 5],
  ])('%s.json: %s, all equal', (name, _, total) => {
    expect(validateExtra(name)).toEqual({ equal: total, total, unequal: [] });
  });

  test('a wrong byte of the model is told as unequal layers', () => {
    const golden = JSON.parse(readFileSync(extraModel('kmodel/golden/mnist.json'), 'utf8'));
    const bytes = new Uint8Array(readFileSync(extraModel('kmodel/mnist.kmodel')));
    bytes[260] += 1;
    const { equal, total } = outcomeOf(golden, bytes);
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
