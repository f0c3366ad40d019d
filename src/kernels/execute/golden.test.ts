import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { graphFromBytes } from '../../files/load-model.ts';
import { checkGolden } from './check-golden.ts';

const MODELS = new URL('../../../../shared/models/', import.meta.url);
const GOLDEN = new URL('golden/', MODELS);
const isPresent = existsSync(GOLDEN);
const files = isPresent
  ? readdirSync(GOLDEN).filter((file) => file.endsWith('.json') && file !== 'arena.json')
  : [];

// Output elements are of order 10 there (README of the golden files).
const toleranceOf = (file: string) => (file.startsWith('autoencoder') ? 1e-4 : 1e-5);

function loadModel(file: string) {
  const path = new URL(file.startsWith('paper') ? `paper/${file}` : file, MODELS);
  return graphFromBytes(readFileSync(path), file);
}

describe.skipIf(!isPresent)(
  'outputs equal those of the reference interpreter' +
    (isPresent ? '' : ' (skipped: ../shared/models is absent)'),
  () => {
    test.each(files)('%s: every sample, and every layer of it', (file) => {
      const golden = JSON.parse(readFileSync(new URL(file, GOLDEN), 'utf8'));
      const check = checkGolden(loadModel(golden.model), golden, toleranceOf(file));
      const wrong = check.samples.flatMap(({ id, layers }) =>
        layers.filter(({ equal }) => !equal).map(({ node, relativeError }) => ({ id, node, relativeError })),
      );
      expect(wrong).toEqual([]);
      expect(check.samples.map(({ id, equal }) => ({ id, equal }))).toEqual(
        golden.samples.map(({ id }: { id: string }) => ({ id, equal: true })),
      );
      if (file.includes('int8')) expect(check.maxAbsError).toBe(0);
    });
  },
);
