import type { HostModule } from '../host-module.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import type { ScriptClock } from './script-clock.ts';
import type { MissingNames } from './missing-names.ts';
import type { DirectCalls } from './direct/direct-calls.ts';
import { BoardHeap } from './heap/board-heap.ts';
import type { GuestHeap } from './heap/guest-heap.ts';

/** A run as far as its heap goes, which stands once the interpreter is loaded. */
interface HeapStage {
  readonly hardware: VirtualHardware;
  readonly clock: ScriptClock;
  readonly heap?: BoardHeap;
  readonly direct?: DirectCalls;
  readonly missing: MissingNames;
}

/** What a shim, an image and the start of the script tell clock and heap. */
export function runModule(stage: HeapStage): HostModule {
  const { clock, missing } = stage;
  return {
    native_enter(argumentCount: number) {
      stage.heap!.enter(argumentCount);
      clock.enter();
      if (missing.isIgnored()) clock.stop('exception');
    },
    native_leave() {
      clock.leave();
      stage.heap!.leave();
    },
    script_begin() {
      stage.heap!.begin();
      clock.begin();
    },
    script_end() {
      clock.end();
      stage.heap!.end();
    },
    image_watch(handle: number, address: number) {
      stage.heap!.watch(address, () => stage.hardware.images!.drop(handle));
    },
    direct_install: (builtin: number) => stage.direct!.install(builtin),
    /** Whether there is a direct function of that name, which the next shim handed over is then for. */
    direct_prepare: (name: string) => stage.direct!.prepare(stage.hardware.directs.get(name)),
    missing_met: (message: string) => missing.meet(message),
  };
}

/** The board's heap of a run: its collections take time, and are seen in the trace. */
export function boardHeapOf(
  { hardware, clock }: Pick<HeapStage, 'hardware' | 'clock'>,
  heap: GuestHeap,
): BoardHeap {
  const onCollection = (liveBytes: number) => {
    clock.catchUp();
    const startPs = hardware.nowPs;
    hardware.spend('gc.collect');
    hardware.spend('gc.byte', liveBytes);
    hardware.trace.span('heap', 'gc', startPs, hardware.nowPs - startPs);
    hardware.trace.counter('heap bytes', hardware.nowPs, liveBytes);
    clock.catchUp();
  };
  const imageBytes = () => hardware.images?.usedBytes ?? 0;
  const freeImages = () => hardware.images?.collect();
  const heapBytes = hardware.script.heapBytes.value;
  return new BoardHeap({ heap, heapBytes, imageBytes, freeImages, onCollection });
}
