import { OccupiedSpans } from './occupied-spans.ts';

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

/** Blocks up to which comparing each with each is faster than a tree over the steps. */
const FEW_BLOCKS = 96;

/** What is to be placed: blocks with their bytes, the order in which they come, and offsets that are given beforehand. */
export interface Blocks {
  readonly spans: readonly StepSpan[];
  readonly bytes: readonly number[];
  readonly order: readonly number[];
  /** By position of the block; undefined where it is to be found. */
  readonly given?: readonly (number | undefined)[];
}

/**
 * Blocks of one memory, placed one after the other in the given order: each at its given offset, or at the lowest one
 * where it does not meet a block that is needed at the same step.
 */
export function placeGreedily(blocks: Blocks): Placement {
  return blocks.order.length > FEW_BLOCKS ? placeInTree(blocks) : placeByComparing(blocks);
}

/** The same places as `placeByComparing` finds. */
export function placeInTree({ spans, bytes, order, given }: Blocks): Placement {
  const offsets: number[] = new Array<number>(bytes.length).fill(0);
  let [first, last, totalBytes] = [Infinity, -Infinity, 0];
  for (const block of order) {
    first = Math.min(first, spans[block].firstStep);
    last = Math.max(last, spans[block].lastStep);
  }
  const occupied = new OccupiedSpans(first, last);
  for (const block of order) {
    if (bytes[block] === 0) continue; // At 0, and in nobody's way.
    const { firstStep, lastStep } = spans[block];
    const offset = given?.[block] ?? occupied.lowestGap(firstStep, lastStep, bytes[block]);
    occupied.add(firstStep, lastStep, offset, bytes[block]);
    offsets[block] = offset;
    totalBytes = Math.max(totalBytes, offset + bytes[block]);
  }
  return { totalBytes, offsets };
}

export function placeByComparing({ spans, bytes, order, given }: Blocks): Placement {
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
    offsets[block] = given?.[block] ?? lowestGap(bytes[block], neighbours, bytes, offsets);
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
