/** When a block is needed, from its first step to its last (both included). */
export interface StepSpan {
  readonly firstStep: number;
  readonly lastStep: number;
}

export interface Placement {
  readonly totalBytes: number;
  /** By position of the block; 0 for one that `order` leaves out. */
  readonly offsets: readonly number[];
}

/**
 * Blocks of one memory, placed one after the other in the given order: each at the lowest offset where it does not meet
 * a block that is needed at the same step.
 */
export function placeGreedily(
  spans: readonly StepSpan[],
  bytes: readonly number[],
  order: readonly number[],
): Placement {
  const offsets: number[] = new Array<number>(bytes.length).fill(0);
  const neighbours: number[] = [];
  let totalBytes = 0;
  for (let place = 0; place < order.length; place++) {
    const block = order[place];
    const { firstStep, lastStep } = spans[block];
    neighbours.length = 0;
    for (let other = 0; other < place; other++) {
      const { firstStep: otherFirst, lastStep: otherLast } = spans[order[other]];
      if (firstStep <= otherLast && otherFirst <= lastStep) neighbours.push(order[other]);
    }
    neighbours.sort((a, b) => offsets[a] - offsets[b]);
    offsets[block] = lowestGap(bytes[block], neighbours, bytes, offsets);
    totalBytes = Math.max(totalBytes, offsets[block] + bytes[block]);
  }
  return { totalBytes, offsets };
}

function lowestGap(
  bytes: number,
  neighbours: readonly number[],
  takenBytes: readonly number[],
  offsets: readonly number[],
): number {
  let offset = 0;
  for (const other of neighbours) {
    if (offsets[other] - offset >= bytes) return offset;
    offset = Math.max(offset, offsets[other] + takenBytes[other]);
  }
  return offset;
}
