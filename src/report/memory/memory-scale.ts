/** A stretch of bytes, `end` exclusive. */
interface Range {
  readonly start: number;
  end: number;
}

/** Where a byte is drawn, so that stretches that no block ever uses take little room. */
export interface ByteScale {
  /** Height of a byte in the units of the drawing. */
  readonly place: (byte: number) => number;
  readonly highest: number;
  /** Bytes to name on the axis where stretches were left out; the edges of what is used. */
  readonly ticks: readonly number[] | undefined;
}

/** A free stretch above this share of all is drawn shorter. */
const LARGE_GAP = 0.3;
const DRAWN_GAP = 0.08;

function unite(blocks: readonly { offset: number; plannedBytes: number }[]): Range[] {
  const sorted = [...blocks].sort((a, b) => a.offset - b.offset);
  const ranges: Range[] = [];
  for (const { offset, plannedBytes } of sorted) {
    const last = ranges.at(-1);
    if (last && offset <= last.end) last.end = Math.max(last.end, offset + plannedBytes);
    else ranges.push({ start: offset, end: offset + plannedBytes });
  }
  return ranges;
}

/** A scale from byte 0 to `plannedBytes` or the end of the last block. */
export function byteScale(
  blocks: readonly { offset: number; plannedBytes: number }[],
  plannedBytes: number,
): ByteScale {
  const used = unite(blocks);
  const highest = Math.max(plannedBytes, used.at(-1)?.end ?? 0, 1);
  const starts = [0, ...used.map(({ end }) => end)];
  const gaps = used
    .map(({ start }, index) => ({ from: starts[index], to: start }))
    .filter(({ from, to }) => to - from > LARGE_GAP * highest);
  const left = highest - gaps.reduce((sum, { from, to }) => sum + to - from, 0);
  const drawn = DRAWN_GAP * left;
  const place = (byte: number): number =>
    gaps.reduce((at, { from, to }) => {
      if (byte <= from) return at;
      const share = Math.min((byte - from) / (to - from), 1);
      return at - share * (to - from - drawn);
    }, byte);
  const edges = [...new Set(used.flatMap(({ start, end }) => [start, end]))];
  return { place, highest: place(highest), ticks: gaps.length > 0 ? edges : undefined };
}
