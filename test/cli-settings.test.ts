import { expect, test } from 'vitest';
import { runCommand, runJson } from './support/run-command.ts';

interface Predictions {
  readonly predictions: readonly {
    readonly latencyMs: { readonly value: number };
    readonly settings?: object;
    readonly steps: readonly { readonly op: string; readonly unit: string }[];
  }[];
}

const predictWith = async (...set: string[]) =>
  (await runJson<Predictions>('predict', 'paper:4', '-b', 'maixduino', ...set)).predictions[0];

test('a release of the firmware decides the clock and who copies results out', async () => {
  const [plain, old, later] = await Promise.all([
    predictWith(),
    predictWith('--set', 'maixpy.firmware=0.5.0'),
    predictWith('--set', 'maixpy.firmware=0.5.1'),
  ]);
  const copies = ({ steps }: typeof plain) =>
    new Set(steps.filter(({ op }) => op === 'K210CopyOut').map(({ unit }) => unit));
  expect([plain, old, later].map(copies)).toEqual([new Set(['core']), new Set(['dma']), new Set(['core'])]);
  expect([plain.settings, old.settings]).toEqual([undefined, { 'maixpy.firmware': '0.5.0' }]);
  // All but the KPU's own cycles runs 4 % faster.
  expect(plain.latencyMs.value / later.latencyMs.value).toBeGreaterThan(1.03);
  expect(plain.latencyMs.value / later.latencyMs.value).toBeLessThan(416 / 400);
});

test.each(['openmv-h7-plus', 'nucleo-h743zi2', 'nucleo-l4r5zi', 'esp8266'])(
  '--clock on %s is the choice of that clock, and slower',
  async (board) => {
    const [built, byOption, byChoice] = await Promise.all(
      [[], ['--clock', 'core=40MHz'], ['--set', 'clocks.core=40MHz']].map((words) =>
        runJson<Predictions>('predict', 'paper:4', '-b', board, ...words),
      ),
    );
    const [was, is, chosen] = [built, byOption, byChoice].map(({ predictions: [one] }) => one.latencyMs);
    expect(is).toEqual(chosen);
    expect(is.value / was.value).toBeGreaterThan(1.5);
  },
);

test('an option of the command goes before the firmware, as a script that names dma= does', async () => {
  const { steps } = await predictWith('--set', 'maixpy.firmware=0.5.0', '--copy-out', 'cpu');
  expect(steps.filter(({ op, unit }) => op === 'K210CopyOut' && unit === 'dma')).toEqual([]);
});

test.each([
  'predict paper:4 -b maixduino',
  'explain paper:4 -b maixduino',
  'place paper:4 -b maixduino',
  'memory paper:4 -b maixduino',
  'sweep --filters 1:2 -b maixduino',
])('%s: a setting that there is not is one line with all that there are, and exit code 2', async (line) => {
  for (const set of ['maixpy.firmware=9', 'colour=red', 'maixpy.firmware']) {
    const { code, err } = await runCommand(...line.split(' '), '--set', set);
    const said = `--set "${set}": write KEY=VALUE; there are `;
    expect([code, err]).toEqual([2, expect.stringContaining(said)]);
    expect(err).toMatch(/^inferscope: [^\n]+maixpy\.firmware=[^\n]+\n$/);
  }
});

test('the sweep of a study keeps to the setting', async () => {
  const sweep = async (...set: string[]) => {
    const rows = (
      await runJson<{ rows: { latencyMs: number }[] }>('sweep', '--filters', '1:2', '-b', 'maixduino', ...set)
    ).rows;
    return rows.map(({ latencyMs }) => latencyMs);
  };
  const [plain, old] = [await sweep(), await sweep('--set', 'maixpy.firmware=0.5.0')];
  expect(old.map((ms, at) => ms < plain[at])).toEqual([true, true]);
});
