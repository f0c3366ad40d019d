import { FormatError } from '../../../errors.ts';

/** Values of a flat map, as custom operators keep their options (FlexBuffers, flatbuffers.dev/flexbuffers). */
export type FlexMap = Readonly<Record<string, number | boolean>>;

const TYPE = {
  int: 1,
  uint: 2,
  float: 3,
  indirectInt: 6,
  indirectUint: 7,
  indirectFloat: 8,
  map: 9,
  bool: 26,
};
const DAMAGED = 'the custom options are no map of numbers; convert the model again';

/** Little-endian numbers of 1, 2, 4 or 8 bytes. */
class Reader {
  readonly #view: DataView;
  readonly length: number;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.length = bytes.byteLength;
  }

  unsigned(at: number, width: number): number {
    if (width === 8) return Number(this.#view.getBigUint64(at, true));
    if (width === 4) return this.#view.getUint32(at, true);
    return width === 2 ? this.#view.getUint16(at, true) : this.#view.getUint8(at);
  }

  signed(at: number, width: number): number {
    if (width === 8) return Number(this.#view.getBigInt64(at, true));
    if (width === 4) return this.#view.getInt32(at, true);
    return width === 2 ? this.#view.getInt16(at, true) : this.#view.getInt8(at);
  }

  float(at: number, width: number): number {
    return width === 8 ? this.#view.getFloat64(at, true) : this.#view.getFloat32(at, true);
  }

  text(at: number): string {
    let text = '';
    for (let byte = at; this.unsigned(byte, 1) !== 0; byte++)
      text += String.fromCharCode(this.unsigned(byte, 1));
    return text;
  }

  /** Where an offset, stored at a place, points to. */
  target(at: number, width: number): number {
    return at - this.unsigned(at, width);
  }
}

function valueAt(
  reader: Reader,
  at: number,
  slotWidth: number,
  packed: number,
): number | boolean | undefined {
  const type = packed >> 2;
  const width = 1 << (packed & 3);
  switch (type) {
    case TYPE.int:
      return reader.signed(at, slotWidth);
    case TYPE.uint:
      return reader.unsigned(at, slotWidth);
    case TYPE.float:
      return reader.float(at, slotWidth);
    case TYPE.bool:
      return reader.unsigned(at, slotWidth) !== 0;
    case TYPE.indirectInt:
      return reader.signed(reader.target(at, slotWidth), width);
    case TYPE.indirectUint:
      return reader.unsigned(reader.target(at, slotWidth), width);
    case TYPE.indirectFloat:
      return reader.float(reader.target(at, slotWidth), width);
    default:
      return undefined;
  }
}

function readMap(reader: Reader): FlexMap {
  const rootWidth = reader.unsigned(reader.length - 1, 1);
  const packed = reader.unsigned(reader.length - 2, 1);
  if (packed >> 2 !== TYPE.map) throw new RangeError('not a map');
  const width = 1 << (packed & 3);
  const map = reader.target(reader.length - 2 - rootWidth, rootWidth);
  const keys = reader.target(map - 3 * width, width);
  const keyWidth = reader.unsigned(map - 2 * width, width);
  const length = reader.unsigned(map - width, width);
  if (length > reader.length) throw new RangeError('too long');
  const values: Record<string, number | boolean> = {};
  for (let index = 0; index < length; index++) {
    const key = reader.text(reader.target(keys + index * keyWidth, keyWidth));
    const value = valueAt(
      reader,
      map + index * width,
      width,
      reader.unsigned(map + length * width + index, 1),
    );
    if (value !== undefined) values[key] = value;
  }
  return values;
}

/** Numbers and flags of a map, by key; values of other types are left out. Throws a FormatError for any other bytes. */
export function readFlexMap(bytes: Uint8Array, where: string): FlexMap {
  try {
    return readMap(new Reader(bytes));
  } catch (error) {
    if (error instanceof RangeError) throw new FormatError(`${where}: ${DAMAGED}`);
    throw error;
  }
}

const WIDTH = 4;
const WIDTH_BITS = 2;

function typeOf(value: number | boolean): number {
  if (typeof value === 'boolean') return TYPE.bool;
  return Number.isInteger(value) ? TYPE.int : TYPE.float;
}

/** The bytes of a map, every number in 32 bits, keys in their order. */
export function writeFlexMap(values: FlexMap): Uint8Array {
  const entries = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = entries.map(([key]) => `${key}\0`);
  const textBytes = texts.join('').length;
  const keys = Math.ceil(textBytes / WIDTH) * WIDTH + WIDTH;
  const map = keys + (entries.length + 3) * WIDTH;
  const types = map + entries.length * WIDTH;
  const root = Math.ceil((types + entries.length) / WIDTH) * WIDTH;
  const bytes = new Uint8Array(root + WIDTH + 2);
  const view = new DataView(bytes.buffer);
  const put = (at: number, value: number) => view.setUint32(at, value, true);
  bytes.set(new TextEncoder().encode(texts.join('')));
  put(keys - WIDTH, entries.length);
  let text = 0;
  entries.forEach(([, value], index) => {
    const slot = keys + index * WIDTH;
    put(slot, slot - text);
    text += texts[index].length;
    const type = typeOf(value);
    if (type === TYPE.float) view.setFloat32(map + index * WIDTH, value as number, true);
    else view.setInt32(map + index * WIDTH, Number(value), true);
    bytes[types + index] = (type << 2) | WIDTH_BITS;
  });
  put(map - 3 * WIDTH, map - 3 * WIDTH - keys);
  put(map - 2 * WIDTH, WIDTH);
  put(map - WIDTH, entries.length);
  put(root, root - map);
  bytes.set([(TYPE.map << 2) | WIDTH_BITS, WIDTH], root + WIDTH);
  return bytes;
}
