import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { emptyFlash, FLASH_BYTES, readFlash, writeFlash } from './flash.ts';
import { flashBytesOf, readKfpkg, writeKfpkg, type KfpkgEntry } from './kfpkg.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const model: KfpkgEntry = {
  address: 0x300000,
  bin: 'm.kmodel',
  sha256Prefix: false,
  bytes: Uint8Array.from({ length: 5000 }, (_, index) => index % 251),
};
const firmware: KfpkgEntry = { address: 0, bin: 'fw.bin', sha256Prefix: true, bytes: text('firmware') };

/** A kfpkg as people write it: comments aside, with a hexadecimal address. */
function packageOf(list: string): Uint8Array {
  return zipSync({ 'flash-list.json': text(list), 'face.kmodel': text('abc') });
}

describe('a kfpkg', () => {
  test('is read as it was written', () => {
    expect(readKfpkg(writeKfpkg([firmware, model]))).toEqual([firmware, model]);
  });

  test('may give its addresses in hexadecimal', () => {
    const list = '{"version": "0.1.0", "files": [{"address": 0x00A00000, "bin": "face.kmodel"}]}';
    expect(readKfpkg(packageOf(list))).toEqual([
      { address: 0xa00000, bin: 'face.kmodel', sha256Prefix: false, bytes: text('abc') },
    ]);
  });

  test('firmware is wrapped as flag, length, data and the hash of these', () => {
    const wrapped = Buffer.from(flashBytesOf(firmware));
    const body = Buffer.concat([Buffer.from([0, 8, 0, 0, 0]), Buffer.from('firmware')]);
    expect(wrapped.equals(Buffer.concat([body, createHash('sha256').update(body).digest()]))).toBe(true);
  });

  test.each([
    ['no zip', text('PK nonsense'), 'x: is no readable kfpkg (zip): "invalid zip data"'],
    ['a plain zip', zipSync({ a: text('b') }), 'x: holds no flash-list.json, so it is a plain zip'],
    ['a broken list', packageOf('{"files": ['), 'x: flash-list.json: not valid JSON'],
    ['an empty list', packageOf('{"files": []}'), '"files" must be a list with at least one file'],
    [
      'a missing file',
      packageOf('{"files": [{"address": 0, "bin": "no"}]}'),
      'the archive holds no file "no"',
    ],
    [
      'a wrong address',
      packageOf('{"files": [{"address": -4, "bin": "face.kmodel"}]}'),
      'x: flash-list.json: files[0]: address must be a number of 32 bits, got "-4"',
    ],
    ['an entry that is null', packageOf('{"files": [null]}'), 'files[0]: address must be a number'],
  ])('%s: one line says so', (_, bytes, message) => {
    expect(() => readKfpkg(bytes, 'x')).toThrow(message);
  });
});

describe('a zip whose files say that they unpack to', () => {
  const list = '{"version": "0.1.0", "files": [{"address": 0, "bin": "face.kmodel"}]}';

  /** The package, its files of other lengths as the headers in its central directory say (APPNOTE 4.3.12). */
  function claim(archive: Uint8Array, lengths: readonly number[]): Uint8Array {
    const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
    const signature = 0x02014b50;
    const starts = Array.from({ length: archive.length - 4 }, (_, at) => at).filter(
      (at) => view.getUint32(at, true) === signature,
    );
    starts.forEach((at, index) => view.setUint32(at + 24, lengths[index], true));
    return archive;
  }

  test('more than 64 MiB together is refused before a byte is unpacked', () => {
    const bomb = claim(packageOf(list), [40 * 2 ** 20, 24 * 2 ** 20 + 1]);
    expect(() => readKfpkg(bomb, 'x')).toThrow(
      'x: unpacks to more than 67108864 bytes, more than a flash holds',
    );
  });

  test('64 MiB may be unpacked, and must then be as many', () => {
    const full = claim(packageOf(list), [list.length, 64 * 2 ** 20 - list.length]);
    expect(() => readKfpkg(full, 'x')).toThrow(
      `x: "face.kmodel" has 3 bytes, the package says ${64 * 2 ** 20 - list.length}; download it again`,
    );
  });

  test('another content than its checksum is of is refused', () => {
    const packed = zipSync({ 'flash-list.json': text(list), 'face.kmodel': text('abc') }, { level: 0 });
    packed[Buffer.from(packed).indexOf('abc')] ^= 1;
    expect(() => readKfpkg(packed, 'x')).toThrow(
      'x: "face.kmodel" does not have the checksum that the package says; download it again',
    );
  });
});

describe('the flash', () => {
  const name = 'm.kmodel';

  test('holds what is written, zero-padded to a sector, and 0xff elsewhere', () => {
    const image = writeFlash(emptyFlash(), [{ address: 0x300000, bytes: model.bytes, name }]);
    expect(readFlash(image, 0x300000, 5000)).toEqual(model.bytes);
    expect(readFlash(image, 0x300000 + 5000, 8192 - 5000).every((byte) => byte === 0)).toBe(true);
    expect([image[0x300000 + 8192], image[0x300000 - 1], image.length]).toEqual([0xff, 0xff, FLASH_BYTES]);
  });

  test.each([
    [FLASH_BYTES - 4096, 'm.kmodel: 8192 bytes at 0xfff000 pass the end of the flash at 0x1000000'],
    [0x300001, 'm.kmodel: address 0x300001 is inside a sector; use a multiple of 0x1000'],
    [0x1000, 'm.kmodel: overlaps fw.bin, which ends at 0x2000; use another address than 0x1000'],
  ])('at %i: refused, and nothing is written', (address, message) => {
    const image = emptyFlash();
    const writes = [
      { address: 0x1000, bytes: firmware.bytes, name: 'fw.bin' },
      { address, bytes: model.bytes, name },
    ];
    expect(() => writeFlash(image, writes)).toThrow(message);
    expect(image.every((byte) => byte === 0xff)).toBe(true);
  });

  test('cannot be read behind its end', () => {
    expect(() => readFlash(emptyFlash(), FLASH_BYTES)).toThrow('flash: cannot read 0 bytes at 0x1000000');
  });
});
