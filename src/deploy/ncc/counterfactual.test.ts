import { expect, test } from 'vitest';
import { goldenBytes, goldenJson } from '../../../test/support/goldens.ts';
import { withSettings } from '../../boards/settings/all-settings.ts';
import { maixduino } from '../../boards/maixduino.ts';
import { loadKmodel } from '../../files/kmodel.ts';
import { readTflite } from '../../files/tflite.ts';
import { buildGraph } from '../../models/specs/builder.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { predict } from '../../simulate/predict.ts';
import { deploy } from '../index.ts';

const read = (name: string) => readTflite(goldenBytes(`rc5/${name}.tflite`), name);
const refusing = withSettings(maixduino, { 'ncc.cpuConv': 'refuse', 'ncc.refused': 'refuse' });
const reasonOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
};
const refused = Object.entries(goldenJson<Record<string, { text?: string }>>('rc5/expected.json')).flatMap(
  ([name, { text }]) => (text === undefined ? [] : [name]),
);

test.each(refused)(
  '%s: refused by the real converter, so its time is a named counterfactual, or none',
  (name) => {
    const graph = read(name);
    const reason = reasonOf(() => predict(graph, maixduino));
    if (reason === 'none') {
      const { toolchainRefuses, latencyMs } = predict(graph, maixduino);
      expect(toolchainRefuses!.counterfactual).toMatch(/^ncc\.(cpuConv|refused)=nncase-0\.2$/);
      // An estimate: 1.645 x 30 % of the pulse to each side at the least.
      expect((latencyMs.high - latencyMs.value) / latencyMs.value).toBeGreaterThan(0.49);
      expect(reasonOf(() => deploy(graph, refusing))).toContain(`"${toolchainRefuses!.text}"`);
    } else expect(reason).toMatch(/^[^\n]+$/);
  },
);

test.each([
  ['a 5x5 convolution', paperCnn({ filters: 2, kernel: 5 }), 'ncc.cpuConv=nncase-0.2'],
  ['a batch norm that became a relu of its own', read('44_kpu_freed_early'), 'ncc.refused=nncase-0.2'],
  ['an int8 network', paperCnn({ filters: 2, dtype: 'int8' }), 'float32'],
  [
    'an int8 network with a 5x5 convolution',
    paperCnn({ filters: 2, kernel: 5, dtype: 'int8' }),
    'ncc.cpuConv=nncase-0.2',
  ],
])('%s is timed as %3$s', (_, graph, counterfactual) => {
  expect(deploy(graph, maixduino).toolchainRefuses).toMatchObject({ counterfactual });
});

test('the float32 twin of an int8 network has the same interval: its time is no estimate of another converter', () => {
  const [int8, float32] = (['int8', 'float32'] as const).map((dtype) =>
    predict(paperCnn({ filters: 2, dtype }), maixduino),
  );
  expect(int8.latencyMs).toEqual(float32.latencyMs);
});

test('what nncase 0.2 does not import either has no time', () => {
  const graph = read('conv_nobias');
  expect(() => deploy(graph, maixduino)).toThrow(
    'nncase 0.2 refuses it too, for it reads a bias that is not there',
  );
  const tanh = buildGraph({ input: [8, 8, 1], layers: 'conv 2 3x3 same tanh' });
  expect(() => deploy(tanh, maixduino)).toThrow('nncase 0.2 refuses it too, for it fuses no TANH');
});

test('a network of which the runtime runs no layer is placed, but has no time unless a setting asks for it', () => {
  const graph = read('25_pool_first');
  expect(deploy(graph, maixduino).runtimeRefuses).toContain('the first layer is MaxPool2d');
  expect(() => predict(graph, maixduino)).toThrow('the first layer is MaxPool2d');
  const timed = predict(graph, withSettings(maixduino, { 'maixpy.unrunnable': 'estimate' }));
  const sentence = expect.stringMatching(/^timed as if it ran, but the first layer is MaxPool2d/) as string;
  expect(timed.warnings).toContainEqual(sentence);
  expect(timed.latencyMs.high / timed.latencyMs.value).toBeGreaterThan(1.49);
});

test("the SDK's runtime starts a float Dense, MaixPy's does not", () => {
  const dense = buildGraph({ input: [2000], layers: 'dense 1100 | dense 3' });
  expect(deploy(dense, maixduino).runtimeRefuses).toContain('maixpy.kernels=sdk');
  expect(deploy(dense, withSettings(maixduino, { 'maixpy.kernels': 'sdk' })).runtimeRefuses).toBeUndefined();
});

test.each([
  ['05_maxpool3x3s2', /^op 1 \(MAX_POOL_2D\): ncc 0\.1 pools bytes in the input's scale/],
  ['30_qconcat_direct', /^op 3 \(CONCATENATION\): ncc 0\.1 joins the bytes of each input in its own range/],
  ['41_qconcat_unaligned', /joins blocks of whole 8 elements/],
  ['22_logistic4d', /computes the first 8 of 2048 values/],
  ['add_relu', /ncc 0\.1 loses its RELU/],
])('%s: what the converter or the runtime does to its bytes is said', (name, warning) => {
  const { warnings } = deploy(read(name), maixduino);
  expect(warnings.filter((text) => warning.test(text))).toHaveLength(1);
});

test('a float Dense with an activation is said to lose it, of a network and of a file', () => {
  const graph = buildGraph({
    input: [8, 8, 1],
    layers: 'conv 20 3x3 same relu | flatten | dense 40 relu | dense 10',
  });
  const lost = /\(FullyConnected\): MaixPy reads no activation of a float Dense, so its RELU is not applied/;
  expect(deploy(graph, maixduino).warnings).toEqual([expect.stringMatching(lost)]);
  expect(deploy(graph, withSettings(maixduino, { 'maixpy.kernels': 'sdk' })).warnings).toEqual([]);
});

test('what is as it should be is not warned of', () => {
  for (const name of ['03_two_branch', '06_maxpool2x2s1', '01_residual']) {
    expect(deploy(read(name), maixduino).warnings).toEqual([]);
    expect(deploy(loadKmodel(goldenBytes(`rc5/${name}.kmodel`), name), maixduino).warnings).toEqual([]);
  }
});
