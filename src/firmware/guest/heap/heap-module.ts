import type { HostModule } from '../../host-module.ts';
import type { BoardHeap } from './board-heap.ts';

/** The board's heap for the module gc of all firmwares. */
export function heapModule(heap: () => BoardHeap): HostModule {
  return {
    heap_prepare: () => heap().prepare(),
    heap_collect: () => heap().collect(),
    heap_used: () => heap().usedBytes,
    heap_free: () => heap().freeBytes,
    heap_is_automatic: () => heap().isAutomatic,
    heap_set_automatic(isAutomatic: boolean) {
      heap().isAutomatic = isAutomatic;
    },
    heap_threshold: () => (heap().threshold === Infinity ? -1 : heap().threshold),
    heap_set_threshold(bytes: number) {
      heap().threshold = bytes < 0 ? Infinity : bytes;
    },
  };
}
