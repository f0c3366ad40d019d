import { boardById } from '../../src/boards/index.ts';
import type { HostFunction } from '../../src/firmware/host-module.ts';
import type { CameraSource } from '../../src/firmware/hardware/devices.ts';
import { VirtualHardware } from '../../src/firmware/hardware/virtual-hardware.ts';
import type { ImageFirmware } from '../../src/firmware/vision/guest-image.ts';
import { visionModules } from '../../src/firmware/vision/index.ts';

const BOARD_OF = { maixpy: 'maixduino', openmv: 'openmv-h7-plus' } as const;

export interface VisionHost {
  readonly hardware: VirtualHardware;
  /** Calls a host function as the Python files do. */
  call<T = number>(name: string, ...args: readonly unknown[]): T;
  /** Units that were charged under a name since the last question. */
  spent(name: string): number;
  pixels(handle: number): number[];
}

/** The host functions of image, sensor and lcd on the board of a firmware, without a guest. */
export function visionHost(
  firmware: ImageFirmware,
  files: Readonly<Record<string, Uint8Array>> = {},
  camera?: CameraSource,
  limitPs = Infinity,
): VisionHost {
  const hardware = new VirtualHardware({
    ...{ board: boardById(BOARD_OF[firmware]), files: new Map(Object.entries(files)), limitPs },
    ...(camera && { camera }),
  });
  const functions: Record<string, HostFunction> = Object.assign({}, ...visionModules(hardware, firmware));
  const told = new Map<string, number>();
  return {
    hardware,
    call: (name, ...args) => (functions[name] as (...all: readonly unknown[]) => never)(...args),
    spent(name) {
      const count = hardware.spent.find((entry) => entry.name === name)?.count ?? 0;
      const before = told.get(name) ?? 0;
      told.set(name, count);
      return count - before;
    },
    pixels: (handle) => [...hardware.images!.frameOf(handle).pixels],
  };
}
