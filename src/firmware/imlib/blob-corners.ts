import { f32 } from './float32.ts';
import type { Corner } from './min-rectangle.ts';
import type { Region } from './raster.ts';

/** Directions in which the outermost point of a blob is kept (FIND_BLOBS_CORNERS_RESOLUTION). */
export const DIRECTIONS = 20;

/** The firmware's tables of sines have six digits. */
const sixDigits = (value: number) => f32(Math.round(value * 1e6) / 1e6);
const angleOf = (direction: number) => (direction * 2 * Math.PI) / DIRECTIONS;
const COSINES = Array.from({ length: DIRECTIONS }, (_, index) => sixDigits(Math.cos(angleOf(index))));
const SINES = Array.from({ length: DIRECTIONS }, (_, index) => sixDigits(Math.sin(angleOf(index))));

const along = (direction: number, x: number, y: number) =>
  f32(f32(x * COSINES[direction]) + f32(y * SINES[direction]));

/** The furthest corner against a direction; a direction of 0 has no side and takes it all. */
function furthest(cosine: number, most: number): number {
  return cosine < 0 ? 0 : most;
}

/** The outermost points of one blob after the other while they are filled; several as far are averaged. */
export class BlobCorners {
  readonly #firstXs: Int32Array;
  readonly #firstYs: Int32Array;
  readonly #firstLeast: Float64Array;
  readonly #xs = new Int32Array(DIRECTIONS);
  readonly #ys = new Int32Array(DIRECTIONS);
  readonly #least = new Float64Array(DIRECTIONS);
  readonly #counts = new Int32Array(DIRECTIONS);

  constructor({ x, y, width, height }: Region) {
    this.#firstXs = Int32Array.from(COSINES, (cosine) => furthest(cosine, x + width - 1));
    this.#firstYs = Int32Array.from(SINES, (sine) => furthest(sine, y + height - 1));
    this.#firstLeast = Float64Array.from(COSINES, (_, index) =>
      along(index, this.#firstXs[index], this.#firstYs[index]),
    );
  }

  /** Begins the next blob. */
  begin(): void {
    this.#xs.set(this.#firstXs);
    this.#ys.set(this.#firstYs);
    this.#least.set(this.#firstLeast);
    this.#counts.fill(1);
  }

  add(left: number, right: number, y: number): void {
    const middle = Math.trunc((left + right) / 2);
    for (let index = 0; index < DIRECTIONS; index++) {
      const x = COSINES[index] > 0 ? left : COSINES[index] === 0 ? middle : right;
      const reach = along(index, x, y);
      if (reach < this.#least[index]) {
        this.#least[index] = reach;
        this.#xs[index] = x;
        this.#ys[index] = y;
        this.#counts[index] = 1;
      } else if (reach === this.#least[index]) {
        const count = this.#counts[index]++;
        this.#xs[index] = Math.trunc((x + count * this.#xs[index]) / (count + 1));
        this.#ys[index] = Math.trunc((y + count * this.#ys[index]) / (count + 1));
      }
    }
  }

  get corners(): Corner[] {
    return Array.from(this.#xs, (x, index) => [x, this.#ys[index]]);
  }
}

/** Corners of two blobs as one; the firmware weighs the second one's y by the cosine as well. */
export function mergeCorners(corners: readonly Corner[], others: readonly Corner[]): Corner[] {
  return corners.map((corner, index) => {
    const [x, y] = others[index];
    const reach = f32(f32(x * COSINES[index]) + f32(y * COSINES[index]));
    return reach < along(index, corner[0], corner[1]) ? others[index] : corner;
  });
}
