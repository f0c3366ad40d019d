import type { VirtualHardware } from './virtual-hardware.ts';
import type { HostModule } from '../host-module.ts';
import { PS_PER_SECOND, PS_PER_US, msFromPs, type Ps } from '../../units.ts';

/** Where the boards' ticks begin again. */
const TICKS_PERIOD = 2 ** 30;

/**
 * The board's clock for the time modules of all firmwares: microseconds as they wrap around, whole milliseconds since the
 * start, and sleeping. Numbers stay below 2^31, since larger ones do not cross into Python.
 */
export function clockModule(hardware: VirtualHardware): HostModule {
  const ticks = tickFunctions(hardware);
  for (const [name, run] of Object.entries(ticks))
    hardware.directs.set(name, { find: ({ count }) => count === 0 || undefined, run });
  return {
    ...ticks,
    /** `polls` is for a delay that lets functions for interrupts run, as that in ms does. */
    clock_sleep_us(us: number, polls: boolean) {
      hardware.spend('sleep');
      // The run ends inside of a sleep that is longer than what is left of it.
      const leftPs = Math.max(0, hardware.limitPs - hardware.nowPs);
      const endPs = hardware.nowPs + Math.min(Math.round(us * PS_PER_US), leftPs);
      if (us > 0) sleepUntil(hardware, endPs, polls ? endPs - hardware.waitPs('sleep.busy') : -Infinity);
    },
    clock_heap_bytes: () => hardware.script.heapBytes.value,
    clock_core_hz: () => hardware.coreHz,
  };
}

function tickFunctions(hardware: VirtualHardware) {
  return {
    clock_us() {
      hardware.spend('ticks');
      return Math.floor(hardware.nowPs / PS_PER_US) % TICKS_PERIOD;
    },
    clock_ms() {
      hardware.spend('ticks');
      return Math.floor(msFromPs(hardware.nowPs));
    },
    clock_cycles() {
      hardware.spend('ticks');
      return Math.floor((hardware.nowPs / PS_PER_SECOND) * hardware.coreHz) % TICKS_PERIOD;
    },
  };
}

/** The last part of a delay is a busy loop, in which a function that comes due waits for the end. */
function sleepUntil(hardware: VirtualHardware, endPs: Ps, pollsUntilPs: Ps): void {
  const { clockworks, interrupts } = hardware;
  const sleepTo = (ps: Ps) => {
    if (ps > hardware.nowPs) hardware.advancePs(ps - hardware.nowPs, 'sleep (asked for)');
  };
  if (hardware.nowPs <= pollsUntilPs) interrupts.callWaiting();
  for (let ps = clockworks.nextInterruptPs; ps <= pollsUntilPs; ps = clockworks.nextInterruptPs) {
    sleepTo(ps);
    interrupts.callWaiting();
  }
  sleepTo(endPs);
}
