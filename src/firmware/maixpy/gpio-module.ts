import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { HostModule } from '../host-module.ts';
import { BOARD_PINS, type Fpioa } from './fpioa.ts';

/** What `Maix.py`, `board.py` and `fpioa_manager.py` call. */
export function gpioModule(hardware: VirtualHardware, fpioa: Fpioa): HostModule {
  const nameOf = (functionNumber: number) => fpioa.trackOf(functionNumber);
  return {
    board_pins: () => JSON.stringify({ pin_num: 48, ...BOARD_PINS }),
    fpioa_set(pin: number, functionNumber: number) {
      hardware.spend('fpioa.set');
      fpioa.set(pin, functionNumber);
    },
    fpioa_pin_of: (functionNumber: number) => fpioa.pinOf(functionNumber) ?? -1,
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
      return Number(isPulledUp || fpioa.pinOf(functionNumber) === BOARD_PINS.BOOT_KEY);
    },
    gpio_get(functionNumber: number) {
      hardware.spend('pin.value');
      return hardware.pins.level(nameOf(functionNumber));
    },
  };
}
