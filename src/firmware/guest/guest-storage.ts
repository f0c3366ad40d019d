import { GuestError } from '../guest-error.ts';
import type { GuestStorage } from '../hardware/devices.ts';
import type { CountedMicroPython } from './bytecode/load-micropython.ts';

/** What native functions may write in one run: it lies in the host's memory. */
const MAX_WRITTEN_BYTES = 16 * 2 ** 20;
const ENOENT = 2;
const ENOSPC = 28;
const EIO = 5;
/** The board's error numbers for those of WebAssembly. */
const NUMBERS: Readonly<Record<number, number>> = {
  2: 13,
  20: 17,
  28: 22,
  31: 21,
  44: ENOENT,
  51: ENOSPC,
  54: 20,
};

/** The guest's files for native functions, which read and write where the script stands. */
export function guestStorage({ mp: { FS } }: CountedMicroPython): GuestStorage {
  let writtenBytes = 0;
  return {
    read(path) {
      try {
        return FS.readFile(path);
      } catch {
        return undefined;
      }
    },
    write(path, bytes) {
      writtenBytes += bytes.length;
      if (writtenBytes > MAX_WRITTEN_BYTES) throw new GuestError('OSError', path, ENOSPC);
      try {
        FS.writeFile(path, bytes);
      } catch (error) {
        throw new GuestError('OSError', path, NUMBERS[(error as { errno: number }).errno] ?? EIO);
      }
    },
  };
}
