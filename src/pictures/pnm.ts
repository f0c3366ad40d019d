import { FormatError } from '../errors.ts';
import { MAX_PIXELS, type Image } from './image.ts';

const MAX_VALUE = 65_535;
const NEW_LINE = 0x0a;
const HASH = 0x23;

/** Kinds that are read: grey and colour, each as text and as bytes. */
const KINDS: Readonly<Record<string, { channels: 1 | 3; isText: boolean }>> = {
  P2: { channels: 1, isText: true },
  P3: { channels: 3, isText: true },
  P5: { channels: 1, isText: false },
  P6: { channels: 3, isText: false },
};

const isBlank = (byte: number | undefined) => byte === 0x20 || (byte! >= 0x09 && byte! <= 0x0d);

class Scanner {
  readonly #bytes: Uint8Array;
  readonly #name: string;
  at = 2;

  constructor(bytes: Uint8Array, name: string) {
    this.#bytes = bytes;
    this.#name = name;
  }

  /** The next whole number; blanks and comments before it are passed over. */
  number(what: string): number {
    this.#skipBlanks();
    let value = 0;
    const start = this.at;
    for (let byte = this.#bytes[this.at]; byte >= 0x30 && byte <= 0x39; byte = this.#bytes[++this.at]) {
      value = Math.min(value * 10 + byte - 0x30, Number.MAX_SAFE_INTEGER);
    }
    if (this.at > start) return value;
    throw new FormatError(`${this.#name}: ${what} is missing; the file is cut short or no netpbm picture`);
  }

  #skipBlanks(): void {
    const bytes = this.#bytes;
    while (isBlank(bytes[this.at]) || bytes[this.at] === HASH) {
      if (bytes[this.at] === HASH) {
        while (this.at < bytes.length && bytes[this.at] !== NEW_LINE) this.at++;
      } else this.at++;
    }
  }
}

function readBinary(
  bytes: Uint8Array,
  from: number,
  count: number,
  maximum: number,
  name: string,
): Uint16Array {
  const width = maximum > 255 ? 2 : 1;
  if (bytes.length - from < count * width) {
    throw new FormatError(
      `${name}: holds ${bytes.length - from} bytes of pixels, its header promises ${count * width}`,
    );
  }
  const values = new Uint16Array(count);
  for (let index = 0; index < count; index++) {
    const at = from + width * index;
    values[index] = width === 1 ? bytes[at] : bytes[at] * 256 + bytes[at + 1];
  }
  return values;
}

/** Numbers with a blank after each but the last. Nothing is allocated for more than the file can hold. */
function readNumbers(bytes: Uint8Array, scanner: Scanner, count: number): Float64Array {
  const most = Math.min(count, bytes.length - scanner.at);
  const values = new Float64Array(Math.max(most, 0));
  for (let index = 0; index < count; index++) values[index] = scanner.number(`value ${index}`);
  return values;
}

/**
 * Reads a PGM or PPM picture (P2, P3, P5, P6); values are scaled to 0..255 where the file's maximum is another. Throws a
 * FormatError that begins with `name`.
 */
export function readPnm(bytes: Uint8Array, name: string): Image {
  const kind = KINDS[String.fromCharCode(bytes[0], bytes[1])];
  if (!kind) throw new FormatError(`${name}: is no PGM or PPM picture (P2, P3, P5, P6)`);
  const scanner = new Scanner(bytes, name);
  const [width, height] = [scanner.number('its width'), scanner.number('its height')];
  const maximum = scanner.number('its largest value');
  if (width < 1 || height < 1 || width * height > MAX_PIXELS) {
    throw new FormatError(`${name}: ${width}x${height} pixels cannot be read; at most ${MAX_PIXELS} in all`);
  }
  if (maximum < 1 || maximum > MAX_VALUE) {
    throw new FormatError(`${name}: the largest value ${maximum} is not 1 to ${MAX_VALUE}`);
  }
  const count = width * height * kind.channels;
  const values = kind.isText
    ? readNumbers(bytes, scanner, count)
    : readBinary(bytes, scanner.at + 1, count, maximum, name);
  const tooLarge = values.findIndex((value) => value > maximum);
  if (tooLarge >= 0) throw new FormatError(`${name}: value ${tooLarge} is above the largest, ${maximum}`);
  const pixels = new Uint8Array(count);
  for (let at = 0; at < count; at++) pixels[at] = Math.round((values[at] * 255) / maximum);
  return { width, height, channels: kind.channels, pixels };
}
