import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { allBoards } from '../../src/boards/all-boards.ts';
import { parseBoard } from '../../src/boards/json/parse-board.ts';
import { maixduino, openmvH7Plus } from '../../src/boards/index.ts';
import { MAIXDUINO } from '../../src/boards/maixduino.ts';
import { drawnInput } from '../../src/cli/run/drawn-inputs.ts';
import { inspectKmodel } from '../../src/cli/inspect/kmodel-inspection.ts';
import { modelFromBytes, modelFromSpec } from '../../src/files/load-model.ts';
import { readOnnx } from '../../src/files/onnx/read-onnx.ts';
import { createExecutor } from '../../src/kernels/execute/executor.ts';
import { isKmodel } from '../../src/models/formats/model.ts';
import { readKfpkg, writeKfpkg } from '../../src/models/formats/kfpkg/kfpkg.ts';
import { readNpy, writeNpy } from '../../src/models/formats/npy.ts';
import { readVcd } from '../../src/instruments/read-vcd.ts';
import { encodeJpeg } from '../../src/pictures/jpeg.ts';
import { encodeBmp } from '../../src/pictures/write-bmp.ts';
import { readPicture } from '../../src/pictures/read-picture.ts';
import { predict } from '../../src/simulate/predict.ts';
import { parseStudy } from '../../src/sweep/study/parse-study.ts';
import { prepareFormulas } from '../../src/script/formulas.ts';
import { onnxFile } from '../support/onnx-file.ts';
import { runCommand } from '../support/run-command.ts';
import { PROGRAM_TARGETS } from './program-targets.ts';
import { DOCUMENT_TARGETS } from './document-targets.ts';
import { mutateBytes } from './mutate.ts';
import { mutateBmp } from './mutate-bmp.ts';
import { mutateFlatbuffer } from './mutate-flatbuffer.ts';
import { mutateJson } from './mutate-json.ts';
import { mutateOnnx } from './mutate-onnx.ts';
import { mutatePng, mutateZip } from './mutate-packed.ts';
import { mutateSpec } from './mutate-spec.ts';
import { mutateNpy, mutateText } from './mutate-text.ts';
import { bytesOf, files, jsonOf, one, parsed, text, type Target } from './target.ts';

function predictBytes(bytes: Uint8Array): void {
  const model = modelFromBytes(bytes, 'x');
  predict(model, isKmodel(model) ? maixduino : openmvH7Plus);
  if (isKmodel(model)) inspectKmodel(model, true);
}

/** As `run --input random:1` does, within 100 MB and a second. */
function runBytes(bytes: Uint8Array): void {
  const model = modelFromBytes(bytes, 'x');
  if (isKmodel(model)) return;
  const executor = createExecutor(model, { limits: { megabytes: 228, seconds: 1 } });
  executor.run(model.inputs.map((index, at) => drawnInput('random:1', model.tensors[index]!, at)));
}

async function kmodels(): Promise<Uint8Array[]> {
  const folder = mkdtempSync(join(tmpdir(), 'inferscope-fuzz-'));
  const made: Uint8Array[] = [];
  for (const [at, spec] of ['paper:2', 'paper:6'].entries()) {
    const path = join(folder, `${at}.kmodel`);
    const { err, code } = await runCommand('convert', spec, '--to', 'kmodel', '--out', path);
    if (code !== 0) throw new Error(err);
    made.push(readFileSync(path));
  }
  return made;
}

const SPEC = {
  input: [16, 16, 3],
  layers: ['conv 4 3x3 relu', 'depthwise 3x3', 'maxpool 2x2', 'flatten', 'dense 10', 'softmax'],
};
const STUDY = {
  model: 'paper:{filters}',
  axes: { filters: '1:8', board: ['maixduino', 'openmv-h7-plus'], clock: ['1x', '0.5x'] },
  constraints: ['latencyMs < 5'],
};
const VCD = `$timescale 1ns $end
$scope module top $end
$var wire 1 ! led $end
$var wire 8 " bus [7:0] $end
$upscope $end
$enddefinitions $end
#0
0!
b0 "
#100
1!
b10xz "
#250
0!
`;
const FORMULA_BOARD = {
  ...MAIXDUINO,
  summary: 'a board that is taken apart',
};
const pictures: Pick<Target, 'mutate' | 'run'> = {
  mutate: one(mutateBytes),
  run: (bytes) => {
    const { channels, width, height } = readPicture(bytes, 'x');
    return `${channels === 1 ? 'grey' : 'colours'}, ${width > height ? 'wide' : 'high'}`;
  },
};
const pixels = Uint8Array.from({ length: 24 * 16 * 3 }, (_, at) => (at * 37) & 255);

