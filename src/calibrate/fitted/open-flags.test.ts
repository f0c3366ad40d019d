import { expect, test } from 'vitest';
import { anyBoardById } from '../../boards/all-boards.ts';
import { buildGraph } from '../../models/specs/builder.ts';
import { PUBLISHED_ROWS } from '../measurements/published-rows.ts';
import { identityOf } from '../measurements/row-identity.ts';
import { halfWidth } from '../population/interval.ts';
import { readMeasuredRows } from '../population/measured-rows.ts';
import { networkOf } from '../population/network-names.ts';
import { validateExternal } from '../validate-external.ts';
import { boardSpeed } from './board-speed.ts';

/** Rows whose compiler flag is not said: reference kernels in int8, and in float32 ones whose flags differ and hardly do. */
const IDS = [
  'esp-pd-esp32-p4-ref',
  'esp-pd-esp32-s3-ref',
  'esp-pd-esp32-ref',
  'dokic-h743-f4',
  'fc-teensy_4_0_digits_fc_10_x_10',
  'fc-arduino_nano_33_ble_iris_fc_10_50',
];

const [header, ...lines] = PUBLISHED_ROWS.split('\n');
const csv = [header, ...lines.filter((line) => IDS.some((id) => line.startsWith(`${id},`)))].join('\n');
const judged = new Map(validateExternal({ csv }).rows.map((row) => [row.id, row]));
const rows = new Map(readMeasuredRows(csv).map((row) => [row.id, row]));

/** What `predict` says of a row's network on its board, by the build of the row or the kernels that are asked for. */
function ask(id: string, kernels?: string) {
  const row = rows.get(id)!;
  const { board, engine, version, dtype } = identityOf(row);
  const shape = networkOf({ model: row.model, description: row.model_desc, notes: row.notes })!;
  const speed = boardSpeed(buildGraph({ ...shape, dtype }, row.model), anyBoardById(board), {
    ...(kernels === undefined ? { kernels: engine, engine: `${engine}@${version}` } : { kernels }),
    dtype,
  })!;
  return { ...speed, half: Math.log(speed.highMs / speed.latencyMs) };
}

test.each(IDS)('%s: a prediction says what the fit that is judged says of the row', (id) => {
  const { predictedMs, highMs } = judged.get(id)!;
  const { latencyMs, half } = ask(id);
  // The judged fit knows the row's network by name, which moves it by up to 1 %.
  expect(Math.abs(Math.log(latencyMs / predictedMs))).toBeLessThan(0.02);
  const sigma = Math.sqrt((Math.log(highMs / predictedMs) / 2) ** 2 - (halfWidth('fitted', 0) / 2) ** 2);
  expect(Math.abs(half / halfWidth('new-network', sigma) - 1)).toBeLessThan(0.05);
});

test('a flag that is named is one side of the mixture, and surer than both', () => {
  const [open, fast, small] = ['', '-O3', '-Os'].map((flag) =>
    ask('esp-pd-esp32-ref', `tflm-reference${flag}`),
  );
  expect(open!.isByFlag).toBe(true);
  expect(fast!.latencyMs).not.toBe(small!.latencyMs);
  for (const { half } of [fast!, small!]) expect(half).toBeLessThan(open!.half);
});
