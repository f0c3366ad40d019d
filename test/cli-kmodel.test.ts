import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { crc32 } from '../src/models/formats/crc32.ts';
import { writeKfpkg } from '../src/models/formats/kfpkg/kfpkg.ts';
import { describeExtra, extraModel } from './support/extra-models.ts';
import { goldenBytes } from './support/goldens.ts';
import { chainGolden, singleGolden } from './support/kpu-golden.ts';
import { runCommand, runJson } from './support/run-command.ts';
import { schemaErrors } from './support/schemas.ts';

const folder = mkdtempSync(join(tmpdir(), 'inferscope-'));
const at = (name: string): string => join(folder, name);
const extra = (path: string): string => fileURLToPath(extraModel(`kmodel/${path}`));

function fileWith(name: string, content: string | Uint8Array): string {
  writeFileSync(at(name), content);
  return at(name);
}

const convert = (model: string, to: string, out: string, ...rest: string[]) =>
  runJson('convert', model, '--to', to, '--out', at(out), ...rest);

beforeAll(async () => {
  await convert('paper:5', 'kmodel', '5.kmodel');
  await convert('paper:6', 'kmodel', '6.kmodel');
  await convert('paper:6', 'kfpkg', '6.kfpkg');
  fileWith(
    'image.bin',
    Uint8Array.from({ length: 196 }, (_, i) => i),
  );
});

/** docs/hardware/k210.md#its-kmodels: file, main memory, output, addresses in the order of the layers, bodies. */
const TABLE = [
  {
    ...{ filters: 5, bytes: 11192, mainMemoryBytes: 8824, outputAddress: 8784 },
    plan: [
      ['K210Conv', { line: 32754 }, { line: 0, main: 0 }],
      ['Dequantize', { main: 0 }, { main: 984 }],
      ['TensorflowFlatten', { main: 984 }, { main: 4904 }],
      ['Quantize', { main: 4904 }, { main: 3920 }],
      ['K210AddPadding', { main: 3920 }, { line: 31788 }],
      ['K210Conv', { line: 31788 }, { line: 0, main: 8664 }],
      ['K210RemovePadding', { main: 8664 }, { main: 8648 }],
      ['Dequantize', { main: 8648 }, { main: 8784 }],
    ],
    bodyBytes: [556, 24, 24, 24, 16, 10408, 16, 24],
  },
  {
    ...{ filters: 6, bytes: 47808, mainMemoryBytes: 10584, outputAddress: 5840 },
    plan: [
      ['K210Conv', { line: 32754 }, { line: 0, main: 0 }],
      ['Dequantize', { main: 0 }, { main: 1176 }],
      ['TensorflowFlatten', { main: 1176 }, { main: 5880 }],
      ['FullyConnected', { main: 5880 }, { main: 5840 }],
    ],
    bodyBytes: [588, 24, 24, 47104],
  },
];

test.each(TABLE)('convert paper:$filters tells the sizes and the plan of the vendor', async (row) => {
  const document = await convert(`paper:${row.filters}`, 'kmodel', 'out.kmodel');
  expect(schemaErrors('convert', document)).toEqual([]);
  const { written, kmodel } = document as { written: object[]; kmodel: { plan: Planned[] } };
  expect(written).toEqual([{ path: at('out.kmodel'), bytes: row.bytes }]);
  const { mainMemoryBytes, outputAddress, bodyBytes } = row;
  expect(kmodel).toMatchObject({ mainMemoryBytes, outputAddress, bodyBytes });
  expect(kmodel.plan.map(({ op, reads, writes }) => [op, ...reads, writes])).toEqual(row.plan);
});

interface Planned {
  readonly op: string;
  readonly reads: object[];
  readonly writes: object;
}

