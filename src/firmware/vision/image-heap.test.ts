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

  test('a collection frees the half that was used longest ago and that no variable holds', () => {
    const { images, handles } = sixFit();
    images.get(handles[1]);
    images.keep(handles[0]);
    expect(() => images.allocate(10, 10, 'grayscale')).toThrow();
    images.collect();
    // Of 2, 3, 4, 5 (1 was used last, 0 is kept) the older half goes.
    const isFreed = handles.map((handle) => {
      try {
        return images.get(handle) === undefined;
      } catch {
        return true;
      }
    });
    expect(isFreed).toEqual([false, false, true, true, false, false]);
    expect(images.usedBytes).toBe(4 * 164);
  });

  test('a collection frees more where the new image needs more', () => {
    const { images } = sixFit();
    expect(() => images.allocate(20, 20, 'rgb565')).toThrow('allocating 864 bytes');
    images.collect();
    expect(images.usedBytes).toBe(164);
    expect(() => images.allocate(20, 20, 'rgb565')).toThrow('memory allocation failed');
  });

  test('what is kept stays, so a leak ends', () => {
    const { images, handles } = sixFit();
    for (const handle of handles) images.keep(handle);
    images.collect();
    expect(() => images.allocate(10, 10, 'grayscale')).toThrow('memory allocation failed');
  });

  test('shared memory is freed with its last image', () => {
    const images = new Images(1000);
    const first = images.allocate(10, 10, 'rgb565');
    const memory = images.memoryOf(first);
    const second = images.share(makeImage(10, 10, 'grayscale', memory.pixels), memory);
    images.allocate(1, 1, 'grayscale');
    images.keep(second);
    images.collect();
    expect(images.usedBytes).toBe(200 + 64 + 65);
  });

  test('a freed image says so', () => {
    const { images, handles } = sixFit();
    images.collect();
    expect(() => images.get(handles[0])).toThrow('this image was freed when the heap was full');
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
