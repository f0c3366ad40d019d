import { describe, expect, test } from 'vitest';
import { boardById } from '../../boards/index.ts';
import { convertImage } from '../../deploy/camera/index.ts';
import type { Tensor } from '../../models/graph/graph.ts';
import type { Image } from '../../pictures/image.ts';
import { execScript } from '../guest/exec-script.ts';

/** A picture whose pixels differ from their neighbours. */
function pictureOf(width: number, height: number, channels: 1 | 3): Image {
  const pixels = Uint8Array.from({ length: width * height * channels }, (_, at) => (at * at + 7 * at) & 0xff);
  return { width, height, channels, pixels };
}

async function run(board: string, source: string, pictures: readonly Image[] = [pictureOf(28, 28, 1)]) {
  const named = pictures.map((picture, index) => ({ ...picture, name: `picture ${index}` }));
  const script = { name: 'script.py', source };
  return execScript({ board: boardById(board), script, pictures: named, limitPs: 60e12, allowMissing: true });
}

const SETUP = (format: string, frame: string, window: number) => `
import sensor, image
sensor.reset()
sensor.set_pixformat(sensor.${format})
sensor.set_framesize(sensor.${frame})
sensor.set_windowing((${window}, ${window}))
`;
const PRINT = (image: string) =>
  `print([${image}.get_pixel(x, y) for y in range(${image}.height()) for x in range(${image}.width())])`;
const input = (height: number, width: number, channels: number): Tensor => ({
  name: 'image',
  shape: [1, height, width, channels],
  dtype: 'uint8',
});
const asPrinted = (pixels: Iterable<number>) => `[${[...pixels].join(', ')}]\n`;

// What a model gets is compared with what `inferscope run` gives it for the same picture (deploy/camera).
describe('a picture reaches the model as `inferscope run` hands it over', () => {
  test.each([14, 28])('OpenMV: a picture of the window, %i pixels, passes untouched', async (side) => {
    const picture = pictureOf(side, side, 1);
    const { stdout } = await run(
      'openmv-h7-plus',
      `${SETUP('GRAYSCALE', 'QQVGA', side)}img = sensor.snapshot()\n${PRINT('img')}`,
      [picture],
    );
    expect(stdout).toBe(asPrinted(convertImage(picture, input(side, side, 1), 'openmv')));
  });

  test('OpenMV: a larger picture is cut to the window as classify() cuts it to the model', async () => {
    const picture = pictureOf(60, 45, 3);
    const { stdout } = await run(
      'openmv-h7-plus',
      `${SETUP('GRAYSCALE', 'QVGA', 28)}img = sensor.snapshot()\n${PRINT('img')}`,
      [picture],
    );
    expect(stdout).toBe(asPrinted(convertImage(picture, input(28, 28, 1), 'openmv')));
  });

  test('MaixPy: a picture of the window is resized by the script as by `run`', async () => {
    const picture = pictureOf(224, 224, 1);
    const { stdout } = await run(
      'maixduino',
      `${SETUP('GRAYSCALE', 'QVGA', 224)}img = sensor.snapshot().resize(28, 28)\n${PRINT('img')}`,
      [picture],
    );
    expect(stdout).toBe(asPrinted(convertImage(picture, input(28, 28, 1), 'maixpy')));
  });

  test('MaixPy: a colour picture becomes grey and small as by `run`', async () => {
    const picture = pictureOf(64, 64, 3);
    const { stdout } = await run(
      'maixduino',
      `${SETUP('RGB565', 'QVGA', 64)}img = sensor.snapshot().to_grayscale(1).resize(14, 14)\n${PRINT('img')}`,
      [picture],
    );
    expect(stdout).toBe(asPrinted(convertImage(picture, input(14, 14, 1), 'maixpy')));
  });
});

