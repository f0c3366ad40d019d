import type { VirtualHardware } from './hardware.ts';
import type { HostModule } from './host-module.ts';

/** What a firmware offers to scripts on top of MicroPython: Python files and the host functions that they call. */
export interface FirmwareKit {
  /** Name in the board's `runtime.script.modules`. */
  readonly id: string;
  /** Python files of the kit, as paths below src/firmware/ ("maixpy/KPU.py"); a file's name is its module's. */
  readonly shims: readonly string[];
  /** Builtin modules that a shim of that name replaces: built in, they would ignore the file. */
  readonly replaces: readonly string[];
  /** Host modules of one run. */
  readonly modules: (hardware: VirtualHardware) => readonly HostModule[];
}
