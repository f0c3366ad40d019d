import { digitPicture, PAD_SIDE } from 'inferscope/experiments';
import { readPicture, type Image } from 'inferscope/files';

/** What the page shows to a network: ink of the pad, 28 x 28 from 0 to 1, or a picture file. */
export type Seen =
  | { readonly ink: Float32Array }
  | { readonly picture: { readonly name: string; readonly bytes: Uint8Array } };

/** What is seen, for a network that takes so many pixels: a drawing is centred; the board's firmware does the rest. */
export function pictureOf(seen: Seen, { h, w }: { readonly h: number; readonly w: number }): Image {
  if ('picture' in seen) return readPicture(seen.picture.bytes, seen.picture.name);
  return digitPicture(seen.ink, h === w && w < PAD_SIDE ? w : PAD_SIDE);
}
