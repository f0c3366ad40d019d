import { seededIntegers } from '../../seeded-random.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { HostModule } from '../host-module.ts';

/** What `_pin.py` and the LEDs of `pyb.py` call. Edges stand at the end of the call, when the register is written. */
export function pinModule(hardware: VirtualHardware): HostModule {
  const drive = (name: string, isOutput: boolean, level: 0 | 1) => {
    if (isOutput) hardware.pins.set(name, level);
  };
  const draw = seededIntegers(1);
  return {
    /** 30 bits, as the chip's generator gives them, and the same in each run. */
    pyb_rng() {
      hardware.spend('pin.value');
      return draw();
    },
    pin_init(name: string, isOutput: boolean, level: 0 | 1) {
      hardware.spend('pin.init');
      drive(name, isOutput, level);
    },
    pin_write(name: string, isOutput: boolean, level: 0 | 1) {
      hardware.spend('pin.value');
      drive(name, isOutput, level);
    },
    pin_read() {
      hardware.spend('pin.value');
    },
  };
}
