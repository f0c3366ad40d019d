/** Pins of the chip by their names on the board (MaixPy 0.5 board.py). */
export const BOARD_PINS = {
  ...{ WIFI_TX: 6, WIFI_RX: 7, WIFI_EN: 8, PIN9: 9, PIN10: 10, PIN11: 11 },
  ...{ LED_B: 12, LED_G: 13, LED_R: 14, PIN15: 15, BOOT_KEY: 16, PIN17: 17 },
  ...{ MIC_ARRAY_BCK: 18, MIC_ARRAY_WS: 19, MIC_ARRAY_DATA3: 20, MIC_ARRAY_DATA2: 21 },
  ...{ MIC_ARRAY_DATA1: 22, MIC_ARRAY_DATA0: 23, MIC_ARRAY_LED: 24 },
  ...{ SPI0_CS1: 25, SPI0_MISO: 26, SPI0_CLK: 27, SPI0_MOSI: 28, SPI0_CS0: 29 },
  ...{ MIC0_WS: 30, MIC0_DATA: 31, MIC0_BCK: 32, I2S_WS: 33, I2S_DA: 34, I2S_BCK: 35 },
  ...{ LCD_CS: 36, LCD_RST: 37, LCD_DC: 38, LCD_WR: 39, DVP_SDA: 40, DVP_SCL: 41, DVP_RST: 42 },
  ...{ DVP_VSYNC: 43, DVP_PWDN: 44, DVP_HSYNC: 45, DVP_XCLK: 46, DVP_PCLK: 47 },
} as const;

const PIN_NAMES = new Map<number, string>(Object.entries(BOARD_PINS).map(([name, pin]) => [pin, name]));
/** First numbers in the chip's table of functions (fpioa.h): two kinds of GPIO, and the outputs of the timers. */
const GPIOHS0 = 24;
const GPIO0 = 56;
const TIMER0_TOGGLE1 = 190;
const CHANNELS = 4;

/** Number of the function that is the output of a timer's channel. */
export function toggleFunction(timer: number, channel: number): number {
  return TIMER0_TOGGLE1 + timer * CHANNELS + channel;
}

/** Which pin carries which function of the chip; a pin carries one. */
export class Fpioa {
  readonly #pins = new Map<number, number>();

  set(pin: number, functionNumber: number): void {
    for (const [other, taken] of this.#pins) if (taken === pin) this.#pins.delete(other);
    this.#pins.set(functionNumber, pin);
  }

  pinOf(functionNumber: number): number | undefined {
    return this.#pins.get(functionNumber);
  }

  /** Where a function is seen: at the pin that carries it; one that no pin carries goes by its own name. */
  trackOf(functionNumber: number): string {
    const pin = this.#pins.get(functionNumber);
    if (pin !== undefined) return PIN_NAMES.get(pin) ?? `IO${pin}`;
    const toggle = functionNumber - TIMER0_TOGGLE1;
    if (toggle >= 0) return `TIMER${Math.floor(toggle / CHANNELS)}_TOGGLE${(toggle % CHANNELS) + 1}`;
    return functionNumber >= GPIO0 ? `GPIO${functionNumber - GPIO0}` : `GPIOHS${functionNumber - GPIOHS0}`;
  }
}
