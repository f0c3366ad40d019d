import { expect, test } from 'vitest';
import type { Prediction, StepCost } from '../../simulate/prediction.ts';
import { explainDifference } from './difference.ts';
import { explainPrediction } from './explain.ts';

const step = (op: string, unit: string, node: number | null, durationMs: number): StepCost => ({
  index: 0,
  node,
  op,
  unit,
  startMs: 0,
  durationMs,
  macs: 0,
  loadBytes: 0,
  storeBytes: 0,
  boundBy: 'copy',
  reason: 'a reason.',
  rule: 'toy/rule',
  parts: [
    { name: 'copy', coreCycles: 75 },
    { name: 'sram line fills', coreCycles: 25 },
  ],
});

function predictionOf(model: string, steps: StepCost[]): Prediction {
  const value = steps.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const latencyMs = { value, low: value, high: value, confidence: 0.9, domain: 'inside' } as const;
  return { model, board: 'toy', latencyMs, reportedMs: latencyMs, steps } as unknown as Prediction;
}

const dense = (unit: string, rule: string): Prediction['placement'] => [
  { index: 1, op: 'FULLY_CONNECTED', unit, rule, reason: `the reason of ${rule}`, steps: [] },
];

const SMALL = predictionOf('small', [
  step('call', 'core', null, 0.1),
  step('Conv', 'kpu', 0, 0.2),
  step('Pad', 'core', 1, 0.05),
  step('Conv', 'kpu', 1, 0.1),
  step('Convert', 'core', null, 0.01),
]);
const LARGE = predictionOf('large', [
  step('call', 'core', null, 0.1),
  step('Conv', 'kpu', 0, 0.25),
  step('Dense', 'core', 1, 0.5),
]);

test('a layer that another rule places is named with what came less what went', () => {
  const small = { ...SMALL, placement: dense('kpu', 'toy/small') };
  const large = { ...LARGE, placement: dense('core', 'toy/large') };
  const { deltaMs, growthMs, rules, sentence } = explainDifference(small, large);
  expect(deltaMs).toBeCloseTo(0.39, 9);
  expect(growthMs).toBeCloseTo(0.05, 9);
  expect(rules).toHaveLength(1);
  expect(rules[0]).toMatchObject({ fromUnit: 'kpu', toUnit: 'core', toRule: 'toy/large' });
  expect(rules[0].costMs).toBeCloseTo(0.34, 9);
  expect(sentence).toContain('FULLY_CONNECTED (op 1) moves from kpu to core, by the rule toy/large');
  expect(sentence).toContain('This costs +0.340 ms');
});

test('of two layers that other rules place each is told with its own steps', () => {
  const layers = (unit: string, rule: string): Prediction['placement'] =>
    [1, 2].map((index) => {
      const reason = `the reason of ${rule} ${index}`;
      return { index, op: 'FULLY_CONNECTED', unit, rule: `${rule} ${index}`, reason, steps: [] };
    });
  const [call, convert] = [step('call', 'core', null, 0.1), step('Convert', 'core', null, 0.01)];
  const before = predictionOf('before', [
    call,
    step('Conv', 'kpu', 1, 0.3),
    step('Pool', 'kpu', 2, 0.4),
    convert,
  ]);
  const after = predictionOf('after', [call, step('Dense', 'core', 1, 1), step('Sparse', 'core', 2, 2)]);
  const { rules } = explainDifference(
    { ...before, placement: layers('kpu', 'small') },
    { ...after, placement: layers('core', 'large') },
  );
  const told = rules.map(({ node, toRule, steps }) => [node, toRule, steps.map(({ op }) => op)]);
  // The conversion belongs to no layer: it is counted with the first.
  expect(told).toEqual([
    [1, 'large 1', ['Conv', 'Convert', 'Dense']],
    [2, 'large 2', ['Pool', 'Sparse']],
  ]);
  expect(rules[0].costMs).toBeCloseTo(1 - 0.3 - 0.01, 9);
  expect(rules[1].costMs).toBeCloseTo(2 - 0.4, 9);
  expect(rules[1].sentence).toBe(
    'FULLY_CONNECTED (op 2) moves from kpu to core, by the rule large 2: the reason of large 2. ' +
      'This costs +1.600 ms: Pool on kpu -0.400, Sparse on core +2.000.',
  );
});

test('without a change of rule all of the difference is growth', () => {
  const placement = dense('kpu', 'toy/small');
  const larger = predictionOf(
    'larger',
    SMALL.steps.map((one) => ({ ...one, durationMs: 2 * one.durationMs })),
  );
  const difference = explainDifference({ ...SMALL, placement }, { ...larger, placement });
  expect(difference.rules).toEqual([]);
  expect(difference.growthMs).toBeCloseTo(difference.deltaMs, 9);
});

test('each step is told in one sentence: cost, share, unit, bound, parts, reason', () => {
  const { steps, sentence } = explainPrediction(LARGE);
  expect(steps[2].sentence).toBe(
    'Dense takes 0.5000 ms, 59 % of the call, on core, bound by copy (copy 75 %, sram line fills 25 %): a reason.',
  );
  expect(sentence).toBe(
    'large takes 0.8500 ms on toy; most of it goes to Dense with 59 % and Conv with 29 %.',
  );
});

test('a layer whose rule stays is not told of, however others of its operator are placed', () => {
  const placement: Prediction['placement'] = (['kpu', 'core'] as const).map((unit, index) => {
    return { index, op: 'CONV_2D', unit, rule: `toy/${unit}`, reason: 'a reason', steps: [] };
  });
  const steps = [step('Conv', 'kpu', 0, 0.3), step('Conv', 'core', 1, 0.6)];
  const before = { ...predictionOf('before', steps), placement };
  const after = { ...predictionOf('after', [steps[0], step('Conv', 'core', 1, 0.9)]), placement };
  expect(explainDifference(before, after).rules).toEqual([]);
});
