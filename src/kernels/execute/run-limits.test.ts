import { expect, test } from 'vitest';
import { buildGraph } from '../../models/specs/builder.ts';
import { withDrawnWeights } from '../../models/specs/synthetic-weights.ts';
import { checkGolden } from './check-golden.ts';
import { createExecutor } from './executor.ts';
import { requireWithin, runDemand } from './run-limits.ts';

const graphOf = (side: number, ...layers: string[]) =>
  buildGraph({ name: 'net', input: [side, side, 1], layers });
const GIB = 2 ** 30;

test('memory grows with the tensors, time with the taps', () => {
  const [one, four] = [64, 128].map((side) => runDemand(graphOf(side, 'conv 8 3x3 same')));
  const [byteGrowth, tapGrowth] = [four!.bytes - one!.bytes, four!.seconds / one!.seconds];
  // The picture and eight maps of float32, and the copies of what is given out.
  expect(byteGrowth).toBe((128 ** 2 - 64 ** 2) * (4 * 9 + 48 * 8));
  expect(tapGrowth).toBeGreaterThan(3.9);
  expect(tapGrowth).toBeLessThan(4.2);
});

test('a window that hangs far over the picture costs the taps inside of it', () => {
  const { seconds } = runDemand(graphOf(8, 'avgpool 8'));
  expect(seconds).toBeLessThan(1e-5);
});

test('a network that needs more than it may is refused with the figure, before anything is reserved', () => {
  const large = graphOf(20_000, 'conv 2 3x3 same');
  const limits = { megabytes: 512, seconds: 60 };
  expect(() => createExecutor(large, { limits })).toThrow(
    /^net: running it needs about [\d,]+ MB of memory, more than the limit of 512 MB; .*--memory/,
  );
  expect(() => createExecutor(large, { limits: { seconds: 60 } })).toThrow(
    /^net: running it takes up to [\d,]+ s, more than the limit of 60 s; .*--max-seconds/,
  );
  expect(runDemand(large).bytes).toBeGreaterThan(4 * GIB);
});

test('without a limit nothing is refused, and a small network is within the default ones', () => {
  const large = graphOf(20_000, 'conv 2 3x3 same');
  expect(() => requireWithin(large, {})).not.toThrow();
  const small = withDrawnWeights(graphOf(28, 'conv 8 3x3 same', 'flatten', 'dense 10'));
  expect(() => createExecutor(small, { limits: { megabytes: 512, seconds: 60 } })).not.toThrow();
});

test('a check of many samples needs the time of all of them', () => {
  const graph = withDrawnWeights(graphOf(28, 'conv 8 3x3 same'));
  const { seconds } = runDemand(graph);
  const golden = { samples: [1, 2, 3].map((id) => ({ id: `${id}`, input_b64: [''], output_b64: [''] })) };
  expect(() => checkGolden(graph, golden, 0, { seconds: 2.5 * seconds })).toThrow(/more than the limit/);
});

test('what no machine can reserve is said in one line', () => {
  const huge = withDrawnWeights(graphOf(60_000, 'conv 2 3x3 same'));
  expect(() => createExecutor(huge)).toThrow(/net: its tensors take \d+ bytes at once, more than can be/);
});
