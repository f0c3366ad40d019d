import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { runCommand, runJson } from './support/run-command.ts';
import { tempFolder } from './support/temp-folder.ts';

const M7 = ['-b', 'openmv-h7-plus'];

const csvOf = async (...more: string[]) => {
  const { out } = await runCommand('predict', 'paper:8', ...M7, '--csv', '-', ...more);
  return Papa.parse<Record<string, string>>(out.trimEnd(), { header: true }).data;
};

// 14 x 14 pixels of 8 filters of 3 x 3 of one channel: 14,112 MACs, 320 bytes of weights and bias, 6,272 bytes out.
test('the CSV of a prediction names layers, shapes, kernels and bytes, and shares that add up to 100', async () => {
  const rows = await csvOf();
  expect(rows.find(({ op }) => op === 'CONV_2D')).toMatchObject({
    ...{ operator: '0', layer: 'conv2d', outputShape: '1x14x14x8', macs: '14112', dtype: 'float32' },
    ...{ loadBytes: '784', weightBytes: '320', storeBytes: '6272', kernels: 'openmv-libtf-2020-11' },
  });
  expect(rows.reduce((sum, row) => sum + Number(row.sharePercent), 0)).toBeCloseTo(100, 9);
});

// The M7 retires one float32 product a cycle at 480 MHz: the utilisation is MACs over cycles.
test('MAC utilisation is against what the unit retires at most, and rates are bytes over time', async () => {
  const conv = (await csvOf()).find(({ op }) => op === 'CONV_2D')!;
  const seconds = Number(conv.durationMs) / 1e3;
  expect(Number(conv.macUtilizationPercent)).toBeCloseTo((100 * 14_112) / (seconds * 480e6), 9);
  // Weights lie in sram1, activations in SDRAM.
  expect(conv.traffic).toContain(`sram1 320 bytes ${Math.round(320 / seconds)} of `);
  expect(conv.traffic).toContain(`sdram ${784 + 6272} bytes ${Math.round((784 + 6272) / seconds)} of `);
});

// Each layer of the KPU has at most 64 x 9 products a cycle of its clock at 400 MHz.
test("a KPU layer's utilisation is against its 576 multipliers", async () => {
  interface Document {
    readonly predictions: {
      readonly steps: {
        unit: string;
        macs: number;
        durationMs: number;
        facts: { macUtilizationPercent?: number };
      }[];
    }[];
  }
  const { predictions } = await runJson<Document>('predict', 'paper:8,size=64', '-b', 'maixduino');
  const [conv] = predictions[0]!.steps.filter(({ unit }) => unit === 'kpu');
  const { macs, durationMs, facts } = conv!;
  expect(facts.macUtilizationPercent).toBeCloseTo((100 * macs) / ((durationMs / 1e3) * 400e6 * 576), 9);
});

test('--sort ms puts the longest first, --top keeps the first so many', async () => {
  const rows = await csvOf('--sort', 'ms', '--top', '2');
  expect(rows.map(({ op }) => op)).toEqual(['CONV_2D', 'FULLY_CONNECTED']);
  const { out } = await runCommand('predict', 'paper:8', ...M7, '--sort', 'ms', '--top', '1');
  expect(out).toMatch(/CONV_2D/);
  expect(out).not.toMatch(/FULLY_CONNECTED/);
});

test('--node-data gives each operator its ms, under its position', async () => {
  const path = `${tempFolder().path}/nodes.json`;
  await runCommand('predict', 'paper:8', '-b', 'maixduino', '--node-data', path);
  const { main } = JSON.parse(readFileSync(path, 'utf8')) as {
    main: { results: Record<string, { value: number }> };
  };
  expect(Object.keys(main.results)).toEqual(['0', '1', '2']);
  interface Document {
    readonly predictions: { readonly steps: { node: number | null; durationMs: number }[] }[];
  }
  const { predictions } = await runJson<Document>('predict', 'paper:8', '-b', 'maixduino');
  const ofConv = predictions[0]!.steps.filter(({ node }) => node === 0);
  expect(ofConv.length).toBeGreaterThan(1);
  expect(main.results['0']!.value).toBeCloseTo(
    ofConv.reduce((sum, { durationMs }) => sum + durationMs, 0),
    12,
  );
});

test('--must-fit ends with 1 where a memory does not suffice, and "fits" says in what', async () => {
  const large = await runCommand('predict', 'paper:64,size=256', '-b', 'maixduino', '--must-fit');
  expect([large.code, large.out]).toEqual([1, expect.stringContaining('DOES NOT FIT')]);
  const small = await runCommand('predict', 'paper:8', ...M7, '--must-fit');
  expect([small.code, small.out]).toEqual([
    0,
    expect.stringMatching(/fits \(sram1 64,320 of 249,856, sdram /),
  ]);
});

test.each([
  [[...M7, '--top', '0'], '--top must be a whole number above 0'],
  [[...M7, '--csv', '-', '--json'], 'leave one out'],
  [['--node-data', 'x.json', '-b', 'all'], '--node-data is of one board'],
])('%j is refused', async (options, said) => {
  const { code, out, err } = await runCommand('predict', 'paper:8', ...options);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(said);
});

test('explain sorts and cuts its steps, and writes the CSV that predict writes', async () => {
  const explained = await runCommand('explain', 'paper:8', ...M7, '--csv', '-');
  const predicted = await runCommand('predict', 'paper:8', ...M7, '--csv', '-');
  expect([explained.code, explained.out]).toEqual([0, predicted.out]);
  const { out } = await runCommand('explain', 'paper:8', ...M7, '--sort', 'ms', '--top', '2');
  const ms = [...out.matchAll(/^ +\d+ {2}\S+ .* (\d+\.\d{4}) /gm)].map(([, value]) => Number(value));
  expect(ms).toHaveLength(2);
  expect(ms[0]).toBeGreaterThan(ms[1]!);
});
