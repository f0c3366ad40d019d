import { describe, expect, test } from 'vitest';
import { makeImage } from './guest-image.ts';
import { Images } from './image-heap.ts';

// A grey image of 10 x 10 takes 100 bytes and 64 for its object, so six fit into 1000 bytes.
const sixFit = () => {
  const images = new Images(1000);
  const handles = Array.from({ length: 6 }, () => images.allocate(10, 10, 'grayscale'));
  return { images, handles };
};

describe("the guest's heap of images", () => {
  test('counts pixels and objects, and ends in a MemoryError that changes nothing', () => {
    const { images } = sixFit();
    expect(images.usedBytes).toBe(6 * 164);
    expect(() => images.allocate(10, 10, 'grayscale')).toThrow(
      expect.objectContaining({
        kind: 'MemoryError',
        message: 'memory allocation failed, allocating 164 bytes',
      }),
    );
    expect(images.usedBytes).toBe(6 * 164);
  });

  test('a collection frees the images whose objects are gone, and what does not fit then is a MemoryError', () => {
    const { images, handles } = sixFit();
    images.drop(handles[0]);
    images.drop(handles[3]);
    expect(images.usedBytes).toBe(6 * 164);
    images.collect();
    expect(images.usedBytes).toBe(4 * 164);
    expect(images.get(handles[1])).toBeDefined();
    expect(() => images.allocate(20, 20, 'rgb565')).toThrow('memory allocation failed, allocating 864 bytes');
  });

  test('shared memory is freed with its last image', () => {
    const images = new Images(1000);
    const first = images.allocate(10, 10, 'rgb565');
    const memory = images.memoryOf(first);
    const second = images.share(makeImage(10, 10, 'grayscale', memory.pixels), memory);
    images.drop(first);
    images.collect();
    expect(images.usedBytes).toBe(200 + 64);
    images.drop(second);
    images.collect();
    expect(images.usedBytes).toBe(0);
  });

  test('MaixPy takes room for planes with a copy; pix_to_ai takes it where there is none', () => {
    const images = new Images(10_000);
    const copy = images.allocate(10, 10, 'grayscale', { withPlanes: true });
    images.planesOf(copy);
    expect(images.usedBytes).toBe(100 + 300 + 64);
    images.planesOf(images.allocate(10, 10, 'rgb565'));
    expect(images.usedBytes).toBe(464 + 200 + 300 + 64);
  });
});

test('an image is told as pixels, and to the accelerator as planes once they were written', () => {
  const images = new Images(1000);
  const handle = images.allocate(2, 1, 'rgb565');
  images.get(handle).pixels.set([0xf800, 0x07e0]);
  expect(images.frameOf(handle)).toEqual({
    ...{ width: 2, height: 1, channels: 3 },
    pixels: Uint8Array.of(255, 0, 0, 0, 255, 0),
  });
  expect(images.acceleratorInputOf(handle)).toBeUndefined();
  images.planesOf(handle).set([1, 2, 3, 4, 5, 6]);
  expect(images.acceleratorInputOf(handle)?.bytes).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6));
});
