import type { HostModule } from '../host-module.ts';
import { makeImage } from './guest-image.ts';
import { assertGuest, partOf, type ImageParts } from './image-module.ts';
import { pixelOfColour } from './draw-module.ts';
import type { Screen } from './screen.ts';

/** Clock of the bus that `lcd.pixel` of the boards is priced at. */
const PRICED_HZ = 15e6;
const ANY_COLOUR_IMAGE = makeImage(1, 1, 'rgb565');

/** The screen of both firmwares; colours are numbers as `pixelOfColour` says. */
export function lcdModule({ hardware, images, firmware }: ImageParts, screen: Screen): HostModule {
  let busHz = PRICED_HZ;
  const pixelOf = (colour: number) => pixelOfColour(ANY_COLOUR_IMAGE, colour, firmware);
  const send = (pixels: number) => {
    hardware.spend('lcd.call');
    hardware.spend('lcd.pixel', (pixels * PRICED_HZ) / busHz);
  };
  return {
    lcd_init(width: number, height: number, colour: number, hz: number) {
      assertGuest(hz > 0, 'freq must be greater than 0');
      busHz = hz;
      hardware.advancePs(hardware.waitPs('lcd.init'));
      screen.open(width, height, pixelOf(colour));
      send(width * height);
    },
    lcd_deinit: () => screen.close(),
    lcd_is_on: () => screen.isOn,
    lcd_width: () => screen.width,
    lcd_height: () => screen.height,
    lcd_clear(colour: number) {
      screen.clear(pixelOf(colour));
      send(screen.width * screen.height);
    },
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
    lcd_set_hz(hz: number) {
      assertGuest(hz > 0, 'freq must be greater than 0');
      busHz = hz;
    },
    lcd_display(
      handle: number,
      x: number,
      y: number,
      width: number,
      height: number,
      left: number,
      top: number,
    ) {
      const image = images.get(handle);
      const part = partOf(image, { x, y, width, height });
      send(screen.display(image, part, left < 0 || top < 0 ? null : { x: left, y: top }));
    },
    lcd_draw_string: (x: number, y: number, text: string, colour: number, background: number) =>
      send(screen.drawString(x, y, text, pixelOf(colour), pixelOf(background))),
  };
}
