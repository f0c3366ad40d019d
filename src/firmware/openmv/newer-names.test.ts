import { expect, test } from 'vitest';
import { boardById } from '../../boards/index.ts';
import { execScript } from '../guest/exec-script.ts';

const GREY = { name: 'grey', width: 1, height: 1, channels: 1, pixels: Uint8Array.of(70) } as const;

async function run(source: string) {
  const result = await execScript({
    board: boardById('openmv-h7-plus'),
    script: { name: 'script.py', source },
    pictures: [GREY],
    limitPs: 5e12,
  });
  return { stdout: result.stdout, traceback: result.exception?.traceback ?? '' };
}

test('the camera has frames up to 2592 x 1944, in colour too, and numbers them as the firmware does', async () => {
  const { stdout, traceback } = await run(`
import sensor
sensor.reset()
for pixformat, size in ((sensor.GRAYSCALE, sensor.HD), (sensor.RGB565, sensor.WQXGA2)):
    sensor.set_pixformat(pixformat)
    sensor.set_framesize(size)
    img = sensor.snapshot()
    print(img.width(), img.height(), img.size())
print(sensor.QVGA, sensor.HVGA, sensor.LCD, sensor.WQXGA2)
`);
  expect(traceback).toBe('');
  expect(stdout).toBe('1280 720 921600\n2592 1944 10077696\n10 15 20 33\n');
});

test('a screen that the firmware has no controller for stays off, and showing a picture there does nothing', async () => {
  const { stdout, traceback } = await run(`
import sensor, lcd
sensor.reset()
sensor.set_pixformat(sensor.RGB565)
sensor.set_framesize(sensor.QQVGA)
lcd.init()
print(lcd.type(), lcd.width())
lcd.init(type=2)
lcd.display(sensor.snapshot())
print(lcd.type(), lcd.width())
`);
  expect(traceback).toBe('');
  expect(stdout).toBe('1 128\n0 None\n');
});

test('a network built into a later firmware is asked for by name, with the option that gives it', async () => {
  const { traceback } = await run("import tf\ntf.load_builtin_model('rock_detection')");
  expect(traceback).toContain("NotModelled: tf.load_builtin_model('rock_detection')");
  expect(traceback).toContain('--file rock_detection.tflite=FILE');
});

test('brightness is equalized in place, and what is not modelled of it says so', async () => {
  const { stdout, traceback } = await run(`
import sensor
sensor.reset()
sensor.set_pixformat(sensor.GRAYSCALE)
sensor.set_framesize(sensor.QQQVGA)
img = sensor.snapshot()
img[0] = 9
print(img.histeq() is img, img[0], img[1])
img.histeq(adaptive=True, clip_limit=3)
`);
  expect(stdout).toBe('True 0 255\n');
  expect(traceback).toContain('image.Image.histeq(adaptive=True) is not modelled');
});

test('a pin shows when frames come, whoever else moves it, and its pulses are the frames that are on their way', async () => {
  const { stdout, pins } = await execScript({
    board: boardById('openmv-h7-plus'),
    script: {
      name: 'script.py',
      source: `
import sensor, time
from pyb import Pin
sensor.reset()
sensor.set_pixformat(sensor.GRAYSCALE)
sensor.set_framesize(sensor.QVGA)
pin = Pin('P1', Pin.OUT_PP)
print(sensor.set_vsync_output(pin))
for _ in range(10):
    sensor.snapshot()
time.sleep_ms(10)
print(pin.value())
pin.off()
print(pin.value())
sensor.reset()
print(pin.value())
`,
    },
    pictures: [GREY],
    limitPs: 5e12,
  });
  expect(stdout).toBe('True\n1\n0\n0\n');
  const { pulses, insidePs } = pins.P1;
  expect(pulses).toBeGreaterThanOrEqual(10);
  expect(Object.keys(insidePs)).toEqual(['vsync']);
});

test('lines of an image are objects with their ends, by arguments in place or by name', async () => {
  const { stdout, traceback } = await run(`
import image
for pixformat in (image.GRAYSCALE, image.RGB565):
    img = image.Image(40, 40, pixformat)
    img.draw_rectangle(20, 0, 20, 40, color=(255, 255, 255), fill=True)
    line, = img.find_lines(threshold=2000)
    print(line.line(), line.theta(), line.rho(), line.magnitude() >= 2000, [other.line() for other in img.find_lines((0, 0, 40, 40), 2, 1, 2000)] == [line.line()])
try:
    img.find_lines(x_stride=0)
except OSError as error:
    print(error)
`);
  expect(traceback).toBe('');
  expect(stdout).toMatch(
    /^(\((19|20), 0, (19|20), 39\) 0 (19|20) True True\n){2}x_stride must not be zero\.\n$/,
  );
});