test('MaixPy: a script written from the public documentation runs, chains and named arguments included', async () => {
  const { stdout, stoppedBy, displayPng } = await run(
    'maixduino',
    `
import sensor, image, lcd
lcd.init(freq=15000000)
sensor.reset()
sensor.set_pixformat(sensor.RGB565)
sensor.set_framesize(sensor.QVGA)
sensor.set_windowing((224, 224))
sensor.set_hmirror(0)
sensor.skip_frames(time=100)
sensor.run(1)
img = sensor.snapshot()
lcd.display(img, oft=(0, 0))
img1 = img.to_grayscale(1)
img2 = img1.resize(28, 28)
a = img2.invert()
print(a is img2, img2.strech_char(1), img2.pix_to_ai())
lcd.draw_string(8, 8, "%d: %.3f" % (3, 0.5), lcd.WHITE, lcd.GREEN)
print(img2, img2.width(), img2.height(), img2.size(), img2.format() == sensor.GRAYSCALE, lcd.width(), lcd.height())
big = image.Image()
big.draw_rectangle(10, 10, 5, 5, color=(255, 0, 0), fill=True).draw_string(60, 60, 'ok', scale=2)
print(big.get_pixel(12, 12), big.get_pixel(12, 12, rgbtuple=False), big.get_pixel(400, 0), big.clear() is big, big[0])
`,
  );
  expect(stdout.split('\n')).toEqual([
    'True None None',
    '{"w":28, "h":28, "type"="grayscale", "size":784} 28 28 784 True 320 240',
    '(255, 0, 0) 63488 None True (0, 0, 0)',
    '',
  ]);
  expect([stoppedBy, displayPng?.subarray(1, 4)]).toEqual(['end of script', Uint8Array.from([80, 78, 71])]);
});

test('OpenMV: to_grayscale, copy, crop, mean_pool and statistics as documented', async () => {
  const { stdout } = await run(
    'openmv-h7-plus',
    `${SETUP('RGB565', 'QVGA', 28)}
sensor.skip_frames(time = 2000)
img = sensor.snapshot()
print(img, img.to_grayscale() is img, img.format() == image.GRAYSCALE)
c = img.copy(roi=(2, 3, 10, 8))
print(c, c.get_pixel(0, 0) == img.get_pixel(2, 3), c.crop(roi=(1, 1, 4, 4)) is c, c.mean_pooled(2, 2))
print(c.binary([(0, 255)]).get_statistics().mean(), len(c.get_histogram().bins()), img.copy(x_scale=2, y_scale=0.5))
print(sensor.get_windowing(), sensor.width(), sensor.height())
`,
  );
  expect(stdout.split('\n')).toEqual([
    '{"w":28, "h":28, "type":"grayscale", "size":784} True True',
    '{"w":4, "h":4, "type":"grayscale", "size":16} True True {"w":2, "h":2, "type":"grayscale", "size":4}',
    '255 256 {"w":56, "h":14, "type":"grayscale", "size":784}',
    '(146, 106, 28, 28) 320 240',
    '',
  ]);
});

describe('mistakes raise what the firmware raises, and what is not modelled says so', () => {
  const MISTAKES: Readonly<Record<string, readonly (readonly [code: string, message: string])[]>> = {
    maixduino: [
      ['img.find_lines()', 'NotImplementedError image.Image.find_lines is not modelled'],
      ['image.ImageReader("a")', 'NotImplementedError image.ImageReader is not modelled'],
      [
        'img.draw_image(img.copy(), 1, 1, mask=3)',
        'NotImplementedError image.Image.draw_image(mask=) is not modelled',
      ],
      ['img.turn()', "AttributeError 'Image' object has no attribute 'turn'"],
      ['img.draw_image(3, 0, 0)', 'TypeError Object type error'],
      ["img.get_pixel('a', 0)", "TypeError can't convert str to int"],
      ['sensor.set_windowing((28, 28))', 'ValueError value must be multiple of 8'],
      ['sensor.set_windowing((400, 8))', 'ValueError The selected window is outside the bounds of the frame'],
      ["image.Image('/sd/none.bmp')", 'OSError [Errno 2] ENOENT'],
      ['img.to_grayscale(1).to_rgb565()', "OSError Can't convert to rgb565 in place!"],
      ['sensor.run(0), sensor.snapshot()', 'RuntimeError Sensor timeout!'],
    ],
    'openmv-h7-plus': [
      ['img.mean_pool(65, 1)', 'OSError Width divisor must be less than <= img width'],
      ['img.resize(28, 28)', "AttributeError 'Image' object has no attribute 'resize'"],
      ['sensor.ioctl(1)', 'NotImplementedError sensor.ioctl is not modelled'],
    ],
  };

  test.each(Object.entries(MISTAKES))('%s', async (board, mistakes) => {
    const tries = mistakes.map(
      ([code]) => `try:\n    ${code}\nexcept Exception as e:\n    print(type(e).__name__, e)\n`,
    );
    const source = `${SETUP('RGB565', 'QVGA', 64)}img = sensor.snapshot()\n${tries.join('')}`;
    const { stdout } = await run(board, source);
    expect(stdout.trimEnd().split('\n')).toEqual(mistakes.map(([, message]) => message));
  });

  // py_helper.c: a name is looked for first, then its place; what nobody looks for is not looked at.
  // The rotation of an ellipse may be left out on MaixPy alone.
  test.each([
    ['maixduino', '50, 50, 9, 5'],
    ['openmv-h7-plus', '50, 50, 9, 5, 0'],
  ])(
    'on %s a name that a drawing does not look for changes nothing, and one that it does comes before its place',
    async (board, ellipse) => {
      const source = `${SETUP('GRAYSCALE', 'QVGA', 64)}img = sensor.snapshot()
img.draw_rectangle(0, 0, 9, 9, color=7, fill=True, mask=3, colour=9)
img.draw_line((0, 20, 9, 20), 50, color=60)
img.draw_circle(30, 30, 4, 80, 1, True, 'more', 9, sise=1)
img.draw_ellipse(${ellipse}, color=90)
print(img.get_pixel(4, 4), img.get_pixel(4, 20), img.get_pixel(30, 30), img.get_pixel(59, 50))`;
      expect((await run(board, source)).stdout).toBe('7 60 80 90\n');
    },
  );

  test('a board without pictures says how to give some', async () => {
    const { exception } = await run('maixduino', 'import sensor\nsensor.reset()', []);
    expect(exception?.traceback.split('\n').at(-1)).toBe(
      'RuntimeError: the camera has no pictures: give it a folder, a file or mnist with --camera',
    );
  });
});

