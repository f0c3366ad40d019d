const REVERSED_POLYNOMIAL = 0xedb88320;

/** What a byte leaves behind when 0 to 7 zero bytes follow it: eight bytes are then taken in one step. */
const [T0, T1, T2, T3, T4, T5, T6, T7] = tables() as [Table, Table, Table, Table, Table, Table, Table, Table];

type Table = Int32Array;

function tables(): Table[] {
  const first = Int32Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ REVERSED_POLYNOMIAL : value >>> 1;
    return value;
  });
  const all = [first];
  while (all.length < 8) all.push(all.at(-1)!.map((value) => first[value & 0xff] ^ (value >>> 8)));
  return all;
}

/** CRC-32 of IEEE 802.3, as in zip files and in the ISP protocol. */
export function crc32(bytes: Uint8Array): number {
  return ~remainder(bytes) >>> 0;
}

/**
 * The register after all bytes, as a signed number: the loop's compiled code would be thrown away with each result that
 * fits no signed 32 bits.
 */
function remainder(bytes: Uint8Array): number {
  let crc = -1;
  const whole = bytes.length & ~7;
  let at = 0;
  for (; at < whole; at += 8) {
    crc ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    crc =
      T7[crc & 0xff] ^
      T6[(crc >>> 8) & 0xff] ^
      T5[(crc >>> 16) & 0xff] ^
      T4[crc >>> 24] ^
      T3[bytes[at + 4]] ^
      T2[bytes[at + 5]] ^
      T1[bytes[at + 6]] ^
      T0[bytes[at + 7]];
  }
  for (; at < bytes.length; at++) crc = T0[(crc ^ bytes[at]) & 0xff] ^ (crc >>> 8);
  return crc;
}
