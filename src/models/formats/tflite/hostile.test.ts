import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { TINY_FLOAT, TINY_INT8 } from '../../../../test/fixtures/tiny-models.ts';
import { tfliteFile, type FileModel, type FileTensor } from '../../../../test/fixtures/tflite-file.ts';
import { InferscopeError } from '../../../errors.ts';
import { graphFromBytes } from '../../../files/load-model.ts';
import { readTflite } from '../../../files/tflite.ts';

const FILES = [tfliteFile(TINY_FLOAT), tfliteFile(TINY_INT8)];
const RUNS = 3000;

/** Reads bytes; undefined for a graph, else the error's message. Anything but a user's error in one line is thrown on. */
function refusal(bytes: Uint8Array): string | undefined {
  try {
    graphFromBytes(bytes, 'x.tflite');
    return undefined;
  } catch (error) {
    if (!(error instanceof InferscopeError) || /[\n\r]/.test(error.message)) throw error;
    if (error.message.length > 600) throw new Error(`too long: ${error.message}`);
    return error.message;
  }
}

const file = fc.constantFrom(...FILES);
// Values that offsets, counts and dimensions break on.
const word = fc.oneof(
  fc.constantFrom(0, 1, 4, 8, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0xfffffffc),
  fc.integer({ min: 0, max: 2000 }),
);

describe('whatever the bytes, a graph or one line', () => {
  it('a file with bytes changed', () => {
    const change = fc.tuple(fc.nat(1343), fc.nat(255));
    fc.assert(
      fc.property(file, fc.array(change, { minLength: 1, maxLength: 8 }), (original, changes) => {
        const bytes = original.slice();
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        refusal(bytes);
      }),
      { numRuns: RUNS, seed: 1 },
    );
  });

  it('a file with words changed to offsets and counts that break things', () => {
    const change = fc.tuple(fc.nat(335), word);
    fc.assert(
      fc.property(file, fc.array(change, { minLength: 1, maxLength: 4 }), (original, changes) => {
        const bytes = original.slice();
        const view = new DataView(bytes.buffer);
        for (const [at, value] of changes) view.setUint32((4 * at) % bytes.length, value, true);
        refusal(bytes);
      }),
      { numRuns: RUNS, seed: 2 },
    );
  });

  it('random bytes behind the identifier', () => {
    const tail = fc.uint8Array({ minLength: 0, maxLength: 400 });
    fc.assert(
      fc.property(fc.nat(40), tail, (root, rest) => {
        const bytes = new Uint8Array([root, 0, 0, 0, 0x54, 0x46, 0x4c, 0x33, ...rest]);
        expect(refusal(bytes)).toContain('x.tflite: ');
      }),
      { numRuns: RUNS, seed: 3 },
    );
  });

  it('random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(refusal(bytes)).toContain('x.tflite: ');
      }),
      { numRuns: RUNS, seed: 4 },
    );
  });

  it('a file cut at any byte is refused', () => {
    for (const bytes of FILES) {
      for (let length = 0; length < bytes.length; length++) {
        const message = refusal(bytes.subarray(0, length));
        if (message === undefined) throw new Error(`${length} of ${bytes.length} bytes were read as a model`);
      }
    }
  });

  it('a cut file says where it ends and what to do', () => {
    expect(refusal(FILES[0].subarray(0, 612))).toMatch(
      /^x\.tflite: truncated: \w+ of \d+ bytes at offset \d+ runs past the end \(612 bytes\), in Model.*download it again$/,
    );
  });
});

/** Bytes that stay on the heap after `use`, and of array buffers. */
function heldBytes(use: () => void): number {
  const before = process.memoryUsage();
  use();
  const after = process.memoryUsage();
  return after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers;
}

describe('a file whose parts point at the same bytes', () => {
  const one: FileModel = {
    tensors: [{ shape: [1] }, { shape: [1] }],
    ops: [{ code: 19, inputs: [0], outputs: [1] }],
    inputs: [0],
    outputs: [1],
  };

  it('many subgraphs that are one', () => {
    expect(refusal(tfliteFile({ ...one, subgraphs: 200_000 }))).toContain('tables overlap');
  });

  it('tensors that share one long shape', () => {
    const shape = new Array<number>(4000).fill(1);
    const bytes = tfliteFile({ ...one, tensors: Array.from({ length: 4000 }, () => ({ shape })) });
    expect(refusal(bytes)).toContain('describes more than 8 times its own bytes');
    expect(heldBytes(() => refusal(bytes))).toBeLessThan(10 * bytes.length);
  });

  it('tensors that are one', () => {
    const bytes = tfliteFile({ ...one, tensors: new Array<FileTensor>(100_000).fill({ shape: [1] }) });
    expect(refusal(bytes)).toMatch(/tables overlap|describes more/);
  });
});

test('a large file is read without copying its constants', () => {
  const data = new Uint8Array(8_000_000);
  const bytes = tfliteFile({
    tensors: [{ shape: [1, 2000] }, { shape: [1000, 2000], data }, { shape: [1, 1000] }],
    ops: [{ code: 9, inputs: [0, 1], outputs: [2] }],
    inputs: [0],
    outputs: [2],
  });
  expect(heldBytes(() => readTflite(bytes, 'big'))).toBeLessThan(1_000_000);
});

test('a million scales are read, or refused, without running out of stack', () => {
  const scales = new Array<number>(1_000_000).fill(0.5);
  const tensors = [{ shape: [1_000_000], scales }, { shape: [1] }];
  const bytes = tfliteFile({
    tensors,
    ops: [{ code: 19, inputs: [0], outputs: [1] }],
    inputs: [0],
    outputs: [1],
  });
  expect(refusal(bytes)).toBeUndefined();
});

test('the reader is on the path of files that the project ships', () => {
  const url = new URL('../../../../test/fixtures/tiny-float.tflite', import.meta.url);
  expect(refusal(new Uint8Array(readFileSync(url)))).toBeUndefined();
});
