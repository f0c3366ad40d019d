import { describe, expect, test } from 'vitest';
import {
  ESP_DL_RULE,
  ESP_DL_TITLES,
  espDlLine,
  slimDetector,
  slimLayers,
  yoloLayers,
  yoloStart,
  type PostedLayer,
} from './support/esp-dl-logs.ts';
import { expectRefused } from './support/refused.ts';
import { runCommand, runJson } from './support/run-command.ts';
import { schemaErrors } from './support/schemas.ts';
import { tempFolder } from './support/temp-folder.ts';

interface Overlay {
  readonly format: string;
  readonly rows: { line: number; op: string; names: string; measuredMs: number }[];
  readonly besides: { op: string; measuredMs: number }[];
  readonly measuredMs: number;
  readonly commonCause: string;
}

const folder = tempFolder();
const slim = folder.write('slim.onnx', slimDetector());
const tableOf = (...lines: string[]) => [
  ESP_DL_RULE,
  ESP_DL_TITLES,
  ...lines.flatMap((line) => [ESP_DL_RULE, line]),
];
const lineOf = ({ name, type, us }: PostedLayer) => espDlLine(name, type, us);
const TOTAL = espDlLine('total', '', 160739);
const MEMORY = [
  'I (2499) dl::Model: |                | internal RAM | PSRAM     | FLASH        |',
  'I (2519) dl::Model: | fbs_model      |              |           | 418.22KB     |',
];
const onS3 = ['-b', 'esp32-s3'];
const usOf = (name: string) => slimLayers.find((layer) => layer.name === name)!.us;

describe("ESP-DL's profile(true), as posted with its network: the longest layer first", () => {
  const log = folder.write('slim.log', [...MEMORY, ...tableOf(TOTAL, ...slimLayers.map(lineOf))].join('\n'));

  test('layers find their operators by name, branches and all, each with its time', async () => {
    const found = await runJson<Overlay>('overlay', slim, log, ...onS3);
    expect(schemaErrors('overlay', found)).toEqual([]);
    expect(found.format).toBe('ESP-DL profiler');
    expect(found.rows).toHaveLength(52);
    expect(found.measuredMs).toBeCloseTo(160.739, 9);
    const [first, second] = found.rows;
    expect([first!.names, first!.measuredMs]).toEqual([
      'PAD + CONV_2D',
      usOf('/base_net.0/base_net.0.0/Conv') / 1e3,
    ]);
    expect(second!.measuredMs).toBe(usOf('/base_net.1/base_net.1.0/Conv') / 1e3);
    const last = found.rows.slice(-2).map(({ names, measuredMs }) => [names, measuredMs]);
    expect(last).toEqual([
      ['CONCATENATION', usOf('/Concat') / 1e3],
      ['CONCATENATION', usOf('/Concat_1') / 1e3],
    ]);
  });

  test('conversions that the quantizer added have no place and are told besides', async () => {
    const { besides } = await runJson<Overlay>('overlay', slim, log, ...onS3);
    expect(besides.map(({ measuredMs }) => measuredMs)).toEqual([0.049, 0.02, 0.015]);
    const { out } = await runCommand('overlay', slim, log, ...onS3);
    expect(out).toContain('conversions of the log without a place in the network, 0.0840 ms in all');
  });

  test('a float network beside a log of int8 is told so', async () => {
    const { commonCause } = await runJson<Overlay>('overlay', slim, log, ...onS3);
    expect(commonCause).toMatch(/times that of int8: the log is of the quantized network$/);
  });

  test('many lines of one cause are one sentence', async () => {
    const { out } = await runCommand('overlay', slim, log, ...onS3);
    expect(out.match(/no choice of this board explains it/g)).toHaveLength(2);
    expect(out).toMatch(/faster than the others: .* and \d+ more/s);
  });
});

test('layers in order, a Swish for two operators, the last line broken by a watchdog', async () => {
  const yolo = folder.write('yolo.onnx', yoloStart());
  const broken = lineOf(yoloLayers.at(-1)!).replace(
    /us .*/,
    'usE (6927) task_wdt: Task watchdog got triggered.',
  );
  const log = folder.write(
    'yolo.log',
    [
      ...tableOf(...yoloLayers.slice(0, -1).map(lineOf)),
      broken,
      '--- 0x4204e80e: print(std::map<a, b>)',
    ].join('\n'),
  );
  const { rows, measuredMs } = await runJson<Overlay>('overlay', yolo, log, ...onS3);
  expect(rows.map(({ op }) => op)).toEqual(yoloLayers.map(({ type }) => type));
  const swish = rows.filter(({ op }) => op === 'Swish').map(({ names }) => names);
  expect(new Set(swish)).toEqual(new Set(['LOGISTIC + MUL']));
  expect(measuredMs).toBeCloseTo(yoloLayers.reduce((sum, { us }) => sum + us, 0) / 1e3, 9);
});

test("sorted layers whose names are not the model's are refused", async () => {
  const renamed = slimLayers.map(({ name, type, us }, at) =>
    espDlLine(`layer_${at}${name.length}`, type, us),
  );
  const log = folder.write('renamed.log', tableOf(TOTAL, ...renamed).join('\n'));
  await expectRefused(['overlay', slim, log, ...onS3], 'the log is sorted by time, and its layers, layer_0');
});
