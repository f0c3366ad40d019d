import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { HostModule } from '../host-module.ts';

/** Pins of the chip by their names on the board (MaixPy 0.5 board.py). */
const BOARD_PINS = {
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
/** First numbers of the two kinds of GPIO in the chip's table of functions. */
const GPIOHS0 = 24;
const GPIO0 = 56;

/** A GPIO is seen at the pin that carries it; one that no pin carries goes by its own name. */
function trackOf(functionNumber: number, pin: number | undefined): string {
  if (pin !== undefined) return PIN_NAMES.get(pin) ?? `IO${pin}`;
  return functionNumber >= GPIO0 ? `GPIO${functionNumber - GPIO0}` : `GPIOHS${functionNumber - GPIOHS0}`;
}

/** What `Maix.py`, `board.py` and `fpioa_manager.py` call. */
export function gpioModule(hardware: VirtualHardware): HostModule {
  const pins = new Map<number, number>();
  const nameOf = (functionNumber: number) => trackOf(functionNumber, pins.get(functionNumber));
  return {
    board_pins: () => JSON.stringify({ pin_num: 48, ...BOARD_PINS }),
    fpioa_set(pin: number, functionNumber: number) {
      hardware.spend('fpioa.set');
      pins.set(functionNumber, pin);
    },
    fpioa_pin_of: (functionNumber: number) => pins.get(functionNumber) ?? -1,
    gpio_init(functionNumber: number) {
      hardware.spend('pin.init');
      hardware.pins.set(nameOf(functionNumber), hardware.pins.level(nameOf(functionNumber)));
    },
    // The register is written at the end of the call.
    gpio_set(functionNumber: number, level: 0 | 1) {
      hardware.spend('pin.value');
      hardware.pins.set(nameOf(functionNumber), level);
    },
    /** What an input reads: nothing is wired to the board, so its pull decides. */
    gpio_input(functionNumber: number, isPulledUp: boolean) {
      hardware.spend('pin.value');
      return Number(isPulledUp || pins.get(functionNumber) === BOARD_PINS.BOOT_KEY);
    },
    gpio_get(functionNumber: number) {
      hardware.spend('pin.value');
      return hardware.pins.level(nameOf(functionNumber));
    },
  };
}
