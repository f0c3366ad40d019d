const [LITERAL, FAR_COPY] = [0, 3];
/** Longer literals have their length behind the tag, in one to four bytes; the blocks of a writer are of at most 64 kB. */
const LONG_LITERAL = 60;
const MOST_LENGTH_BYTES = 3;

/** The number in some bytes, the lowest first. */
const littleEndian = (bytes: Uint8Array): number => bytes.reduceRight((sum, byte) => 256 * sum + byte, 0);

/** Bytes that the elements of a block make, where they end with it; else NaN. */
function rawBytesOf(block: Uint8Array, start: number): number {
  let [at, rawBytes] = [start, 0];
  while (at < block.length) {
    const tag = block[at++];
    const kind = tag & 3;
    let bytes = (tag >> 2) + 1;
    if (kind === LITERAL && bytes > LONG_LITERAL) {
      const lengthBytes = bytes - LONG_LITERAL;
      if (lengthBytes > MOST_LENGTH_BYTES) return Number.NaN;
      bytes = littleEndian(block.subarray(at, at + lengthBytes)) + 1;
      at += lengthBytes;
    } else if (kind === 1) bytes = ((tag >> 2) & 7) + 4;
    else if (kind === FAR_COPY) return Number.NaN;
    at += kind === LITERAL ? bytes : kind;
    rawBytes += bytes;
  }
  return at === block.length ? rawBytes : Number.NaN;
}

/**
 * Throws a RangeError for a block of Snappy that does not make so many bytes: the decoder believes lengths of 2^31 and goes
 * back in its input by them. Offsets in four bytes are refused, which no block of 64 kB needs.
 */
export function requireSnappy(block: Uint8Array, rawBytes: number): void {
  const start = block.findIndex((byte) => byte < 0x80) + 1;
  if (rawBytesOf(block, start) !== rawBytes) throw new RangeError('no block of Snappy of this length');
}