/** As an exporter writes a small network: channels first. */
const ONNX = onnxFile({
  input: [1, 1, 8, 8],
  nodes: [
    {
      ...{ op: 'Conv', inputs: ['x', 'w', 'b'], output: 'c' },
      attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1] },
    },
    { op: 'Relu', inputs: ['c'], output: 'r' },
    { op: 'MaxPool', inputs: ['r'], output: 'p', attributes: { kernel_shape: [2, 2], strides: [2, 2] } },
    { op: 'Reshape', inputs: ['p', 'shape'], output: 'f' },
    { op: 'Gemm', inputs: ['f', 'fw', 'fb'], output: 'g', attributes: { transB: 1 } },
    { op: 'Softmax', inputs: ['g'], output: 's', attributes: { axis: 1 } },
  ],
  constants: [
    { name: 'w', dims: [2, 1, 3, 3], values: pixels.slice(0, 18) },
    { name: 'b', dims: [2], values: [0, 1] },
    { name: 'shape', dims: [2], values: [1, 32], dataType: 7 },
    { name: 'fw', dims: [3, 32], values: pixels.slice(0, 96) },
    { name: 'fb', dims: [3], values: [0, 1, 2] },
  ],
});

export const TARGETS: Readonly<Record<string, Target>> = {
  tflite: {
    seeds: () => [...files('test/golden/ops', '.tflite', 9), ...files('test/fixtures', '.tflite')],
    mutate: one(mutateFlatbuffer),
    run: predictBytes,
  },
  run: {
    seeds: () => [...files('test/golden/ops', '.tflite', 5), ...files('test/fixtures', '.tflite')],
    mutate: one(mutateFlatbuffer),
    run: runBytes,
  },
  kmodel: { seeds: kmodels, mutate: one(mutateBytes), run: predictBytes },
  kfpkg: {
    seeds: () => [
      writeKfpkg([
        { address: 0, bin: 'fw.bin', sha256Prefix: true, bytes: bytesOf('firmware') },
        { address: 0x300000, bin: 'm.kmodel', sha256Prefix: false, bytes: pixels },
      ]),
    ],
    mutate: one(mutateZip),
    run: (bytes) => readKfpkg(bytes, 'x'),
  },
  onnx: {
    seeds: () => [ONNX],
    mutate: one(mutateOnnx),
    run: (bytes) => predict(readOnnx(bytes, 'x'), openmvH7Plus),
  },
  npy: {
    seeds: () => [writeNpy({ dtype: 'float32', shape: [2, 3], bytes: new Uint8Array(24) })],
    mutate: one(mutateNpy),
    run: (bytes) => readNpy(bytes, 'x'),
  },
  png: {
    ...pictures,
    mutate: one(mutatePng),
    seeds: () =>
      [1, 2, 3, 4].map((channels) =>
        encode({ width: 8, height: 8, channels, depth: 8, data: pixels.subarray(0, 64 * channels) }),
      ),
  },
  jpeg: {
    ...pictures,
    seeds: () => [encodeJpeg({ width: 24, height: 16, channels: 3, pixels }, 80)],
  },
  bmp: {
    ...pictures,
    mutate: one(mutateBmp),
    seeds: () => [
      encodeBmp({ width: 8, height: 6, pixels: pixels.slice(0, 48) }),
      encodeBmp({ width: 5, height: 3, pixels: Uint16Array.from(pixels.subarray(0, 15)) }),
    ],
  },
  netpbm: {
    ...pictures,
    mutate: one(mutateText),
    seeds: () => ['P2 2 2 15 1 2 3 4', 'P6\n1 1\n255\nabc', 'P5 2 2 65535 abcdefgh'].map(bytesOf),
  },
  board: {
    seeds: async () => {
      await prepareFormulas([{ units: [{ costs: [{ cost: { lua: '' } }] }] }]);
      return [FORMULA_BOARD, ...allBoards().slice(0, 4)].map(jsonOf);
    },
    mutate: one(mutateJson),
    run: (bytes) => predict(modelFromSpec('paper:4')!, parseBoard(parsed(bytes), 'x')),
  },
  spec: {
    seeds: () => [jsonOf(SPEC), jsonOf({ ...SPEC, dtype: 'int8', layers: SPEC.layers.join(' | ') })],
    mutate: one(mutateSpec),
    run: (bytes) => {
      const model = modelFromSpec(text(bytes));
      if (model) predict(model, openmvH7Plus);
    },
  },
  study: {
    seeds: () => [STUDY, { ...STUDY, sampling: { random: 5, seed: 1 } }].map(jsonOf),
    mutate: one(mutateJson),
    run: (bytes) => parseStudy(text(bytes), 'x', allBoards()),
  },
  vcd: { seeds: () => [bytesOf(VCD)], mutate: one(mutateText), run: (bytes) => readVcd(text(bytes), 'x') },
  ...PROGRAM_TARGETS,
  ...DOCUMENT_TARGETS,
};
