import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { planTflmTimeline } from '../src/deploy/tflm/tflm-timeline.ts';
import { requireSomeKernels } from '../src/deploy/tflm/require-kernels.ts';
import { graphFromBytes } from '../src/files/load-model.ts';
import { createExecutor } from '../src/kernels/execute/executor.ts';
import { goldenFile, goldenJson } from './support/goldens.ts';
import { decodeArray, differsFromGolden, type GoldenArray } from './support/op-goldens.ts';

interface StateGolden {
  readonly headBytes: number;
  readonly calls: readonly { inputs: readonly GoldenArray[]; outputs: readonly GoldenArray[] }[];
}

const goldens: Readonly<Record<string, StateGolden>> = goldenJson('states/golden.json');
const FOLDER = goldenFile('states/');
const graphOf = (name: string) => graphFromBytes(readFileSync(new URL(name, FOLDER)), name);

test.each(Object.keys(goldens))('%s gives what TensorFlow Lite Micro gives, call after call', (name) => {
  const { calls } = goldens[name]!;
  expect(calls).toHaveLength(3);
  const executor = createExecutor(graphOf(name));
  const differences = calls.flatMap(({ inputs, outputs }, call) => {
    const got = executor.run(inputs.map(decodeArray));
    return outputs.flatMap((output, at) =>
      differsFromGolden(got[at]!, output) ? [`output ${at} of call ${call}`] : [],
    );
  });
  expect(differences).toEqual([]);
});

test.each(Object.keys(goldens))('%s is loaded, into an arena of the same planned bytes', (name) => {
  const graph = graphOf(name);
  expect(() => requireSomeKernels(graph)).not.toThrow();
  expect(planTflmTimeline(graph, 'tflm-reference', 'ram').arenaBytes).toBe(goldens[name]!.headBytes);
});
