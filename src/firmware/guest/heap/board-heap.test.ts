import { expect, it } from 'vitest';
import { BoardHeap } from './board-heap.ts';
import type { GuestHeap } from './guest-heap.ts';

const HEAP_BYTES = 10_000;

/** A heap that is asked for bytes and asks the board's where its allowance is used up; all of it is garbage. */
function heapOf() {
  const guest = { allocatedBytes: 0, requestedBytes: 0, usedBytes: 0, isLocked: false };
  let allowance = Infinity;
  let collections = 0;
  const heap = Object.assign(guest, {
    setAllowance: (bytes: number) => void (allowance = bytes),
    refuse: () => undefined,
    collect: () => void (guest.usedBytes = 0),
  });
  const board = new BoardHeap({
    ...{ heap: heap as unknown as GuestHeap, heapBytes: HEAP_BYTES, imageBytes: () => 0 },
    freeImages: () => undefined,
    onCollection: () => collections++,
  });
  const take = (bytes: number) => {
    guest.allocatedBytes += bytes;
    guest.usedBytes += bytes;
    guest.requestedBytes = bytes;
    if (guest.allocatedBytes > allowance) board.makeRoom();
  };
  return { board, take, collections: () => collections };
}

it.each([0, 16, 64, 448, 960, 1008])(
  'collects as often when a call of the board that takes %i bytes in here stands between what the script takes',
  (inShim) => {
    const { board, take, collections } = heapOf();
    // As before a script: what a call takes by itself is measured on two of nothing.
    for (let turn = 0; turn < 2; turn++) {
      board.enter(0);
      board.leave();
    }
    board.prepare();
    board.begin();
    for (let turn = 0; turn < 1000; turn++) {
      take(64);
      board.enter(0);
      take(inShim);
      board.leave();
    }
    // 64 kB by the script through a heap of 10 kB.
    expect(collections()).toBe(6);
  },
);
