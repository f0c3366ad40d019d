const REVERSED_POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ REVERSED_POLYNOMIAL : value >>> 1;
  return value;
});

/** What a byte leaves when so many zero bytes follow it: four bytes are then taken in one step. */
const [ONE, TWO, THREE] = [1, 2, 3].map((zeros) =>
  TABLE.map((first) => {
    let value = first;
    for (let zero = 0; zero < zeros; zero++) value = TABLE[value & 0xff]! ^ (value >>> 8);
    return value;
  }),
) as [Uint32Array, Uint32Array, Uint32Array];

/** CRC-32 of IEEE 802.3, as in zip files and in the ISP protocol. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  const whole = bytes.length & ~3;
  let at = 0;
  for (; at < whole; at += 4) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc =
      THREE[crc & 0xff]! ^ TWO[(crc >>> 8) & 0xff]! ^ ONE[(crc >>> 16) & 0xff]! ^ TABLE[(crc >>> 24) & 0xff]!;
  }
  for (; at < bytes.length; at++) crc = TABLE[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
