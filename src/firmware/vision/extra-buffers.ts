import { GuestError } from '../guest-error.ts';
import type { HostModule } from '../host-module.ts';
import { bytesPerPixel, makeImage } from './guest-image.ts';
import { FORMATS, STACK_BYTES, type ImageParts } from './image-parts.ts';

/** `sensor.alloc_extra_fb`: images on the stack of the frame buffer, the last one freed first. */
export function extraBufferModule({ hardware, images }: ImageParts): HostModule {
  const taken: number[] = [];
  return {
    sensor_alloc_extra_fb(width: number, height: number, format: number) {
      const bytes = width * height * bytesPerPixel(FORMATS[format]);
      if (!(width > 0)) throw new GuestError('OSError', 'Width must be > 0');
      if (!(height > 0)) throw new GuestError('OSError', 'Height must be > 0');
      const used = taken.reduce((sum, one) => sum + one, 0);
      if (used + bytes > STACK_BYTES) {
        throw new GuestError('MemoryError', 'Out of fast Frame Buffer Stack Memory!');
      }
      taken.push(bytes);
      hardware.spend('image.call');
      const memory = {
        pixels: new ArrayBuffer(bytes),
        ...{ heapBytes: 0, users: 1, hasRoomForPlanes: false, planes: null },
      };
      return images.share(makeImage(width, height, FORMATS[format], memory.pixels), memory);
    },
    sensor_dealloc_extra_fb() {
      if (taken.pop() === undefined) throw new GuestError('OSError', 'Nothing to deallocate!');
    },
  };
}
