import { expect, test } from 'vitest';
import { boardById } from '../../boards/index.ts';
import { execScript } from '../guest/exec-script.ts';

async function run(source: string, board = 'openmv-h7-plus') {
  return execScript({ board: boardById(board), script: { name: 'script.py', source }, limitPs: 5e12 });
}

const MAKE = `
import image, os
img = image.Image(5, 3, image.RGB565)
for at in range(15):
    img[at] = (at * 16, 255 - at * 16, at)
`;

test('OpenMV: what is saved as BMP or PPM is read again as it was; an ending is made where there is none', async () => {
  const { stdout, exception } = await run(`${MAKE}
for name in ('a.bmp', 'b.ppm', 'c'):
    img.save(name)
    other = image.Image('c.bmp' if name == 'c' else name)
    print(name, [other[at] == img[at] for at in range(15)].count(True))
img.to_grayscale().save('d.pgm', roi=(1, 1, 2, 2))
print(image.Image('d.pgm'))
img.save('e.jpg', quality=90)
print(open('e.jpg', 'rb').read(3), sorted(os.listdir('/'))[:3])
`);
  expect(exception).toBeUndefined();
  expect(stdout).toBe(
    [
      ...['a.bmp 15', 'b.ppm 15', 'c 15', '{"w":2, "h":2, "type":"grayscale", "size":4}'],
      ...["b'\\xff\\xd8\\xff' ['a.bmp', 'b.ppm', 'c.bmp']", ''],
    ].join('\n'),
  );
});

test('MaixPy decodes the JPEG that it saved', async () => {
  const { stdout, exception } = await run(
    `import image
img = image.Image(size=(16, 8))
img.draw_rectangle(0, 0, 16, 8, color=(200, 40, 80), fill=True)
img.save('a.jpg', quality=95)
red, green, blue = image.Image('a.jpg').get_pixel(3, 3)
print(abs(red - 200) < 12, abs(green - 40) < 12, abs(blue - 80) < 12)
`,
    'maixduino',
  );
  expect(exception).toBeUndefined();
  expect(stdout).toBe('True True True\n');
});

test.each([
  ['a folder that is not there', "img.save('no/a.bmp')", 'OSError: [Errno 2] ENOENT'],
  ['a kind that nobody writes here', "img.save('a.gif')", 'NotModelled: image.save: a file of the kind .gif'],
  ['a path that is no text', 'img.save(3)', "TypeError: can't convert 'int' object to str implicitly"],
  [
    'a path of a JPEG image that is no text',
    'img.compressed().save(None)',
    "TypeError: can't convert 'NoneType'",
  ],
])('%s is an error with its line', async (_, line, message) => {
  const { exception } = await run(`${MAKE}\n${line}\n`);
  expect(exception?.traceback).toContain(message);
  expect(exception?.traceback).toContain('line 7');
});

test('MaixPy pays for the difference of two images', async () => {
  const { stdout, exception } = await run(
    `import image, time
a, b = image.Image(), image.Image()
start = time.ticks_us()
a.difference(b)
print(time.ticks_us() - start > 1000)
`,
    'maixduino',
  );
  expect(exception).toBeUndefined();
  expect(stdout).toBe('True\n');
});
