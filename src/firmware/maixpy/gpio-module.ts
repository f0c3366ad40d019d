import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { HostModule } from '../host-module.ts';
import { BOARD_PINS, type Fpioa } from './fpioa.ts';

const FALLING = 1;
const RISING = 2;

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
    /** An input's register is written, which moves nothing. */
    gpio_latch: () => hardware.spend('pin.value'),
    /** What an input reads: what is wired to it; where nothing is, its pull decides. */
    gpio_input(functionNumber: number, isPulledUp: boolean) {
      hardware.spend('pin.value');
      const driven = hardware.inputs.level(nameOf(functionNumber));
      return driven ?? Number(isPulledUp || fpioa.pinOf(functionNumber) === BOARD_PINS.BOOT_KEY);
    },
    /** Edges: bit 0 falling, bit 1 rising (gpio_pin_edge_t of the SDK). */
    gpio_irq(functionNumber: number, handler: number, edges: number) {
      hardware.spend('pin.init');
      const choice = { falling: (edges & FALLING) !== 0, rising: (edges & RISING) !== 0 };
      hardware.inputs.listen(nameOf(functionNumber), choice, () =>
        hardware.interrupts.raise(handler, 'scheduled'),
      );
    },
    kpu_hz: () => hardware.board.clocks.find(({ id }) => id === 'kpu')?.hz.value ?? hardware.coreHz,
    gpio_get(functionNumber: number) {
      hardware.spend('pin.value');
      return hardware.pins.level(nameOf(functionNumber));
    },
  };
}