const DOCUMENTS: [schema: string, line: string][] = [
  ['predict', `predict ${at('5.kmodel')} --board maixduino`],
  ['predict', `predict ${at('6.kfpkg')} --board maixduino --copy-out dma`],
  ['place', `place ${at('5.kmodel')} --board maixduino`],
  ['inspect', `inspect ${at('5.kmodel')} --registers`],
  ['inspect', `inspect ${at('6.kfpkg')}`],
  ['memory', `memory ${at('5.kmodel')} --board maixduino`],
  ['explain', `explain ${at('5.kmodel')} ${at('6.kmodel')} --board maixduino`],
  ['run', `run ${at('5.kmodel')} --input ${at('image.bin')} --board maixduino --tie half-even`],
  ['flash', `flash ${at('6.kfpkg')} --image ${at('flash.bin')} --isp ${at('frames.bin')}`],
];

test.each(DOCUMENTS)('the schema "%s" holds for: inferscope %s --json', async (schema, line) => {
  expect(schemaErrors(schema, await runJson(...line.split(' ')))).toEqual([]);
});

test.each([5, 6])('predict of the kmodel of paper:%i is predict of paper:%i', async (filters) => {
  interface Document {
    readonly predictions: { latencyMs: object; reportedMs: object; memory: object }[];
  }
  const [file, spec] = await Promise.all(
    [at(`${filters}.kmodel`), `paper:${filters}`].map((model) =>
      runJson<Document>('predict', model, '--board', 'maixduino'),
    ),
  );
  const { latencyMs, reportedMs, memory } = spec!.predictions[0]!;
  expect(file!.predictions[0]).toMatchObject({ latencyMs, reportedMs, memory });
});

test('inspect names registers only when asked, and draws the KPU lines', async () => {
  const plain = await runCommand('inspect', at('5.kmodel'));
  expect(plain.out).not.toContain('kernel_load_cfg');
  expect(plain.out).toContain('  31788 to 32');
  const full = await runCommand('inspect', at('5.kmodel'), '--registers', '--svg', at('lines.svg'));
  expect(full.out).toContain('image_addr            image_src_addr=32754 image_dst_addr=0');
  expect(readFileSync(at('lines.svg'), 'utf8')).toMatch(/^<svg [\s\S]*K210AddPadding[\s\S]*<\/svg>\n$/);
});

test('a flash image holds the model at its address, and keeps what else it held', async () => {
  const image = new Uint8Array(16 * 2 ** 20).fill(7);
  fileWith('old.bin', image);
  await runJson('flash', at('6.kfpkg'), '--image', at('old.bin'));
  const flashed = new Uint8Array(readFileSync(at('old.bin')));
  const model = readFileSync(at('6.kmodel'));
  expect(Buffer.from(flashed.subarray(0x300000, 0x300000 + model.length)).equals(model)).toBe(true);
  expect([flashed[0x2fffff], flashed[0x300000 + 0xc000 - 1], flashed[0x300000 + 0xc000]]).toEqual([7, 0, 7]);
});

test('frames of a flasher begin and end with 0xC0 and carry their own checksum', async () => {
  await runJson('flash', at('6.kfpkg'), '--isp', at('serial.bin'));
  const bytes = readFileSync(at('serial.bin'));
  const greeting = [...bytes.subarray(0, 15)];
  expect(greeting).toEqual([0xc0, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xc0]);
  const init = bytes.indexOf(0xd7);
  const rest = new Uint8Array(bytes.subarray(init + 8, init + 16));
  expect(bytes.readUInt32LE(init + 4)).toBe(crc32(rest));
});

describe('run computes the bytes of the device', () => {
  test('a picture, its bytes and its numbers give one answer', async () => {
    const pixels = Uint8Array.from({ length: 196 }, (_, i) => i);
    fileWith('image.pgm', Buffer.concat([Buffer.from('P5\n14 14\n255\n'), pixels]));
    fileWith('image.json', JSON.stringify([...pixels]));
    const answers = await Promise.all(
      ['image.bin', 'image.pgm', 'image.json'].map((name) =>
        runJson<{ outputs: object; top: object[] }>('run', at('6.kmodel'), '--input', at(name)),
      ),
    );
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(answers[0]!.top).toHaveLength(5);
  });

  test('the float Dense of a kmodel gives what its float network gives, within the 8 bits before it', async () => {
    const run = (model: string) =>
      runJson<Outputs>('run', model, '--input', at('image.pgm'), '--like', 'maixpy');
    const [kmodel, network] = await Promise.all([run(at('6.kmodel')), run('paper:6')]);
    const [got, expected] = [kmodel!.outputs[0]!.values, network!.outputs[0]!.values];
    const largest = Math.max(...expected.map(Math.abs));
    const errors = expected.map((value, index) => Math.abs(value - got[index]!) / largest);
    expect(Math.max(...errors)).toBeLessThan(0.03);
  });
});

