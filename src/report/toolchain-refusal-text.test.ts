import { expect, test } from 'vitest';
import { maixduino } from '../boards/maixduino.ts';
import { openmvH7Plus } from '../boards/openmv-h7-plus.ts';
import { placementDocument, placeOn } from '../cli/placements.ts';
import { paperCnn } from '../models/specs/paper-cnn.ts';
import { predict } from '../simulate/predict.ts';
import { explainPrediction } from './explanation/explain.ts';
import { formatExplanation } from './explanation/explanation-text.ts';
import { formatPrediction } from './prediction-text.ts';

const large = paperCnn({ filters: 2, kernel: 5 });
const refused = { node: 0, op: 'CONV_2D', text: 'Layer Conv2d is not supported' };
const HEAD = /^[^\n]+\n\s+refused\s+ncc 0\.1\.0-rc5 refuses the whole model at op 0\s+\(CONV_2D\):/;

test('a model that the converter refuses is said to be one at the head, at the same operator everywhere', () => {
  const prediction = predict(large, maixduino);
  const explanation = explainPrediction(prediction);
  const placement = placementDocument(
    { answers: [placeOn(large, maixduino, {})], answering: [], refused: [] },
    1,
  );
  for (const said of [prediction, explanation, placement])
    expect(said).toMatchObject({ toolchainRefuses: refused });
  expect(formatPrediction(prediction)).toMatch(HEAD);
  expect(formatExplanation(explanation)).toMatch(HEAD);
  expect(prediction.latencyMs.value).toBeGreaterThan(0);
});

test('one that it takes, and a board without it, say nothing', () => {
  expect(predict(paperCnn({ filters: 2 }), maixduino)).not.toHaveProperty('toolchainRefuses');
  expect(predict(large, openmvH7Plus)).not.toHaveProperty('toolchainRefuses');
});
