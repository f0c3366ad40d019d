import { expect, test } from 'vitest';
import { goldenBytes, goldenJson, goldenNames } from '../../../test/support/goldens.ts';
import { crc32 } from '../../models/formats/crc32.ts';
import { readKmodel } from '../../models/formats/kmodel/read.ts';
import { createKmodelRunner } from './run-kmodel.ts';

interface Output {
  readonly count: number;
  readonly crc32: string;
  readonly first: readonly number[];
}

/** What run_kmodel.py, written in integers of any length after the documents, makes of them. */
const EXPECTED = goldenJson<Record<string, readonly Output[]>>('rc5/outputs.json');
const names = goldenNames('rc5', '.kmodel').map((name) => name.replace('.kmodel', ''));
const runnerOf = (name: string) =>
  createKmodelRunner(readKmodel(goldenBytes(`rc5/${name}.kmodel`), name), { name });

/** The pattern of run_kmodel.py. */
const drawn = (count: number) =>
  Uint8Array.from({ length: count }, (_, i) => (31 * i * i + 17 * i + 5) % 256);

function run(name: string): Float32Array[] {
  const runner = runnerOf(name);
  const { dtype, count } = runner.input;
  const bytes = drawn(count);
  return runner.run(dtype === 'uint8' ? bytes : Float32Array.from(bytes, (byte) => byte / 255));
}

const crcOf = ({ buffer, byteOffset, byteLength }: Float32Array) =>
  crc32(new Uint8Array(buffer, byteOffset, byteLength))
    .toString(16)
    .padStart(8, '0');

test('42 of the 44 files of the converter run; two begin with a float max pool, which the runtime has no handler for', () => {
  const refused = names.filter((name) => !(name in EXPECTED));
  expect([names.length, refused]).toEqual([44, ['25_pool_first', '33_float_concat']]);
  for (const name of refused) expect(() => runnerOf(name)).toThrow('no handler for float max pooling');
});

test.each(Object.keys(EXPECTED))(
  '%s: each output is, bit for bit, what another implementation computes',
  (name) => {
    const outputs = run(name);
    const said = outputs.map((values) => ({ count: values.length, crc32: crcOf(values) }));
    expect(said).toEqual(EXPECTED[name].map(({ count, crc32: crc }) => ({ count, crc32: crc })));
    outputs.forEach((values, at) => {
      EXPECTED[name][at].first.forEach((value, index) => expect(values[index]).toBeCloseTo(value, 6));
    });
  },
);
