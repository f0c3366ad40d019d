import { expect, test } from 'vitest';
import { boardById } from '../../boards/index.ts';
import { execScript } from '../guest/exec-script.ts';

/** A picture of 8 x 8 whose pixels differ from their neighbours. */
const PIXELS = Uint8Array.from({ length: 64 }, (_, at) => (at * at + 7 * at) & 0xff);
const CAMERA = `
import sensor
sensor.reset()
sensor.set_pixformat(sensor.GRAYSCALE)
sensor.set_framesize(sensor.QVGA)
sensor.set_windowing((8, 8))
`;

function run(source: string) {
  const picture = { name: 'picture', width: 8, height: 8, channels: 1 as const, pixels: PIXELS };
  const script = { name: 'script.py', source };
  return execScript({
    board: boardById('openmv-h7-plus'),
    script,
    pictures: [picture, picture],
    limitPs: 60e12,
  });
}

test('the bend of a lens is taken out of an image where it lies, by name or by place', async () => {
  const source = `
${CAMERA}
by_place, by_name = sensor.snapshot().copy(), sensor.snapshot().copy()
print(by_place.lens_corr(6, 0.5) is by_place)
by_name.lens_corr(strength=6.0, zoom=0.5)
print([by_place[at] == by_name[at] for at in range(64)].count(False), by_place[27] == by_name[0])
try:
    by_name.lens_corr(0)
except OSError as error:
    print(error)
`;
  const { stdout } = await run(source);
  expect(stdout).toBe('True\n0 False\nStrength must be > 0!\n');
});

test('filters take their arguments by name or by place, and an odd side or a bad bias is the error of the firmware', async () => {
  const source = `
${CAMERA}
img = sensor.snapshot()
def both(name, places, names):
    one, other = img.copy(), img.copy()
    getattr(one, name)(*places)
    getattr(other, name)(**names) if name == 'gamma_corr' else getattr(other, name)(places[0], **names)
    return [one[at] for at in range(64)] == [other[at] for at in range(64)] != [img[at] for at in range(64)]
print(both('gamma_corr', (0.6, 1.6, -0.1), dict(gamma=0.6, contrast=1.6, brightness=-0.1)))
print(both('midpoint', (1, 1.0), dict(bias=1.0)), both('gaussian', (1, True), dict(unsharp=True)))
print(both('laplacian', (1, False, 0.5, 9), dict(mul=0.5, add=9)))
for wrong in (lambda: img.midpoint(1, bias=2), lambda: img.copy(roi=(0, 0, 7, 8)).lens_corr(), lambda: img.gaussian(-1)):
    try:
        wrong()
    except OSError as error:
        print(error)
`;
  const { stdout } = await run(source);
  expect(stdout).toBe(
    'True\nTrue True\nTrue\nError: 0 <= bias <= 1!\nWidth must be even!\nKernelSize must be >= 0!\n',
  );
});

// Of the 28 pairs of eight pixels in a row half lie 3 apart or more, which is the magnitude of the robust line.
test('a line is fitted to what is within thresholds, and erosion takes back what dilation gave', async () => {
  const source = `
import image, sensor
img = image.Image(8, 8, sensor.GRAYSCALE)
img.draw_line((0, 4, 7, 4), color=255)
line = img.get_regression([(255, 255)], x_stride=1, area_threshold=0, pixels_threshold=8)
print(line)
print(line.line() == line[0:4], line.theta(), line[7], img.get_regression([]), img.get_regression([(255, 255)]))
robust = img.get_regression([(255, 255)], False, (0, 0, 8, 8), 1, 1, 0, 0, True)
print(robust.theta(), robust.rho(), robust.magnitude())
rows = lambda: [img.get_pixel(3, y) for y in range(8)]
print(img.dilate(1) is img, rows())
img.erode(1, threshold=8)
print(rows())
try:
    img.get_regression([(0, 1)], y_stride=0)
except OSError as error:
    print(error)
`;
  const { stdout, exception } = await run(source);
  expect(exception).toBeUndefined();
  expect(stdout.split('\n')).toEqual([
    '{"x1":0, "y1":4, "x2":7, "y2":4, "length":7, "magnitude":2147483646, "theta":90, "rho":4}',
    'True 90 4 None None',
    '90 4 3',
    'True [0, 0, 0, 255, 255, 255, 0, 0]',
    '[0, 0, 0, 0, 255, 0, 0, 0]',
    'y_stride must not be zero.',
    '',
  ]);
});

test('a script learns which sensor it has, and what is not modelled is no exception that it can swallow', async () => {
  const { stdout, exception } = await run(`import sensor
print(sensor.get_id() == sensor.OV5640)
try:
    sensor.__write_reg(0x3000, 0x20)
except Exception:
    print('swallowed')
`);
  expect(stdout).toBe('True\n');
  expect(exception!.traceback).toContain('NotModelled: sensor.__write_reg is not modelled');
});
