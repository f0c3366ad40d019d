import type { VirtualHardware } from './hardware/virtual-hardware.ts';
import type { HostModule } from './host-module.ts';
import type { Interpreter } from './interpreter.ts';

/** What a firmware offers to scripts on top of MicroPython: Python files and the host functions that they call. */
export interface FirmwareKit {
  /** Name in the board's `runtime.script.modules`. */
  readonly id: string;
  /** Python files of the kit, as paths below src/firmware/ ("maixpy/KPU.py"); a file's name is its module's. */
  readonly shims: readonly string[];
  /**
   * Names that lead a script to a shim though MicroPython has a module of that name built in, which would ignore the
   * file: `{ utime: '_time' }` makes `import utime` give the shim _time.py. Names of plain files need no entry.
   */
  readonly aliases: Readonly<Record<string, string>>;
  /** Whether scripts load models from addresses of the flash. */
  readonly readsFlash?: boolean;
  /** Modules that the firmware has and this project does not model: importing one ends the run. */
  readonly absent?: readonly string[];
  /** Who the firmware's MicroPython says that it is. */
  readonly interpreter: Interpreter;
  /** Names that the firmware's own start leaves in the script's scope: a module, or a module and its name. */
  readonly bootNames?: Readonly<Record<string, string>>;
  /** Folder of the memory card, in which scripts start where it is in. */
  readonly card?: string;
  /** Folder in which scripts start and where files without a folder lie; `/` where absent. */
  readonly home?: string;
  /** The measuring loop of the paper for this firmware, as a path below src/firmware/. */
  readonly paperLoop?: string;
  /** Host modules of one run. */
  readonly modules: (hardware: VirtualHardware) => readonly HostModule[];
}

/** Python files of every kit: the way to the host, and the board's time, gc and os. */
export const GUEST_SHIMS: readonly string[] = [
  '_vhw',
  '_files',
  '_boot',
  '_time',
  '_gc',
  '_os',
  '_sys',
  '_micropython',
  '_interrupts',
].map((name) => `guest/shims/${name}.py`);

/** Builtin modules of MicroPython that every kit puts its own shim in place of. */
export const GUEST_ALIASES: Readonly<Record<string, string>> = Object.fromEntries([
  ...['time', 'utime'].map((name) => [name, '_time'] as const),
  ...['os', 'uos'].map((name) => [name, '_os'] as const),
  ...['sys', 'usys'].map((name) => [name, '_sys'] as const),
  ['gc', '_gc'],
  ['micropython', '_micropython'],
]);

/** What the bus classes of the firmwares share. */
export const BUS_SHIM = 'buses/_buses.py';
