import { expect, test } from 'vitest';
import { graphWork } from '../kernels/execute/graph-work.ts';
import { answerExperiment, modelOf } from './answer.ts';
import { EXAMPLE_NETWORKS } from './example-networks.ts';
import { FIRST_EXPERIMENT, parseExperiment } from './parse-experiment.ts';
import type { Graph } from '../models/graph/graph.ts';

test.each(EXAMPLE_NETWORKS)(
  '$title is an experiment that links can carry, with a time on some board',
  ({ model }) => {
    const experiment = parseExperiment({ ...FIRST_EXPERIMENT, model });
    const times = answerExperiment(experiment).boards.map(
      ({ prediction }) => prediction?.latencyMs.value ?? 0,
    );
    expect(Math.max(...times)).toBeGreaterThan(0);
  },
);

// MLPerf Tiny's reference models; its paper rounds keyword spotting to 22 k and image classification to 78 k parameters.
test.each([
  ['Keyword spotting', 22, 24],
  ['CIFAR-10', 77, 79],
] as const)('%s has from %i to %i thousand parameters, as published', (title, low, high) => {
  const { model } = EXAMPLE_NETWORKS.find((one) => one.title === title)!;
  const { totals } = graphWork(modelOf({ ...FIRST_EXPERIMENT, model }) as Graph);
  expect(totals.parameters / 1000).toBeGreaterThan(low);
  expect(totals.parameters / 1000).toBeLessThan(high);
});
