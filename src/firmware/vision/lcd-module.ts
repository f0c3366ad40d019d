import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { HostModule } from '../host-module.ts';
import { pixelOfColour } from './draw-module.ts';
import { isGrey, makeImage } from './guest-image.ts';
import type { PointArguments, RectangleArguments } from './host-arguments.ts';
import { assertGuest, partOf, type ImageParts } from './image-parts.ts';
import type { Screen } from './screen.ts';

/** Two bytes a pixel go over the bus. */
const PIXEL_BYTES = 2;
/** A pixel is read and written before it is sent. */
const PREPARED_BYTES = 4;
const ANY_COLOUR_IMAGE = makeImage(1, 1, 'rgb565');

/** The bus to the screen, at the clock that the script chose. */
class ScreenBus {
  readonly #hardware: VirtualHardware;
  #askedHz: number;
  /** Pictures are sent while the script goes on. */
  isBehind = false;

  constructor(hardware: VirtualHardware) {
    this.#hardware = hardware;
    this.#askedHz = hardware.frames?.path.screenClock.askedHz.value ?? 0;
  }

  setHz(hz: number): void {
    assertGuest(hz > 0, 'freq must be greater than 0');
    this.#askedHz = hz;
  }

  /** Prepares the pixels of a picture and sends them, with the rest of the area that is sent along. */
  show(pictured: number, sent: number, isGrey = false): void {
    this.#hardware.spend('lcd.call');
    if (isGrey) this.#lookUp(pictured);
    else this.#hardware.spendLoop('lcd.pixel', pictured, PREPARED_BYTES * pictured);
    this.#send(sent, false);
  }

  /** Grey pixels go through a table, on one core (lcd.c:407-418 of MaixPy). */
  #lookUp(pixels: number): void {
    this.#hardware.spend('lcd.pixel', pixels * (this.#hardware.frames?.path.loopCores.value ?? 1));
  }

  /** Sends one colour over so many pixels. */
  fill(pixels: number): void {
    this.#hardware.spend('lcd.call');
    this.#send(pixels, true);
  }

  #send(pixels: number, isFill: boolean): void {
    if (pixels === 0) return;
    const { isBehind } = this;
    const op = {
      kind: 'send',
      bytes: PIXEL_BYTES * pixels,
      isFill,
      isBehind,
      askedHz: this.#askedHz,
    } as const;
    this.#hardware.wait(op, 'screen (wait)');
  }
}

/** The screen of both firmwares; colours are numbers as `pixelOfColour` says. */
export function lcdModule(parts: ImageParts, screen: Screen): HostModule {
  const bus = new ScreenBus(parts.hardware);
  return { ...settingsModule(parts, screen, bus), ...showingModule(parts, screen, bus) };
}

function pixelMaker({ firmware }: ImageParts): (colour: number) => number {
  return (colour) => pixelOfColour(ANY_COLOUR_IMAGE, colour, firmware);
}

type InitArguments = [width: number, height: number, colour: number, hz: number, isBehind?: boolean];

function settingsModule(parts: ImageParts, screen: Screen, bus: ScreenBus): HostModule {
  const { hardware } = parts;
  const pixelOf = pixelMaker(parts);
  return {
    lcd_init(...[width, height, colour, hz, isBehind = false]: InitArguments) {
      bus.setHz(hz);
      bus.isBehind = isBehind;
      hardware.advancePs(hardware.waitPs('lcd.init'));
      screen.open(width, height, pixelOf(colour));
      bus.fill(width * height);
    },
    lcd_deinit: () => screen.close(),
    lcd_is_on: () => screen.isOn,
    lcd_width: () => screen.width,
    lcd_height: () => screen.height,
    /** Asks where `quarters` is -1. */
    lcd_rotation(quarters: number) {
      if (quarters >= 0) screen.rotate(quarters);
      hardware.spend('lcd.call');
      return screen.rotation;
    },
    lcd_mirror(isMirrored: boolean) {
      screen.isMirrored = isMirrored;
      hardware.spend('lcd.call');
    },
    lcd_set_hz: (hz: number) => bus.setHz(hz),
  };
}

type DisplayArguments = [...roi: RectangleArguments, ...corner: PointArguments];

function showingModule(parts: ImageParts, screen: Screen, bus: ScreenBus): HostModule {
  const pixelOf = pixelMaker(parts);
  return {
    lcd_clear(colour: number) {
      screen.clear(pixelOf(colour));
      bus.fill(screen.width * screen.height);
    },
    lcd_display(handle: number, ...[x, y, width, height, left, top]: DisplayArguments) {
      const image = parts.images.get(handle);
      const part = partOf(image, { x, y, width, height });
      const sent = screen.display(image, part, left < 0 || top < 0 ? null : { x: left, y: top });
      bus.show(Math.min(sent, part.width * part.height), sent, isGrey(image));
    },
    lcd_draw_string(x: number, y: number, text: string, colour: number, background: number) {
      const pixels = screen.drawString(x, y, text, pixelOf(colour), pixelOf(background));
      bus.show(pixels, pixels);
    },
  };
}