describe('the heap of images', () => {
  test('a loop that drops its images runs on, though they would fill the heap many times', async () => {
    const loop = 'for i in range(200):\n    small = sensor.snapshot().copy().to_grayscale(1)\nprint(small)';
    const { stdout } = await run('maixduino', `${SETUP('GRAYSCALE', 'QVGA', 112)}${loop}`);
    expect(stdout).toContain('"w":112');
  });

  // 64 x 64 in colour with room for planes: 25 fit, of which 20 are a function's own while others
  // come and go.
  test('images that only a local variable holds stay, and those that nothing holds go', async () => {
    const source = `
def work():
    held = [sensor.snapshot().copy() for _ in range(20)]
    first = held.pop(0)
    for i in range(60):
        last = sensor.snapshot().copy()
    return first.width() + sum([image.width() for image in held]) + last.width()
print(work(), work(), work())
`;
    const { stdout } = await run('maixduino', `${SETUP('RGB565', 'QVGA', 64)}${source}`);
    expect(stdout).toBe('1344 1344 1344\n');
  });

  // 64 x 64 in colour with room for planes: 8192 + 12288 + 64 bytes of 524288, so 25 fit.
  test('a list that grows without end stops in a MemoryError, as on the board', async () => {
    const leak =
      'kept = []\ntry:\n    while True:\n        kept.append(sensor.snapshot().copy())\nexcept MemoryError as e:\n    print(len(kept), e)';
    const { stdout } = await run('maixduino', `${SETUP('RGB565', 'QVGA', 64)}${leak}`);
    expect(stdout).toBe('25 memory allocation failed, allocating 20544 bytes\n');
  });
});

test('snapshots come at the pace of the camera, and share one frame buffer', async () => {
  const pictures = [pictureOf(8, 8, 1), { ...pictureOf(8, 8, 1), pixels: new Uint8Array(64).fill(200) }];
  const { stdout } = await run(
    'maixduino',
    `${SETUP('GRAYSCALE', 'QVGA', 8)}import utime
first = sensor.snapshot()
before = first[1]
start = utime.ticks_ms()
for i in range(9):
    sensor.snapshot()
end = utime.ticks_ms()
sensor.skip_frames(6)
counted = utime.ticks_ms()
sensor.skip_frames(time=100)
timed = utime.ticks_ms()
print(before, first[1], [utime.ticks_diff(*pair) for pair in ((end, start), (counted, end), (timed, counted))])`,
    pictures,
  );
  // The work between two frames is shorter than their blanking, so nine snapshots are nine frames of 824,000 clocks of
  // 25 MHz, 32.96 ms each; 100 ms that begin just behind a frame end in the fourth.
  expect(stdout).toMatch(/^8 200 \[29[67], 19[78], 13[12]\]\n$/);
});
