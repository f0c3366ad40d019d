import { signal } from '@preact/signals';
import { PAD_SIDE } from 'inferscope/experiments';
import type { Seen } from '../worker/seen.ts';
import { inkOf } from './picture-ink.ts';

/** Ink on the pad, 0 to 1. */
export const ink = new Float32Array(PAD_SIDE * PAD_SIDE);
/** Raised whenever what is seen changed. */
export const seenVersion = signal(0);
/** The picture that the pad shows small, until something is drawn. */
export const picture = signal<{ readonly name: string; readonly bytes: Uint8Array } | undefined>(undefined);

/** Whether the network sees anything. */
export const isSeen = (): boolean => seenVersion.value > 0 && ink.some((value) => value > 0);

/** What the network is shown: a picture as it is where the network is a file, else the ink. */
export function seenNow(isFile: boolean): Seen {
  return isFile && picture.value ? { picture: picture.value } : { ink: ink.slice() };
}

/** Tells that the ink was drawn on; what a picture put there is then no picture any more. */
export function drawnOn(): void {
  picture.value = undefined;
  seenVersion.value += 1;
}

/** Puts other ink on the pad; none where absent. */
export function showInk(other: ArrayLike<number> = new Float32Array(ink.length)): void {
  ink.set(other);
  drawnOn();
}

/** Whether a file is a picture by its name or type. */
export const isPicture = ({ name, type }: File): boolean =>
  type.startsWith('image/') || /\.(png|jpe?g|bmp|gif|webp)$/i.test(name);

/** Shows a picture to the network, and small on the pad. Rejects with one line for a file that is no picture. */
export async function showPicture(file: Blob, name: string): Promise<void> {
  try {
    ink.set(inkOf(await createImageBitmap(file)));
  } catch {
    throw new Error(`${name}: is no picture that this browser can show; take a PNG or a JPEG.`);
  }
  picture.value = { name, bytes: new Uint8Array(await file.arrayBuffer()) };
  seenVersion.value += 1;
}
