import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import type { FrameReport } from '../src/simulate/frame/frame-report.ts';
import { runCommand, runJson } from './support/run-command.ts';
import { tempFolder } from './support/temp-folder.ts';

const FIXTURES = 'test/fixtures/firmware';
const { path: folder } = tempFolder();

interface FramesDocument {
  readonly stdout: string;
  readonly frames: FrameReport;
}

/** A white picture of one pixel, so that nothing is read but the loop. */
const CAMERA = join(folder, 'white.pgm');
writeFileSync(CAMERA, Buffer.from([...Buffer.from('P5 1 1 255\n'), 255]));

function write(name: string, source: string): string {
  const path = join(folder, name);
  writeFileSync(path, source);
  return path;
}

const exec = (script: string, board: string, ...more: string[]) =>
  runJson('exec', script, '-b', board, '--camera', CAMERA, '--fps', ...more) as Promise<FramesDocument>;

function openmvLoop(workMs: number): string {
  const source = readFileSync(`${FIXTURES}/frames-openmv.py`, 'utf8');
  return write(`work-${workMs}.py`, source.replace('WORK_MS', `${workMs}`));
}

describe('a loop that shows each frame, with one frame buffer', () => {
  // (106 + 66 + 648 + 4) x 500 lines x 2 clocks of 25 MHz.
  const sensorMs = 824_000 / 25e3;

  it('takes two frames of the sensor, and prints the rate without what is behind fps()', async () => {
    const { stdout, frames } = await exec(`${FIXTURES}/frames-maixpy.py`, 'maixduino');
    expect(frames).toMatchObject({ sensor: 'gc0328', buffers: 1, taken: 12, lostPerFrame: 1 });
    expect(frames.sensorFrameMs).toBeCloseTo(sensorMs, 9);
    expect(frames.periodMs.min).toBeCloseTo(2 * sensorMs, 9);
    expect(frames.periodMs.max).toBeCloseTo(2 * sensorMs, 9);
    // The display takes about 12 of the 66 ms, and lies outside of the clock.
    const [toFps] = [stdout].map((text) => 1000 / Number(text));
    expect(toFps).toBeGreaterThan(2 * sensorMs - 13);
    expect(toFps).toBeLessThan(2 * sensorMs - 10);
  });

  it('gains a frame for each lost one by a second buffer, and nothing by the rest', async () => {
    const { frames } = await exec(`${FIXTURES}/frames-maixpy.py`, 'maixduino');
    const fps = new Map(frames.whatIf.map((one) => [one.change, one.fps]));
    expect(fps.get('2 frame buffers')).toBeCloseTo(1000 / sensorMs, 2);
    for (const [change, rate] of fps) {
      if (!change.includes('buffers'))
        expect([change, rate]).toEqual([change, expect.closeTo(frames.fps, 6)]);
    }
    expect(frames.whatIf.every(({ takenAgeMs }) => takenAgeMs.mean > 0)).toBe(true);
  });

  it('takes what the clock of another firmware makes of the sensor', async () => {
    const { frames } = await exec(
      `${FIXTURES}/frames-maixpy.py`,
      'maixduino',
      '--set',
      'maixpy.firmware=0.5.0',
    );
    // APB1 of 208 MHz over 8.
    expect(frames.sensorFrameMs).toBeCloseTo(824_000 / 26e3, 9);
    expect(frames.whatIf.some(({ change }) => change === '3 frame buffers')).toBe(false);
  });
});

test('dual_buff is a keyword of firmwares that have it, and then frames come while the script works', async () => {
  const source = readFileSync(`${FIXTURES}/frames-maixpy.py`, 'utf8').replace(
    'reset()',
    'reset(dual_buff=True)',
  );
  const script = write('dual.py', source);
  const { frames } = await exec(script, 'maixduino', '--set', 'maixpy.firmware=0.6');
  expect([frames.buffers, Math.round(frames.periodMs.mean / frames.sensorFrameMs)]).toEqual([2, 1]);
  const old = await runCommand(
    ...['exec', script, '-b', 'maixduino', '--camera', CAMERA, '--set', 'maixpy.firmware=0.5.0'],
  );
  expect([old.code, old.err]).toEqual([
    1,
    expect.stringContaining('TypeError: extra keyword arguments given'),
  ]);
});

