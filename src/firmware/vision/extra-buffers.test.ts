import { expect, test } from 'vitest';
import { extraBufferModule } from './extra-buffers.ts';
import { FORMATS } from './image-parts.ts';

const GREY = FORMATS.findIndex((format) => /gr[ae]y/i.test(String(format)));
const MIB = 2 ** 20;

function buffers() {
  const shared: number[] = [];
  const parts = {
    hardware: { spend: () => undefined },
    images: { share: (_: unknown, { pixels }: { pixels: ArrayBuffer }) => shared.push(pixels.byteLength) },
  };
  const module = extraBufferModule(parts as never) as unknown as {
    sensor_alloc_extra_fb(width: number, height: number, format: number): unknown;
    sensor_dealloc_extra_fb(): void;
  };
  return { ...module, shared };
}

test('the stack of 11 MiB can be filled to its last byte, and no further', () => {
  const { sensor_alloc_extra_fb: alloc, sensor_dealloc_extra_fb: free, shared } = buffers();
  alloc(MIB, 10, GREY);
  alloc(MIB, 1, GREY);
  expect(() => alloc(1, 1, GREY)).toThrow('Out of fast Frame Buffer Stack Memory!');
  free();
  alloc(1, 1, GREY);
  expect(shared).toEqual([10 * MIB, MIB, 1]);
});

test('the last one is freed first; nothing more than there is', () => {
  const { sensor_alloc_extra_fb: alloc, sensor_dealloc_extra_fb: free } = buffers();
  alloc(4, 4, GREY);
  free();
  expect(free).toThrow('Nothing to deallocate!');
  expect(() => alloc(0, 4, GREY)).toThrow('Width must be > 0');
  expect(() => alloc(4, 0, GREY)).toThrow('Height must be > 0');
});