interface Outputs {
  readonly outputs: { readonly values: number[] }[];
}

/** `validate kpu --gate` finds all of them equal. */
async function expectAllEqual(golden: string, model: string | undefined, total: number): Promise<void> {
  const more = model === undefined ? [] : ['--model', model];
  const document = await runJson('validate', 'kpu', '--golden', golden, ...more, '--gate');
  expect(schemaErrors('validate-kpu', document)).toEqual([]);
  expect(document).toMatchObject({ equal: total, total });
}

/** Single layers, the first output of which is changed by a byte: found, and it ends with 1. */
async function expectFound(golden: { cases: { halfAway: { out: string } }[] }): Promise<void> {
  const [first] = golden.cases;
  const changed = first!.halfAway.out.startsWith('00') ? '01' : '00';
  first!.halfAway.out = changed + first!.halfAway.out.slice(2);
  const path = fileWith('changed.json', JSON.stringify({ ...golden, cases: [first] }));
  const { code, err } = await runCommand('validate', 'kpu', '--golden', path, '--gate');
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringContaining('1 of 2 outputs differ') as string,
  });
}

describe('validate kpu: outputs by the formulas in big integers', () => {
  const bytes = () => goldenBytes('rc5/avgpool2s1.kmodel');

  test('single layers, and the layers of a file that ncc wrote: all equal', async () => {
    const single = fileWith('single.json', JSON.stringify(singleGolden(bytes())));
    await expectAllEqual(single, undefined, 4);
    const model = fileWith('avgpool2s1.kmodel', bytes());
    const chain = fileWith('chain.json', JSON.stringify(chainGolden('avgpool2s1.kmodel', bytes(), ['ramp'])));
    await expectAllEqual(chain, model, 4);
  });

  test('a changed byte is found, and ends with 1', () => expectFound(singleGolden(bytes()) as never));
});

describeExtra("the vendor's bytes", () => {
  test.each([
    ['kpu-layers', undefined, 130],
    ['mnist', 'mnist.kmodel', 18],
    ['iris', 'iris.kmodel', 5],
  ])('validate kpu --golden %s --gate: all equal', (name, model, total) =>
    expectAllEqual(extra(`golden/${name}.json`), model && extra(model), total),
  );

  test('a changed byte is found, and ends with 1', () =>
    expectFound(JSON.parse(readFileSync(extra('golden/kpu-layers.json'), 'utf8'))));

  test("iris.kmodel gives what the vendor's code gives", async () => {
    interface Golden {
      readonly runs: { input: number[]; fused: { output: number[] } }[];
    }
    const golden = JSON.parse(readFileSync(extra('golden/iris.json'), 'utf8')) as Golden;
    const { input, fused } = golden.runs[0]!;
    const values = fileWith('iris.json', JSON.stringify(input));
    const { outputs } = await runJson<Outputs>(
      'run',
      ...[extra('iris.kmodel'), '--input', values, '--set', 'maixpy.kernels=sdk'],
    );
    fused.output.forEach((value, index) => expect(outputs[0]!.values[index]).toBeCloseTo(value, 4));
  });
});