describe('OpenMV', () => {
  const sensorMs = (1716 * 1000) / 80e3;

  it.each([
    ['3.9', 0, 1],
    ['3.9', 1, 2],
    ['3.9', 30, 3],
  ] as const)('%s, %i ms of work: %i frames of the sensor', async (firmware, workMs, steps) => {
    const { frames } = await exec(
      openmvLoop(workMs),
      'openmv-h7-plus',
      '--set',
      `openmv.firmware=${firmware}`,
    );
    for (const { waitsMs } of frames.frames.slice(1)) {
      const sum = Object.values(waitsMs).reduce((total, ms) => total + ms, 0);
      expect(sum).toBeCloseTo(steps * sensorMs, 6);
    }
  });

  it('4.0 lets a loop of 30 ms take 30 ms', async () => {
    const { frames } = await exec(openmvLoop(30), 'openmv-h7-plus', '--set', 'openmv.firmware=4.0');
    expect(frames.buffers).toBe(3);
    expect(frames.periodMs.mean).toBeGreaterThan(30);
    expect(frames.periodMs.mean).toBeLessThan(30.2);
  });
});

test('a pulse is the prediction and the overheads that are listed, while the camera is idle', async () => {
  const script = write(
    'pulse.py',
    `import sensor, pyb, tf, image
sensor.reset()
sensor.set_pixformat(sensor.GRAYSCALE)
sensor.set_framesize(sensor.QVGA)
sensor.set_windowing((240, 240))
pin = pyb.Pin('P0', pyb.Pin.OUT_PP)
net = tf.load('net.tflite')
for i in range(3):
    img = sensor.snapshot()
    pin.high()
    net.classify(img)
    pin.low()
`,
  );
  const document = (await runJson(
    ...[
      'exec',
      script,
      '-b',
      'openmv-h7-plus',
      '--camera',
      CAMERA,
      '--file',
      'net.tflite=test/fixtures/tiny-float.tflite',
    ],
  )) as {
    pins: Record<string, { widthMs: { mean: number }; insideMs: Record<string, number> }>;
  };
  const { predictions } = await runJson<{ predictions: readonly { latencyMs: { value: number } }[] }>(
    ...['predict', 'test/fixtures/tiny-float.tflite', '-b', 'openmv-h7-plus'],
  );
  const [pin] = Object.values(document.pins);
  expect(pin.insideMs.inference).toBeCloseTo(predictions[0].latencyMs.value, 9);
  const sum = Object.values(pin.insideMs).reduce((total, ms) => total + ms, 0);
  expect(sum).toBeCloseTo(pin.widthMs.mean, 9);
});

test('VCD and Perfetto show camera, screen, bus and who waits', async () => {
  const [vcd, trace] = [join(folder, 'frames.vcd'), join(folder, 'frames.pftrace')];
  await exec(`${FIXTURES}/frames-maixpy.py`, 'maixduino', '--vcd', vcd, '--trace', trace);
  const names = [...readFileSync(vcd, 'utf8').matchAll(/^\$var wire 1 \S+ (\S+) \$end$/gm)].map(
    ([, name]) => name,
  );
  expect(new Set(names)).toEqual(
    new Set([
      ...[
        'camera_frame',
        'camera_frame_that_nobody_takes',
        'memory_bus_camera',
        'screen_fill',
        'screen_picture',
      ],
      ...[
        'core_waits_for_the_camera',
        'core_waits_for_the_screen',
        'core_1_sensor_colour_pixel',
        'core_1_lcd_pixel',
      ],
    ]),
  );
  const perfetto = readFileSync(trace, 'latin1');
  for (const name of ['frame that nobody takes', 'for the camera', 'for the screen', 'memory bus']) {
    expect([name, perfetto.includes(name)]).toEqual([name, true]);
  }
});

test('a sensor and kernels that the board does not have, and a script without frames, are mistakes of one line', async () => {
  const blink = [`${FIXTURES}/blink.py`, '-b', 'maixduino', '--pulses', '1'];
  const sensor = await runCommand('exec', ...blink, '--sensor', 'eye');
  expect([sensor.code, sensor.err]).toEqual([
    2,
    'inferscope: unknown sensor "eye"; choose from gc0328, ov2640, ov7740\n',
  ]);
  const kernels = await runCommand('exec', ...blink, '--set', 'kernels=foo');
  expect([kernels.code, kernels.err]).toEqual([
    2,
    expect.stringContaining('board "maixduino" has no kernel library "foo"; choose from'),
  ]);
  for (const more of [[], ['--json']]) {
    const none = await runCommand('exec', ...blink, '--fps', ...more);
    expect([none.code, none.err]).toEqual([
      2,
      expect.stringContaining('--fps: the script took fewer than two frames'),
    ]);
  }
});
