import { expect, it } from 'vitest';
import { adder, branching, counted, looping } from '../../../test/fixtures/state-models.ts';
import { tfliteFile, type FileModel } from '../../../test/fixtures/tflite-file.ts';
import { openmvH7Plus } from '../../boards/openmv-h7-plus.ts';
import { readTflite } from '../../files/tflite.ts';
import { predict } from '../../simulate/predict.ts';
import { deployTflm } from './index.ts';
import { stepsOf } from './arena-steps.ts';
import { tensorLifetimes, variableBytes } from './lifetimes.ts';
import { planTflmTimeline } from './tflm-timeline.ts';

const graphOf = (model: FileModel) => readTflite(tfliteFile(model), 'm');
const OPTIONS = { kernels: 'tflm-reference' };
const deployed = (model: FileModel) => deployTflm(graphOf(model), openmvH7Plus, OPTIONS);
const operators = (model: FileModel) =>
  deployed(model)
    .steps.filter(({ node }) => node !== null)
    .map(({ node, op }) => [node, op]);

it('a subgraph is run where it is called, under the index of the operator that calls it', () => {
  expect(operators(adder())).toEqual([
    [0, 'CALL_ONCE'],
    [0, 'VAR_HANDLE'],
    [0, 'ASSIGN_VARIABLE'],
    [1, 'VAR_HANDLE'],
    [2, 'READ_VARIABLE'],
    [3, 'ADD'],
    [4, 'ASSIGN_VARIABLE'],
  ]);
});

it('of two branches the longer one counts, and the prediction says so', () => {
  const [shorter, longer] = branching.others!;
  const twice = { ...longer!, tensors: [...longer!.tensors, longer!.tensors[0]!] };
  const model = {
    ...branching,
    others: [shorter!, { ...twice, ops: [...longer!.ops, { ...longer!.ops[0]!, outputs: [2] }] }],
  };
  expect(operators(model)).toEqual([
    [0, 'IF'],
    [0, 'MUL'],
    [0, 'MUL'],
  ]);
  const { warnings } = predict(graphOf(model), openmvH7Plus, OPTIONS);
  expect(warnings).toContain(
    'op 0: which branch runs depends on the data; predicted with the longer one, subgraph 2',
  );
});

it('a loop whose rounds depend on the data has steps and memory but no latency', () => {
  expect(operators(looping)).toEqual([
    [0, 'WHILE'],
    [0, 'ADD'],
  ]);
  expect(() => predict(graphOf(looping), openmvH7Plus, OPTIONS)).toThrow(
    /op 0 \(WHILE\).* how often its body runs depends on the data; unroll the loop/,
  );
});

it('a loop of known rounds has them all, and the prediction says how many', () => {
  expect(operators(counted).map(([, op]) => op)).toEqual(['WHILE', 'ADD', 'ADD']);
  expect(predict(graphOf(counted), openmvH7Plus, OPTIONS).warnings).toContain(
    'op 0: 2 rounds, as it took on inputs of zeros, of ones and on drawn ones',
  );
});

it('an operator without a kernel is named in a subgraph too', () => {
  const gelu = { ...branching.others![0]!, ops: [{ code: 150, inputs: [0], outputs: [1] }] };
  expect(() => deployed({ ...branching, others: [gelu, branching.others![1]!] })).toThrow(
    /op 0 \(GELU\) on unit "core": in m subgraph 1: /,
  );
});

// Steps: 0 the IF, 1 before the first branch, 2 its ADD, 3 before the second, 4 its MUL. The network's tensors live as long
// as the IF; those of the branches are planned after them, and not at once.
it('tensors of subgraphs live while their subgraph runs, those of the network meanwhile', () => {
  const graph = graphOf(branching);
  expect(stepsOf(graph).names).toEqual(['IF', 'subgraph 1', 'ADD', 'subgraph 2', 'MUL']);
  expect(tensorLifetimes(graph).map(({ firstStep, lastStep }) => [firstStep, lastStep])).toEqual([
    [-1, 4],
    [-1, 4],
    [0, 4],
    [1, 2],
    [2, 2],
    [3, 4],
    [4, 4],
  ]);
  // Flag, input and output of 16 bytes each, aligned, and of one branch input and output.
  const { arenaBytes, blocks } = planTflmTimeline(graph, 'tflm-reference', 'ram');
  expect(arenaBytes).toBe(5 * 16);
  expect(blocks.filter(({ firstStep }) => firstStep === 4).map(({ name }) => name)).toEqual(['t0']);
});

it('subgraphs that no operator runs have their tensors in the arena, beside each other, and kernels', () => {
  const [unused] = branching.others!;
  const large = { shape: [1, 3000] };
  const idle = { ...unused!, tensors: [large, { ...large }] };
  const { arenaBytes } = planTflmTimeline(
    graphOf({ ...adder(false), others: [idle] }),
    'tflm-reference',
    'ram',
  );
  expect(arenaBytes).toBe(2 * 3000 * 4);
  const gelu = { ...unused!, ops: [{ code: 150, inputs: [0], outputs: [1] }] };
  expect(() => deployed({ ...adder(false), others: [gelu] })).toThrow(/op 0 \(GELU\).*in m subgraph 1: /);
});

it('handles of state variables lie nowhere, the variables beside the planned part', () => {
  const graph = graphOf(adder());
  expect(tensorLifetimes(graph).map(({ tensor }) => tensor)).toEqual([1, 2, 3]);
  expect(variableBytes(graph)).toBe(8);
});
