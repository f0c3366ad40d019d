import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { describeExtra, extraModel } from '../../../test/support/extra-models.ts';
import { goldenBytes, goldenJson } from '../../../test/support/goldens.ts';
import { oneOp } from '../../../test/support/one-op.ts';
import { readOpGoldens } from '../../../test/support/op-goldens.ts';
import { boardById } from '../../boards/index.ts';
import { buildGraph } from '../../models/specs/builder.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { readTflite } from '../../files/tflite.ts';
import { opFor } from '../../kernels/index.ts';
import { planArena } from './greedy-planner.ts';
import { deployTflm } from './index.ts';
import { tensorLifetimes } from './lifetimes.ts';
import { planTflmTimeline } from './tflm-timeline.ts';

const openmv = boardById('openmv-h7-plus');

interface ArenaGolden {
  readonly plannedArenaBytes: Readonly<Record<string, number>>;
}

const arenaOf = (bytes: Uint8Array, name: string): number =>
  planArena(tensorLifetimes(readTflite(bytes, name))).arenaBytes;

it('net.classify is its call, resolver, allocation, image, the operators in order, and the list', () => {
  expect(deployTflm(paperCnn({ filters: 8 }), openmv).steps.map(({ op }) => op)).toEqual([
    ...['micropython-call', 'resolver', 'allocate', 'image-conversion'],
    ...['CONV_2D', 'RESHAPE', 'FULLY_CONNECTED'],
    'output-list',
  ]);
});

it('an operator that the firmware does not register is refused with its name, index and unit', () => {
  const graph = buildGraph({
    input: [8, 8, 1],
    layers: ['conv 4 3x3 same', 'leakyrelu', 'flatten', 'dense 2'],
  });
  expect(() => deployTflm(graph, openmv)).toThrow(/op 1 \(LEAKY_RELU\) on unit "core"/);
  expect(() => deployTflm(graph, openmv, { kernels: 'tflm-reference' })).not.toThrow();
});

it('int8 weights with float32 activations are refused as TensorFlow Lite Micro refuses them', () => {
  const graph = paperCnn({ filters: 2 });
  const weights = graph.nodes[0].inputs[1];
  const tensors = graph.tensors.map((tensor, index) =>
    index === weights ? { ...tensor, dtype: 'int8' as const } : tensor,
  );
  expect(() => deployTflm({ ...graph, tensors }, openmv)).toThrow(/op 0 \(CONV_2D\).*hybrid model/);
});

it('a model file beyond the heap is loaded into the frame buffer, and says so', () => {
  const { warnings, steps } = deployTflm(paperCnn({ filters: 40 }), openmv);
  expect(warnings[0]).toMatch(/does not fit the 249856 bytes of sram1; .*load_to_fb=True/);
  expect(steps[4].memories.weights).toBe('sdram');
});

it('a type that the firmware has no kernel for yet is refused, float32 beside it is not', () => {
  const shape = [1, 4];
  const quantization = { scales: [0.5], zeroPoints: [0], axis: 0 };
  const absolute = (dtype: 'int8' | 'float32') =>
    oneOp('ABS', {}, [{ shape, dtype, quantization }], { shape, dtype, quantization });
  expect(() => deployTflm(absolute('float32'), openmv)).not.toThrow();
  expect(() => deployTflm(absolute('int8'), openmv)).toThrow(
    'op 0 (ABS) on unit "core": openmv-libtf-2020-11 has no int8 kernel for it, so the model does not load',
  );
});

describe('arena plans against TensorFlow Lite Micro', () => {
  const paper = Object.entries(goldenJson<ArenaGolden>('paper/arena.json').plannedArenaBytes);

  test.each(paper)('%s plans %i bytes', (file, arenaBytes) => {
    expect(arenaOf(goldenBytes(`paper/${file}`), file)).toBe(arenaBytes);
  });

  const files = Object.entries(readOpGoldens()).filter(([, { tflm }]) => tflm === 'runs');

  test('each small file of the operator goldens plans the bytes of its recording allocator', () => {
    const plans = files.flatMap(([name, { headBytes }]) => {
      try {
        const graph = readTflite(goldenBytes(`ops/${name}`), name);
        if (graph.nodes.some(({ op }) => opFor(op) === undefined)) return [];
        const { arenaBytes } = planTflmTimeline(graph, 'tflm-reference', 'ram');
        return [{ name, arenaBytes, headBytes }];
      } catch {
        return []; // Files that are refused have their own test.
      }
    });
    expect(plans.filter(({ arenaBytes, headBytes }) => arenaBytes !== headBytes)).toEqual([]);
    expect(plans.length).toBeGreaterThanOrEqual(400);
  });
});

describeExtra('arena plans against TensorFlow Lite Micro', () => {
  const bytesOf = (path: string) => readFileSync(extraModel(path));
  const golden = JSON.parse(bytesOf('golden/arena.json').toString()) as ArenaGolden;

  test.each(Object.entries(golden.plannedArenaBytes))('%s plans %i bytes', (file, arenaBytes) => {
    const path = file.startsWith('paper-') ? `paper/${file}` : file;
    expect(arenaOf(new Uint8Array(bytesOf(path)), file)).toBe(arenaBytes);
  });
});
