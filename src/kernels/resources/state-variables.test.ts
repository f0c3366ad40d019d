import { expect, it } from 'vitest';
import { adder } from '../../../test/fixtures/state-models.ts';
import { tfliteFile } from '../../../test/fixtures/tflite-file.ts';
import { tensor, testRefusals, testShapes, testWork } from '../../../test/support/op-tests.ts';
import { readTflite } from '../../files/tflite.ts';
import { createExecutor } from '../execute/executor.ts';
import { readVariable, varHandle } from './state-variables.ts';

const handle = tensor([], 'resource');

testShapes([['ASSIGN_VARIABLE', {}, [handle, tensor([1, 2])], []]]);

testRefusals([
  ['READ_VARIABLE', {}, [handle], 'the outputs are known from the model only'],
  ['VAR_HANDLE', { container: '', name: 'a' }, [], 'the outputs are known from the model only'],
]);

testWork([['ASSIGN_VARIABLE', {}, [handle, tensor([3, 2])], { elements: 0, loadBytes: 24, storeBytes: 0 }]]);

it('takes the outputs as the model declares them', () => {
  const declared = [tensor([4, 2], 'int8')];
  expect(readVariable.infer({}, [handle], declared)).toEqual(declared);
  expect(varHandle.infer({ container: '', name: 'a' }, [], [handle])).toEqual([handle]);
});

const executorOf = (isInitialized: boolean) =>
  createExecutor(readTflite(tfliteFile(adder(isInitialized)), 'adder'));
const run = (executor: ReturnType<typeof executorOf>, values: readonly number[]) => [
  ...executor.run([values])[0]!,
];

it('a variable is zero before it is assigned, is kept from run to run, and begins anew after a reset', () => {
  const executor = executorOf(false);
  expect([run(executor, [1, 2]), run(executor, [10, 20])]).toEqual([
    [1, 2],
    [11, 22],
  ]);
  executor.reset();
  expect(run(executor, [3, 4])).toEqual([3, 4]);
});

it('a subgraph gives it its first value at the first run, and again after a reset', () => {
  const executor = executorOf(true);
  expect([run(executor, [1, 2]), run(executor, [10, 20])]).toEqual([
    [6, 52],
    [16, 72],
  ]);
  executor.reset();
  expect(run(executor, [1, 2])).toEqual([6, 52]);
});

it('two networks do not share their variables', () => {
  const [one, other] = [executorOf(false), executorOf(false)];
  run(one, [7, 7]);
  expect(run(other, [1, 1])).toEqual([1, 1]);
});
