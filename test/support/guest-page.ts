/** What the test of equal hosts runs for a script: nothing here knows Node or the browser. */
import { boardById } from '../../src/boards/index.ts';
import { runGuest } from '../../src/firmware/guest/run-guest.ts';
import type { TraceRecord } from '../../src/engine/trace-record.ts';

export interface GuestCase {
  readonly source: string;
  readonly shims: Readonly<Record<string, string>>;
  readonly wasmBase64: string;
  /** A kmodel for the flash. */
  readonly kmodelBase64: string;
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

/** Edges of the pins, and what the script printed. */
export interface GuestEdges {
  readonly edges: readonly TraceRecord[];
  readonly stdout: string;
}

/** Runs a script on a Maixduino. */
export async function runEdges({ source, shims, wasmBase64, kmodelBase64 }: GuestCase): Promise<GuestEdges> {
  const { records, stdout, exception } = await runGuest({
    board: boardById('maixduino'),
    script: { name: 'interrupts.py', source },
    ...{ shims, wasm: bytesOf(wasmBase64), limitPs: 1e12 },
    flash: [{ address: 0x300000, bytes: bytesOf(kmodelBase64), name: 'net.kmodel' }],
  });
  if (exception) throw new Error(exception.traceback);
  return { edges: records.filter(({ kind }) => kind === 'pin'), stdout };
}
