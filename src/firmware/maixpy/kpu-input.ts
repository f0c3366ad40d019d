import { GuestError } from '../guest-error.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { KpuTask } from './kpu-tasks.ts';

/** Runs the network, whose outputs the task then holds; its time is the caller's. */
export function computeOutputs(task: KpuTask, input: Uint8Array | Float32Array): void {
  const { dtype, count } = task.runner.input;
  const isRight = dtype === (input instanceof Uint8Array ? 'uint8' : 'float32') && input.length === count;
  if (!isRight) throw new GuestError('ValueError', '[MAIXPY]kpu: check img format err!');
  task.outputs = task.runner.run(input);
}

/** What the firmware checks of a picture before it runs, with the line that it prints. */
export function planesOf({ images }: VirtualHardware, { shape }: KpuTask, handle: number): Uint8Array {
  const input = images!.acceleratorInputOf(handle);
  const mismatch = (why: string) =>
    new GuestError('ValueError', `[MAIXPY]kpu: ${why}: check img format err!`);
  if (!input) throw mismatch('pix_ai is NULL (call img.pix_to_ai() first)');
  const { width, height, channels } = input;
  if (width !== shape.w || height !== shape.h) {
    throw mismatch(`img w=${width},h=${height}, but model w=${shape.w},h=${shape.h}`);
  }
  if (channels !== shape.c) {
    throw mismatch(`${channels === 1 ? 'grayscale' : 'RGB'} img, but model channel=${shape.c}`);
  }
  return input.bytes;
}