describe('a mistake is one line on stderr, exit code 2, and nothing is written', () => {
  const kmodel = () => new Uint8Array(readFileSync(at('6.kmodel')));
  const packed = (address: number, bytes: Uint8Array) =>
    writeKfpkg([{ address, bin: 'm.kmodel', sha256Prefix: false, bytes }]);

  beforeAll(() => {
    fileWith('cut.kmodel', kmodel().subarray(0, 2000));
    fileWith(
      'secret.smodel',
      kmodel().map((byte) => byte ^ 0x5a),
    );
    fileWith('far.kfpkg', packed(0xffe000, kmodel()));
    fileWith('odd.kfpkg', packed(0x300001, kmodel()));
    fileWith('five.kmodel', Uint8Array.from([0x4c, 0x44, 0x4d, 0x4b, 5, 0, 0, 0, 0, 0]));
    fileWith('firmware.kfpkg', packed(0, Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9, 9)));
    fileWith('short.bin', new Uint8Array(5));
    const one = { bin: 'a.bin', bytes: Uint8Array.of(1), sha256Prefix: false };
    fileWith('many.kfpkg', writeKfpkg([...Array(1000).keys()].map((at) => ({ ...one, address: 4096 * at }))));
    fileWith('empty.json', '{}');
    mkdirSync(at('no-pictures'), { recursive: true });
  });

  test.each([
    ['predict $/cut.kmodel --board maixduino', /cut\.kmodel: layer 3 \(FullyConnected\): .*truncated/],
    ['inspect $/secret.smodel', /secret\.smodel: is encrypted and only the device with its key/],
    ['predict $/five.kmodel --board maixduino', /version 5 \(nncase 1\.x\)/],
    ['inspect $/firmware.kfpkg', /firmware\.kfpkg: holds no kmodel, only m\.kmodel|is no kmodel/],
    ['inspect $/many.kfpkg', /only (a\.bin, ){8}992 more; pass a package/],
    ['predict $/6.kmodel --board openmv-h7-plus', /6\.kmodel: is a kmodel, which runs only beside a KPU/],
    ['predict $/6.kmodel --board maixduino --float-fc', /--float-fc is an option of the converter/],
    ['inspect paper:8 --registers', /--registers goes with a kmodel/],
    ['convert $/6.kmodel --to kmodel --out $/new', /6\.kmodel: is a kmodel, converted already/],
    ['convert paper:8,dtype=int8 --to kmodel --out $/new', /converts float32 models only/],
    [
      'convert paper:8,k=5 --to kmodel --out $/new',
      /op 0 \(CONV_2D\) .* with "Layer Conv2d is not supported"; the KPU has only/,
    ],
    ['convert paper:8 --to kfpkg --out $/new --address 0xfff000', /pass the end of the flash at 0x1000000/],
    ['convert paper:8 --to kfpkg --out $/new --address here', /--address here: is no address/],
    ['convert paper:8 --to kmodel --out $/new --dataset $/none', /--dataset .*none: no such folder/],
    ['convert paper:8 --to kmodel --out $/new --dataset $/no-pictures', /holds no images/],
    ['convert paper:8 --to kmodel --out $/none/new', /its folder does not exist/],
    ['convert paper:8 --to onnx --out $/new', /to/],
    [
      'flash $/far.kfpkg --image $/new',
      /far\.kfpkg: m\.kmodel: 49152 bytes at 0xffe000 pass the end of the flash/,
    ],
    ['flash $/odd.kfpkg --image $/new', /address 0x300001 is inside a sector/],
    ['flash $/6.kfpkg --image $/short.bin', /short\.bin: is no flash image: it has 5 bytes/],
    ['flash $/6.kfpkg', /flash needs --image FILE or --isp FILE/],
    ['flash $/6.kmodel --image $/new', /6\.kmodel: is no readable kfpkg/],
    ['run $/6.kmodel --input $/short.bin', /needs 196 bytes, the file has 5/],
    ['run $/6.kmodel --input $/image.bin --dump-tensors $/new', /--dump-tensors takes \.tflite models/],
    ['run paper:8 --input $/image.bin --tie half-even', /--tie is about the KPU's rounding/],
    ['validate kpu', /validate kpu needs --golden FILE/],
    ['validate kpu --golden $/empty.json', /empty\.json: golden file: expected "cases"/],
    ['validate paper --golden x.json', /--golden goes with validate kpu/],
  ])('inferscope %s', async (line, message) => {
    const { code, out, err } = await runCommand(...line.replaceAll('$', folder).split(' '));
    expect(err).toMatch(message);
    expect(err).toMatch(/^inferscope: [^\n]+\n$/);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(readdirSync(folder).filter((name) => name.startsWith('new'))).toEqual([]);
  });
});
