import { encodePng } from '../../pictures/png.ts';
import { blueOf, greenOf, redOf } from '../../deploy/camera/frame.ts';
import type { DisplayState } from '../hardware/devices.ts';
import { isInked, SCREEN_CELL } from './font.ts';
import {
  convertPixel,
  makeImage,
  type GuestImage,
  type ImageFirmware,
  type Rectangle,
} from './guest-image.ts';

/** The screen's memory, 16 bits a pixel, and how the script turned it. */
export class Screen implements DisplayState {
  #image: GuestImage | null = null;
  #isMirrored = false;
  #rotation = 0;
  #wasDrawn = false;
  readonly #firmware: ImageFirmware;

  constructor(firmware: ImageFirmware) {
    this.#firmware = firmware;
  }

  get isOn(): boolean {
    return this.#image !== null;
  }

  get width(): number {
    return this.#image?.width ?? 0;
  }

  get height(): number {
    return this.#image?.height ?? 0;
  }

  /** Switches the screen on, all of one colour. */
  open(width: number, height: number, colour: number): void {
    this.#image = makeImage(width, height, 'rgb565');
    this.#image.pixels.fill(colour);
    this.#rotation = 0;
    this.#wasDrawn = true;
  }

  /** The picture stays in what `png` gives; nothing more is drawn. */
  close(): void {
    if (this.#image) this.#last = this.#image;
    this.#image = null;
  }
  #last: GuestImage | null = null;

  /**
   * Quarter turns. The picture is kept as the script sees it, upright, so that a turn only swaps the sides; what was drawn
   * before is lost, where the board would show it turned.
   */
  rotate(quarters: number): void {
    const image = this.#image;
    if (!image || quarters === this.#rotation) return;
    if ((quarters - this.#rotation) % 2 !== 0) this.#image = makeImage(image.height, image.width, 'rgb565');
    this.#rotation = quarters;
  }

  get rotation(): number {
    return this.#rotation;
  }

  /** Left and right changed over, in what is shown and not in what the script draws. */
  set isMirrored(value: boolean) {
    this.#isMirrored = value;
  }

  get isMirrored(): boolean {
    return this.#isMirrored;
  }

  clear(colour: number): void {
    this.#image?.pixels.fill(colour);
  }

  /**
   * `lcd.display(img, roi, oft)`: the part of the image at the offset, or in the middle of the screen with black about it
   * (py_lcd_display). A part that is larger than the screen is cut to its middle. Returns the pixels that were sent.
   */
  display(image: GuestImage, part: Rectangle, offset: { x: number; y: number } | null): number {
    const screen = this.#image;
    if (!screen) return 0;
    if (offset === null) screen.pixels.fill(0);
    const shown = offset === null ? middleOf(part, screen) : part;
    const left = offset?.x ?? (screen.width - shown.width) >> 1;
    const top = offset?.y ?? (screen.height - shown.height) >> 1;
    for (let y = 0; y < Math.min(shown.height, screen.height - top); y++) {
      for (let x = 0; x < Math.min(shown.width, screen.width - left); x++) {
        const pixel = image.pixels[(shown.y + y) * image.width + shown.x + x];
        const colour = convertPixel(pixel, image.format, 'rgb565', this.#firmware);
        screen.pixels[(top + y) * screen.width + left + x] = colour;
      }
    }
    return offset === null ? screen.width * screen.height : shown.width * shown.height;
  }

  /** `lcd.draw_string(x, y, text, colour, background)`: one line, cut at the right side. Returns the pixels that were sent. */
  drawString(x: number, y: number, text: string, colour: number, background: number): number {
    const screen = this.#image;
    if (!screen || x >= screen.width || y > screen.height - SCREEN_CELL.height) return 0;
    const shown = text.slice(0, Math.max(0, Math.trunc((screen.width - x) / SCREEN_CELL.width)));
    [...shown].forEach((character, index) => {
      for (let dy = 0; dy < SCREEN_CELL.height; dy++) {
        for (let dx = 0; dx < SCREEN_CELL.width; dx++) {
          const at = (y + dy) * screen.width + x + index * SCREEN_CELL.width + dx;
          screen.pixels[at] = isInked(character, SCREEN_CELL, dx, dy) ? colour : background;
        }
      }
    });
    return shown.length * SCREEN_CELL.width * SCREEN_CELL.height;
  }

  png(): Uint8Array | undefined {
    const image = this.#image ?? this.#last;
    if (!image || !this.#wasDrawn) return undefined;
    const { width, height } = image;
    const pixels = new Uint8Array(3 * width * height);
    for (let at = 0; at < width * height; at++) {
      const column = at % width;
      const pixel = image.pixels[this.#isMirrored ? at - column + (width - 1 - column) : at];
      pixels.set([redOf(pixel), greenOf(pixel), blueOf(pixel)], 3 * at);
    }
    return encodePng({ width, height, channels: 3, pixels });
  }
}

/** The middle of a part, no larger than the screen. */
function middleOf(part: Rectangle, screen: GuestImage): Rectangle {
  const width = Math.min(part.width, screen.width);
  const height = Math.min(part.height, screen.height);
  const x = part.x + ((part.width - width) >> 1);
  const y = part.y + ((part.height - height) >> 1);
  return { x, y, width, height };
}
