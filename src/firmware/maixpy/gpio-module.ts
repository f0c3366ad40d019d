import { BoundObjects, type DirectArguments, type DirectFunction } from '../direct-function.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { HostModule } from '../host-module.ts';
import { BOARD_PINS, type Fpioa } from './fpioa.ts';

const FALLING = 1;
const RISING = 2;
/** Modes of the driver (GPIO.OUT and GPIO.PULL_UP of `Maix.py`). */
const OUT = 3;
const PULL_UP = 2;

/** What a GPIO object of Python is. */
interface GpioObject {
  readonly functionNumber: number;
  readonly mode: number;
}

/** What `Maix.py`, `board.py` and `fpioa_manager.py` call. */
export function gpioModule(hardware: VirtualHardware, fpioa: Fpioa): HostModule {
  const objects = new BoundObjects<GpioObject>();
  const levels = levelFunctions(hardware, fpioa);
  addDirect(hardware, { fpioa, objects, levels });
  const nameOf = (functionNumber: number) => fpioa.trackOf(functionNumber);
  return {
    board_pins: () => JSON.stringify({ pin_num: 48, ...BOARD_PINS }),
    fpioa_set(pin: number, functionNumber: number) {
      hardware.spend('fpioa.set');
      fpioa.set(pin, functionNumber);
    },
    fpioa_pin_of: (functionNumber: number) => fpioa.pinOf(functionNumber) ?? -1,
    gpio_bind: (self: number, kind: number, functionNumber: number, mode: number) =>
      objects.bind(self, kind, { functionNumber, mode }),
    gpio_init(functionNumber: number) {
      hardware.spend('pin.init');
      hardware.pins.set(nameOf(functionNumber), hardware.pins.level(nameOf(functionNumber)));
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
    ...levels,
  };
}

type Levels = ReturnType<typeof levelFunctions>;

function levelFunctions(hardware: VirtualHardware, fpioa: Fpioa) {
  const nameOf = (functionNumber: number) => fpioa.trackOf(functionNumber);
  return {
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
    gpio_get(functionNumber: number) {
      hardware.spend('pin.value');
      return hardware.pins.level(nameOf(functionNumber));
    },
  };
}

interface GpioParts {
  readonly fpioa: Fpioa;
  readonly objects: BoundObjects<GpioObject>;
  readonly levels: Levels;
}

/** `GPIO.value` without its shim. */
function addDirect({ directs, pins }: VirtualHardware, { fpioa, objects, levels }: GpioParts): void {
  const find = (given: DirectArguments) => {
    const gpio = given.count <= 2 ? objects.find(given) : undefined;
    if (!gpio || (given.count === 2 && given.isTrue === undefined)) return undefined;
    return pins.isBeforeLast(fpioa.trackOf(gpio.functionNumber)) ? undefined : gpio;
  };
  const read = ({ functionNumber, mode }: GpioObject) =>
    mode === OUT ? levels.gpio_get(functionNumber) : levels.gpio_input(functionNumber, mode === PULL_UP);
  const write = ({ functionNumber, mode }: GpioObject, level: 0 | 1) => {
    if (mode === OUT) levels.gpio_set(functionNumber, level);
    else levels.gpio_latch();
    return null;
  };
  const run = (gpio: GpioObject, given: DirectArguments) =>
    given.count === 1 ? read(gpio) : write(gpio, given.isTrue ? 1 : 0);
  directs.set('GPIO.value', { find, run } as DirectFunction);
}
