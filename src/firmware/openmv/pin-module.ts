import { seededIntegers } from '../../seeded-random.ts';
import { BoundObjects, type DirectArguments, type DirectFunction } from '../direct-function.ts';
import type { PinMover } from '../hardware/pin-bank.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { HostModule } from '../host-module.ts';

/** A pin as its registers have it. */
interface PinRegisters {
  readonly name: string;
  isOutput: boolean;
  isPulledUp: boolean;
  /** What the output register holds, also while the pin is an input. */
  latch: 0 | 1;
}

type Level = 0 | 1;

const RISING = 1;
const FALLING = 2;

/** The pins of the header: their registers, and the objects of Python that stand for them. */
class Pins {
  readonly #hardware: VirtualHardware;
  readonly #registers = new Map<string, PinRegisters>();
  readonly objects = new BoundObjects<PinRegisters>();

  constructor(hardware: VirtualHardware) {
    this.#hardware = hardware;
  }

  of(name: string): PinRegisters {
    let pin = this.#registers.get(name);
    if (!pin) {
      pin = { name, isOutput: false, isPulledUp: false, latch: 0 };
      this.#registers.set(name, pin);
    }
    return pin;
  }

  /** Edges stand at the end of the call, when the register is written. */
  write(pin: PinRegisters, level: Level): null {
    this.#hardware.spend('pin.value');
    this.drive(pin, level);
    return null;
  }

  drive(pin: PinRegisters, level: Level, by?: PinMover): void {
    pin.latch = level;
    if (pin.isOutput) this.#hardware.pins.set(pin.name, level, by);
  }

  /** An input reads what drives it, and its pull where nothing does. */
  read(pin: PinRegisters): Level {
    this.#hardware.spend('pin.value');
    if (pin.isOutput) return pin.latch;
    return this.#hardware.inputs.level(pin.name) ?? (Number(pin.isPulledUp) as Level);
  }

  /** A method of pins without its shim: `count` arguments at the most, the pin included. */
  direct(count: number, run: (pin: PinRegisters, given: DirectArguments) => Level | null): DirectFunction {
    const find = (given: DirectArguments) => {
      const pin = given.count <= count ? this.objects.find(given) : undefined;
      const isPlain = pin && (given.count < 2 || given.isTrue !== undefined);
      return isPlain && !this.#hardware.pins.isBeforeLast(pin.name) ? pin : undefined;
    };
    return { find, run } as DirectFunction;
  }
}

/** What `_pin.py` and the LEDs of `pyb.py` call. */
export function pinModule(hardware: VirtualHardware): HostModule {
  const pins = new Pins(hardware);
  addDirects(hardware, pins);
  hardware.drivePin = (name, level) => pins.drive(pins.of(name), level, 'vsync');
  const draw = seededIntegers(1);
  return {
    /** 30 bits, as the chip's generator gives them, and the same in each run. */
    pyb_rng() {
      hardware.spend('pin.value');
      return draw();
    },
    pin_bind: (self: number, kind: number, name: string) => pins.objects.bind(self, kind, pins.of(name)),
    /** `level` is -1 where the script gives none. */
    pin_init(name: string, isOutput: boolean, isPulledUp: boolean, level: Level | -1) {
      const pin = pins.of(name);
      hardware.spend('pin.init');
      Object.assign(pin, { isOutput, isPulledUp });
      pins.drive(pin, level === -1 ? pin.latch : level);
    },
    pin_write: (name: string, level: Level) => pins.write(pins.of(name), level),
    pin_toggle: (name: string) => pins.write(pins.of(name), opposite(pins.of(name))),
    pin_read: (name: string) => pins.read(pins.of(name)),
    /**
     * Has a function called at edges of a pin, or none: bit 0 rising, bit 1 falling. ExtInt is called in the interrupt
     * itself, Pin.irq behind the C call that runs, unless it is `hard` (extint.c).
     */
    pin_listen(name: string, handler: number, edges: number, isHard: boolean) {
      hardware.spend('pin.value');
      const choice = { rising: (edges & RISING) !== 0, falling: (edges & FALLING) !== 0 };
      hardware.inputs.listen(name, choice, () =>
        hardware.interrupts.raise(handler, isHard ? 'immediate' : 'scheduled'),
      );
    },
    /** A register of something else than a pin: an LED, the converter, edges. */
    pin_spend: () => hardware.spend('pin.value'),
  };
}

function addDirects({ directs }: VirtualHardware, pins: Pins): void {
  const value = (pin: PinRegisters, given: DirectArguments) =>
    given.count === 1 ? pins.read(pin) : pins.write(pin, given.isTrue ? 1 : 0);
  directs.set('pin.value', pins.direct(2, value));
  directs.set(
    'pin.on',
    pins.direct(1, (pin) => pins.write(pin, 1)),
  );
  directs.set(
    'pin.off',
    pins.direct(1, (pin) => pins.write(pin, 0)),
  );
  directs.set(
    'pin.toggle',
    pins.direct(1, (pin) => pins.write(pin, opposite(pin))),
  );
}

function opposite({ latch }: PinRegisters): Level {
  return latch === 1 ? 0 : 1;
}
