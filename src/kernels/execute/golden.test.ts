import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeExtra, extraModel, extraNames } from '../../../test/support/extra-models.ts';
import { goldenFile, goldenNames } from '../../../test/support/goldens.ts';
import { graphFromBytes } from '../../files/load-model.ts';
import { checkGolden, type Golden } from './check-golden.ts';

// Output elements are of order 10 there (README of the golden files).
const toleranceOf = (file: string) => (file.startsWith('autoencoder') ? 1e-4 : 1e-5);
const isGolden = (file: string) => file !== 'arena.json';

/** Every sample is equal, and every layer of it; integers in each byte. */
function expectEqual(goldenPath: URL, modelOf: (name: string) => URL): void {
  const golden = JSON.parse(readFileSync(goldenPath, 'utf8')) as Golden & { readonly model: string };
  const graph = graphFromBytes(readFileSync(modelOf(golden.model)), golden.model);
  const check = checkGolden(graph, golden, toleranceOf(golden.model));
  const wrong = check.samples.flatMap(({ id, layers }) =>
    layers.filter(({ equal }) => !equal).map(({ node, relativeError }) => ({ id, node, relativeError })),
  );
  expect(wrong).toEqual([]);
  expect(check.samples.map(({ id, equal }) => ({ id, equal }))).toEqual(
    golden.samples.map(({ id }) => ({ id, equal: true })),
  );
  if (golden.model.includes('int8')) expect(check.maxAbsError).toBe(0);
}

describe('outputs equal those of the reference interpreter', () => {
  test.each(goldenNames('paper', '.json').filter(isGolden))('%s: every sample and layer', (file) => {
    expectEqual(goldenFile(`paper/${file}`), (model) => goldenFile(`paper/${model}`));
  });
});

describeExtra('outputs equal those of the reference interpreter', () => {
  test.each(extraNames('golden/', '.json').filter(isGolden))('%s: every sample and layer', (file) => {
    const folder = file.startsWith('paper') ? 'paper/' : '';
    expectEqual(extraModel(`golden/${file}`), (model) => extraModel(`${folder}${model}`));
  });
});
