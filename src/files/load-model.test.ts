import { describe, expect, it, test } from 'vitest';
import { TINY_FLOAT } from '../../test/fixtures/tiny-models.ts';
import { tfliteFile } from '../../test/fixtures/tflite-file.ts';
import { goldenBytes } from '../../test/support/goldens.ts';
import { writeKfpkg } from '../models/formats/kfpkg/kfpkg.ts';
import { graphFromBytes, modelFromBytes, modelFromSpec } from './load-model.ts';
import { operatorsOf } from '../models/formats/model.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const SPEC = ' {"name": "small", "input": [4, 4, 1], "layers": ["flatten", "dense 2"]}';

it('a spec is paper:F or JSON; any other text is none, so that it may be a file', () => {
  expect(modelFromSpec('paper:3')!.name).toBe('paper:3');
  expect(modelFromSpec(SPEC)!.name).toBe('small');
  expect(['model.tflite', 'paper', '', 'paper3'].map(modelFromSpec)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

it('a file is what its first bytes say, not what its name says', () => {
  expect(modelFromBytes(encode(SPEC), 'x.bin').format).toBe('builder');
  expect(modelFromBytes(encode(`\uFEFF\n${SPEC}`), 'x.bin').format).toBe('builder');
  expect(modelFromBytes(tfliteFile(TINY_FLOAT), 'x.bin').format).toBe('tflite');
});

it('a .tflite without its identifier is read by what it holds, as TensorFlow Lite Micro does', () => {
  const bytes = tfliteFile(TINY_FLOAT).slice();
  bytes.fill(0x58, 4, 8);
  expect(modelFromBytes(bytes, 'x.bin').format).toBe('tflite');
});

describe('other files are named, with what to do', () => {
  test.each<[string, Uint8Array, string]>([
    ['empty', new Uint8Array(0), 'x: is not a model that inferscope reads: it is empty; download it again'],
    ['zip', encode('PK\x03\x04rest'), 'x: is no readable kfpkg (zip)'],
    ['kmodel v3', new Uint8Array([3, 0, 0, 0, 1, 0, 0, 0]), 'x: header: needs 4 bytes at 8'],
    ['kmodel v4', encode('LDMK\x04\0\0\0'), 'x: header: needs 4 bytes at 12'],
    ['kmodel v5', encode('LDMK\x05\0\0\0'), 'is a kmodel of version 5 (nncase 1.x)'],
    [
      'encrypted',
      new Uint8Array([1, 3, 0, 0, 0, 7, 7, 7]),
      'is encrypted and only the device with its key can open it',
    ],
    ['onnx', new Uint8Array([8, 7, 18, 7, 112, 121]), 'looks like a protobuf file (ONNX or SavedModel)'],
    ['keras', new Uint8Array([0x89, 0x48, 0x44, 0x46]), 'looks like an HDF5 file (Keras .h5)'],
    ['git lfs', encode('version https://git-lfs.github.com/spec/v1'), 'is a Git LFS pointer'],
    ['web page', encode('<!DOCTYPE html>'), 'is a web page, not a model'],
    ['gzip', new Uint8Array([0x1f, 0x8b, 8]), 'is gzip-compressed'],
    ['unknown', new Uint8Array([0xde, 0xad]), 'starts with de ad, which is no known model format'],
  ])('%s', (_, bytes, message) => {
    expect(() => modelFromBytes(bytes, 'x')).toThrow(message);
  });
});

test('a kmodel of the vendor is read, alone or in a kfpkg, and is no network', () => {
  const bytes = goldenBytes('rc5/pools.kmodel');
  const packed = writeKfpkg([{ address: 0x300000, bin: 'pools.kmodel', sha256Prefix: false, bytes }]);
  const layers = ['K210Conv', 'QuantizedMaxPool2d', 'Dequantize', 'TensorflowFlatten'];
  expect(operatorsOf(modelFromBytes(bytes, 'pools.kmodel'))).toEqual(layers);
  expect(operatorsOf(modelFromBytes(packed, 'pools.kfpkg'))).toEqual(layers);
  expect(() => graphFromBytes(bytes, 'pools.kmodel')).toThrow('pools.kmodel: is a kmodel, the outcome of');
});
