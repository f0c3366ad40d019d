import { FIELDS, type Raster } from './raster.ts';
import type { Plane } from './window-sums.ts';

/** Each field of an image becomes what `filter` makes of all its values, by the most that it holds. */
export function filterFields(image: Raster, filter: (plane: Plane, most: number) => ArrayLike<number>): void {
  const { width, height, pixels } = image;
  const results = FIELDS[image.format].map(({ shift, most }) => {
    const values = new Uint8Array(width * height);
    for (let at = 0; at < values.length; at++) values[at] = (pixels[at] >> shift) & most;
    return { shift, values: filter({ width, height, values }, most) };
  });
  pixels.fill(0, 0, width * height);
  for (const { shift, values } of results) {
    for (let at = 0; at < values.length; at++) pixels[at] |= values[at] << shift;
  }
}
