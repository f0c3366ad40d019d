import { describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import type { ExecDocument } from '../src/cli/exec/exec-report.ts';
import { boardById } from '../src/boards/index.ts';
import { execScript } from '../src/firmware/guest/exec-script.ts';
import { describeExtra, extraModel } from './support/extra-models.ts';
import { runJson } from './support/run-command.ts';

const maixduino = boardById('maixduino');
const SPOTS = readFileSync(new URL('../examples/spots/spots.kmodel', import.meta.url));
const ANCHORS = '(1.889, 2.5245, 2.9465, 3.94056, 3.99987, 5.3658, 5.155437, 6.92275, 6.718375, 9.01025)';

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels?: Uint8Array;
}

async function run(source: string, model: Uint8Array = SPOTS, picture: Picture = { width: 64, height: 64 }) {
  const pixels = picture.pixels ?? new Uint8Array(picture.width * picture.height).fill(90);
  return execScript({
    board: maixduino,
    script: {
      name: 'main.py',
      source: `import KPU as kpu\nimport image\ntask = kpu.load(0x300000)\n${source}`,
    },
    flash: [{ address: 0x300000, bytes: model, name: 'net.kmodel' }],
    pictures: [{ name: 'grey', channels: 1, ...picture, pixels }],
  });
}

test('the example marks its two spots where its cells and its anchor say, and lists its time by part', async () => {
  const { stdout, spent } = await runJson<ExecDocument>(
    ...['exec', 'examples/firmware/find-spots.py', '--board', 'maixduino'],
    ...['--flash', '0x300000=examples/spots/spots.kmodel', '--camera', 'examples/spots/spots.png'],
  );
  // Cells (2, 1) and (5, 6) of 8 pixels: the middle less half of 2 cells. A white cell's logit is 8 less what is rounded.
  const lines = stdout.trim().split('\n');
  expect(lines.length).toBe(6);
  const value = /"value":(0\.99\d{4}),/.exec(lines[0])![1];
  expect(lines.slice(0, 2)).toEqual([
    `{"x":12, "y":4, "w":16, "h":16, "value":${value}, "classid":0, "index":0, "objnum":2}`,
    `{"x":36, "y":44, "w":16, "h":16, "value":${value}, "classid":0, "index":1, "objnum":2}`,
  ]);
  const names = spent.map(({ name }) => name);
  const parts = [
    'KPU',
    'copy-out',
    'Dequantize',
    'K210Upload',
    'yolo2.activate',
    'yolo2.box',
    'yolo2.sort',
    'yolo2.overlap',
  ];
  expect(names).toEqual(expect.arrayContaining(parts));
});

/** A black picture of 8x8 cells of 8 pixels, so many of them white, none beside another. */
function spotted(count: number): Picture {
  const pixels = new Uint8Array(64 * 64);
  for (let spot = 0; spot < count; spot++) {
    const [column, row] = [2 * (spot % 4), 2 * Math.floor(spot / 4)];
    for (let y = 0; y < 8; y++)
      pixels.fill(255, (8 * row + y) * 64 + 8 * column, (8 * row + y) * 64 + 8 * column + 8);
  }
  return { width: 64, height: 64, pixels };
}

test("ten objects fit into the firmware's array, an eleventh is said and not written behind it", async () => {
  const source = `import sensor
sensor.reset()
sensor.set_pixformat(sensor.GRAYSCALE)
sensor.set_framesize(sensor.QVGA)
sensor.set_windowing((64, 64))
sensor.run(1)
kpu.init_yolo2(task, 0.7, 0.3, 5, (2, 2, 1, 1, 1, 1, 1, 1, 1, 1))
try:
    print(len(kpu.run_yolo2(task, sensor.snapshot())))
except RuntimeError as e:
    print(e)`;
  expect((await run(source, SPOTS, spotted(10))).stdout).toBe('10\n');
  expect((await run(source, SPOTS, spotted(11))).stdout).toContain('run_yolo2 found 11 objects');
});

describe('what MaixPy prints', () => {
  test('settings and objects', async () => {
    const { stdout } = await run(
      `print(task, task.net_arg())\nprint(kpu.init_yolo2(task, 0.5, 0.3, 5, ${ANCHORS}))\nprint(task)\n` +
        'arg = task.net_arg()\nprint(arg.threshold(), arg.anchor_number(), arg.anchor()[2:4], kpu.deinit(task))',
    );
    const anchors = '1.889000, 2.524500, 2.946500, 3.940560, 3.999870, 5.365800';
    const all = `${anchors}, 5.155437, 6.922750, 6.718375, 9.010250`;
    const head = '{"model_addr": 3145728, "model_size": 2984, "model_path": "(null)", "net_args": ';
    expect(stdout.split('\n')).toEqual([
      `${head}"(null)"} None`,
      'True',
      `${head}{"threshold":0.500000, "nms_value":0.300000, "anchor_number":5, "anchor":"(${all})"}}`,
      '0.5 5 (2.9465, 3.94056) True',
      '',
    ]);
  });

  const MISTAKES = [
    ['kpu.init_yolo2(1, 0.5, 0.3, 5, ())', 'TypeError [MAIXPY]kpu: kpu_net type error'],
    ['kpu.init_yolo2(task, 1.5, 0.3, 5, ())', 'ValueError [MAIXPY]kpu: threshold only support 0 to 1'],
    ['kpu.init_yolo2(task, 0.5, -1, 5, ())', 'ValueError [MAIXPY]kpu: nms_value only support 0 to 1'],
    ['kpu.init_yolo2(task, 0.5, 0.3, 0, ())', 'ValueError [MAIXPY]kpu: anchor_number should > 0'],
    ['kpu.init_yolo2(task, 0.5, 0.3, 5, (1,))', 'ValueError requested length 10 but object has length 1'],
    [
      'kpu.run_yolo2(task, image.Image())',
      'ValueError run_yolo2 before init_yolo2: the board reads settings that nobody wrote',
    ],
  ] as const;

  test('of what is refused', async () => {
    const attempts = MISTAKES.map(([call]) => {
      return `try:\n    ${call}\nexcept Exception as e:\n    print(type(e).__name__, e)`;
    });
    const { stdout } = await run(attempts.join('\n'));
    expect(stdout.trim().split('\n')).toEqual(MISTAKES.map(([, message]) => message));
  });
});

describeExtra('the face detector', () => {
  test('takes the published 24 ms a call, within 20 %', async () => {
    const source = `import sensor, utime
sensor.reset()
sensor.set_pixformat(sensor.RGB565)
sensor.set_framesize(sensor.QVGA)
kpu.init_yolo2(task, 0.5, 0.3, 5, ${ANCHORS})
img = sensor.snapshot()
t = utime.ticks_us()
found = kpu.run_yolo2(task, img)
print(utime.ticks_diff(utime.ticks_us(), t), found)`;
    const model = readFileSync(extraModel('kmodel/facedetect.kmodel'));
    const { stdout } = await run(source, model, { width: 320, height: 240 });
    const [us, found] = stdout.split(' ');
    expect(found).toBe('None\n');
    // neucrack.com/p/313: MaixPy, post-processing included.
    expect(Math.abs(Number(us) / 24_000 - 1)).toBeLessThan(0.2);
  });
});
