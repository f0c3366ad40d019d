import { expect, test } from 'vitest';
import { boardById } from '../../boards/index.ts';
import { readJpeg } from '../../pictures/jpeg.ts';
import { execScript } from '../guest/exec-script.ts';

const pixels = Uint8Array.from({ length: 80 * 60 }, (_, at) => 2 * (at % 80) + Math.floor(at / 80));
const SLOPE = { name: 'slope', width: 80, height: 60, channels: 1, pixels } as const;
const SETUP = `
import sensor, image
sensor.reset()
sensor.set_pixformat(sensor.GRAYSCALE)
sensor.set_framesize(sensor.QQQVGA)
img = sensor.snapshot()
`;
const run = (source: string) =>
  execScript({
    board: boardById('openmv-h7-plus'),
    script: { name: 'script.py', source: SETUP + source },
    pictures: [SLOPE],
    limitPs: 5e12,
    allowMissing: true,
    keepsFiles: true,
  });

test('an image becomes a JPEG in place or beside, which is saved as it is and shows what the image showed', async () => {
  const { stdout, written, exception } = await run(`
beside = img.compressed(quality=90)
print(img.size(), beside.size() < img.size(), beside.width(), beside.height())
print(img.compress(90) is img, img.size() == beside.size(), img.compress() is img, img.compressed().size() == img.size())
img.save('/shot')
print(len(sensor.snapshot().compressed(quality=10)._buffer()) < beside.size())
`);
  expect(exception).toBeUndefined();
  expect(stdout).toBe('4800 True 80 60\nTrue True True True\nTrue\n');
  const {
    width,
    height,
    pixels: shown,
  } = readJpeg(written.find(({ path }) => path.endsWith('shot.jpg'))!.bytes!, 'shot');
  expect([width, height]).toEqual([80, 60]);
  for (const at of [0, 79, 2440, 4799]) expect(Math.abs(shown[3 * at] - pixels[at])).toBeLessThan(8);
});

test('a bus takes the bytes of a JPEG and of grey pixels', async () => {
  const { stdout } = await run(`
import pyb
uart = pyb.UART(3, 115200)
print(uart.write(img), uart.write(img.compress()) == img.size())
`);
  expect(stdout).toBe('4800 True\n');
});

test('a quality that is none, noise that does not shrink and what is not modelled of a JPEG are errors', async () => {
  const { stdout } = await run(`
for wrong in (lambda: img.compress(quality=0), lambda: image.Image(2, 2, image.GRAYSCALE).compress(), lambda: img.compress().get_pixel(0, 0)):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, error)
`);
  expect(stdout).toMatch(
    /^OSError Error: 1 <= quality <= 100!\nOSError Can't compress in place!\nNotImplementedError image\.Image: what reads or draws on pixels, of a JPEG image/,
  );
});
