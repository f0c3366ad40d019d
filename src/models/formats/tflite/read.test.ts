import { describe, expect, it, test } from 'vitest';
import type { Builder } from 'flatbuffers';
import { readFileSync } from 'node:fs';
import { TINY_FLOAT, TINY_INT8 } from '../../../../test/fixtures/tiny-models.ts';
import { oneOp, read } from '../../../../test/fixtures/one-op-file.ts';
import { tfliteFile, type FileModel, type FileTensor } from '../../../../test/fixtures/tflite-file.ts';
import { writeTable } from './options-table.ts';
import { readTflite } from '../../../files/tflite.ts';
import { BuiltinOperator, BuiltinOptions, TensorType } from './schema/schema.ts';

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../../test/fixtures/${name}`, import.meta.url)));

const readConstant = (tensor: FileTensor) =>
  read(oneOp({ tensors: [{ shape: [1, 4] }, { shape: [1, 4] }, tensor] })).tensors[2];

describe('the fixture files', () => {
  test.each([
    ['tiny-float.tflite', TINY_FLOAT],
    ['tiny-int8.tflite', TINY_INT8],
  ])('%s is what make-fixtures.ts writes today', (name, model) => {
    expect(fixture(name)).toEqual(tfliteFile(model));
  });

  it('float: ops with typed attributes, optional inputs as -1, unknown batch as signature', () => {
    const graph = readTflite(fixture('tiny-float.tflite'), 'f');
    expect(graph.nodes).toEqual([
      {
        op: 'CONV_2D',
        attributes: {
          padding: 'SAME',
          strideH: 2,
          strideW: 1,
          dilationH: 1,
          dilationW: 1,
          activation: 'RELU',
        },
        inputs: [0, 1, 2],
        outputs: [3],
      },
      { op: 'RESHAPE', attributes: {}, inputs: [3, 4], outputs: [5] },
      {
        op: 'FULLY_CONNECTED',
        attributes: { activation: 'NONE', keepNumDims: false },
        inputs: [5, 6, -1],
        outputs: [7],
      },
    ]);
    expect(graph.tensors[0]).toEqual({
      name: 'image',
      shape: [1, 4, 4, 1],
      dtype: 'float32',
      shapeSignature: [-1, 4, 4, 1],
    });
    expect([graph.inputs, graph.outputs, graph.fileBytes]).toEqual([[0], [7], 1264]);
  });

  it('int8: one scale a filter, none where the file has no zero point', () => {
    const { tensors } = readTflite(fixture('tiny-int8.tflite'), 'i');
    expect(tensors.map((tensor) => tensor.quantization)).toEqual([
      { scales: [0.5], zeroPoints: [-128], axis: 0 },
      { scales: [0.25, 0.125], zeroPoints: [0, 0], axis: 0 },
      undefined,
      { scales: [0.75], zeroPoints: [-128], axis: 0 },
      undefined,
      { scales: [0.75], zeroPoints: [-128], axis: 0 },
      { scales: [0.5], zeroPoints: [0], axis: 0 },
      { scales: [1], zeroPoints: [4], axis: 0 },
    ]);
  });

  it('a zero point may be as large as 32 bits hold', () => {
    const tensor = readConstant({
      shape: [1],
      data: new Uint8Array(4),
      scales: [1],
      zeroPoints: [2 ** 31 - 1],
    });
    expect(tensor.quantization!.zeroPoints).toEqual([2147483647]);
  });

  it('constants are views into the file, not copies', () => {
    const bytes = fixture('tiny-int8.tflite');
    const { tensors } = readTflite(bytes, 'i');
    expect(tensors[2].data!.buffer).toBe(bytes.buffer);
    expect([...tensors[2].data!]).toEqual([5, 0, 0, 0, 249, 255, 255, 255]);
  });

  it('reads a file at an odd offset of a larger array', () => {
    const bytes = fixture('tiny-float.tflite');
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(readTflite(shifted.subarray(3), 'f')).toEqual(readTflite(bytes, 'f'));
  });
});

test.each(Object.entries(TensorType))('tensor type %s (%i) is read', (name, type) => {
  const [tensor] = read(
    oneOp({
      tensors: [
        { shape: [2], type },
        { shape: [2], type },
      ],
    }),
  ).tensors;
  expect(tensor.dtype).toBe(name.toLowerCase());
});

it('int4 constants are two to a byte, sparse and string ones of any length', () => {
  expect(readConstant({ shape: [3], type: TensorType.INT4, data: new Uint8Array(2) }).data).toHaveLength(2);
  expect(readConstant({ shape: [100], data: new Uint8Array(8), isSparse: true }).isSparse).toBe(true);
  expect(readConstant({ shape: [1], type: TensorType.STRING, data: new Uint8Array(20) }).isConstant).toBe(
    true,
  );
});

it('per-channel scales along any axis', () => {
  const scales = [1, 2, 4];
  const tensor = readConstant({
    shape: [1, 2, 3],
    type: TensorType.INT8,
    data: new Uint8Array(6),
    scales,
    zeroPoints: [0, 1, 2],
    axis: 2,
  });
  expect(tensor.quantization).toEqual({ scales, zeroPoints: [0, 1, 2], axis: 2 });
});

it('data of a file over 2 GB lie behind the flatbuffer, at offset and size', () => {
  const empty = tfliteFile(
    oneOp({
      tensors: [{ shape: [1, 4] }, { shape: [1, 4] }, { shape: [2], far: { offset: 2, byteCount: 8 } }],
    }),
  );
  const offset = empty.length;
  const head = tfliteFile(
    oneOp({ tensors: [{ shape: [1, 4] }, { shape: [1, 4] }, { shape: [2], far: { offset, byteCount: 8 } }] }),
  );
  const bytes = new Uint8Array([...head, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect([...readTflite(bytes, 'far').tensors[2].data!]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(() => readTflite(head, 'far')).toThrow(
    /^far: tensor 2 \("t2"\): truncated: its data ends at offset/,
  );
});

describe('operators', () => {
  it('understands an old and a new operator code, a custom op, and one without a name', () => {
    const codes = [3, 150, 32, 250];
    const ops = codes.map((code, index) => ({
      code,
      inputs: [index],
      outputs: [index + 1],
      ...(code === 32 && { custom: 'TFLite_Detection\nPostProcess' }),
      ...(code === 3 && {
        options: [
          BuiltinOptions.Conv2DOptions,
          (b: Builder) => writeTable(b, 'Conv2DOptions', { padding: 1, stride_w: 1, stride_h: 1 }),
        ] as const,
      }),
    }));
    const tensors = Array.from({ length: 5 }, () => ({ shape: [1] }));
    expect(read({ tensors, ops, inputs: [0], outputs: [4] }).nodes.map((node) => node.op)).toEqual([
      'CONV_2D',
      'GELU',
      'CUSTOM:TFLite_Detection PostProcess',
      'BUILTIN:250',
    ]);
  });

  it('notes hybrid ops, further subgraphs and ops that call them', () => {
    const hybrid = read({
      tensors: [
        { shape: [1, 4] },
        { shape: [2, 4], type: TensorType.INT8, data: new Uint8Array(8) },
        { shape: [1, 2] },
      ],
      ops: [{ code: BuiltinOperator.FULLY_CONNECTED, inputs: [0, 1], outputs: [2] }],
      inputs: [0],
      outputs: [2],
    });
    expect(hybrid.notes).toEqual([
      'op 0 (FULLY_CONNECTED) is hybrid: float32 activations, int8 weights; TFLite Micro refuses it',
    ]);
    const calling = oneOp({
      subgraphs: 2,
      ops: [{ code: BuiltinOperator.STABLEHLO_WHILE, inputs: [0], outputs: [1] }],
    });
    const once = 'op 0 (STABLEHLO_WHILE) runs another subgraph, which is not read';
    expect(read(calling).notes).toEqual([once, once]);
  });
});

describe('errors say what and where', () => {
  test.each<[string, FileModel]>([
    [
      'm.tflite: op 0 (RELU) names tensor 9, but there are 2; the model is damaged',
      oneOp({ ops: [{ code: 19, inputs: [9], outputs: [1] }] }),
    ],
    [
      'm.tflite: op 0 (RELU) reads tensor 1 before any op has written it',
      oneOp({ ops: [{ code: 19, inputs: [1], outputs: [1] }] }),
    ],
    [
      'm.tflite: op 0 (RELU) writes tensor 0, which already has a value',
      oneOp({ ops: [{ code: 19, inputs: [0], outputs: [0] }] }),
    ],
    ['m.tflite: op 0 (RELU) has no output', oneOp({ ops: [{ code: 19, inputs: [0], outputs: [] }] })],
    ['m.tflite: input of the network names tensor -1', oneOp({ inputs: [-1] })],
    [
      'm.tflite: output of the network: tensor 2 is never written',
      oneOp({ tensors: [{ shape: [1] }, { shape: [1] }, { shape: [1] }], outputs: [2] }),
    ],
    ['m.tflite: holds no network', oneOp({ subgraphs: 0 })],
    ['m.tflite: its network has no operator', oneOp({ ops: [] })],
    ['m.tflite: tensor 0 ("t0"): type 77 is not one', oneOp({ tensors: [{ shape: [1], type: 77 }, {}] })],
    ['m.tflite: tensor 0 ("t0"): dimension -4 is below 0', oneOp({ tensors: [{ shape: [1, -4] }, {}] })],
    ['elements cannot be counted', oneOp({ tensors: [{ shape: [2147483647, 2147483647, 9] }, {}] })],
    ['m.tflite: tensor 0 ("t0"): buffer 99 of 3', oneOp({ tensors: [{ shape: [1], buffer: 99 }, {}] })],
    [
      '4 bytes of data, but float32 [2] takes 8',
      oneOp({ tensors: [{ shape: [2], data: new Uint8Array(4) }, {}] }),
    ],
    [
      'its shape [1,-1] is dynamic, which no microcontroller runs; export the model with fixed shapes',
      oneOp({ tensors: [{ shape: [1, -1] }, {}] }),
    ],
    [
      'op 0 (CONV_2D): strideH is 0, it must be above 0',
      oneOp({ ops: [{ code: 3, inputs: [0], outputs: [1] }] }),
    ],
    [
      'op 0 (CONV_2D): strideH is 0, it must be above 0; convert the model again',
      oneOp({
        ops: [
          {
            code: 3,
            inputs: [0],
            outputs: [1],
            options: [9, (b) => writeTable(b, 'SoftmaxOptions', { beta: 1 })],
          },
        ],
      }),
    ],
    [
      'padding is 7, which the format does not define',
      oneOp({
        ops: [
          {
            code: 3,
            inputs: [0],
            outputs: [1],
            options: [1, (b) => writeTable(b, 'Conv2DOptions', { padding: 7, stride_w: 1, stride_h: 1 })],
          },
        ],
      }),
    ],
    [
      "a custom operator's name has 300 characters",
      oneOp({ ops: [{ code: 32, custom: 'x'.repeat(300), inputs: [0], outputs: [1] }] }),
    ],
  ])('%s', (message, model) => {
    expect(() => read(model)).toThrow(message);
  });
});
