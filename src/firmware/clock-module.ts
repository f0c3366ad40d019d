import type { VirtualHardware } from './hardware.ts';
import type { HostModule } from './host-module.ts';

const PS_PER_US = 1e6;

/** The board's clock for the time modules of all firmwares: whole microseconds since the start, and sleeping. */
export function clockModule(hardware: VirtualHardware): HostModule {
  return {
    clock_us() {
      hardware.spend('ticks');
      return Math.floor(hardware.nowPs / PS_PER_US);
    },
    clock_sleep_us(us: number) {
      hardware.spend('sleep');
      if (us > 0) hardware.advancePs(Math.round(us * PS_PER_US), 'sleep (asked for)');
    },
    clock_collect() {
      hardware.spend('gc.collect');
    },
    clock_heap_bytes: () => hardware.script.heapBytes.value,
    clock_images_bytes: () => hardware.images?.usedBytes ?? 0,
    clock_core_hz: () => hardware.coreHz,
  };
}
