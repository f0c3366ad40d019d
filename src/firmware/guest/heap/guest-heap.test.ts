import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCountedMicroPython } from '../bytecode/load-micropython.ts';
import type { GuestHeap } from './guest-heap.ts';

/** Small programs and what CPython 3 prints for them. */
const PROGRAMS = JSON.parse(
  readFileSync(new URL('../../../../test/golden/collector/programs.json', import.meta.url), 'utf8'),
) as { name: string; source: string; prints: string }[];
const EVERY_BYTES = 48;

async function guestThat(onRoom: (heap: GuestHeap) => void) {
  const decoder = new TextDecoder();
  let printed = '';
  const stdout = (bytes: unknown) => void (printed += decoder.decode(bytes as Uint8Array));
  const guest = await loadCountedMicroPython({ linebuffer: false, pystack: 8192, stdout, onRoom });
  return { guest, printed: () => printed };
}

test.each(PROGRAMS)('collecting all the time frees nothing that is alive: $name', async (program) => {
  let collections = 0;
  const { guest, printed } = await guestThat((heap) => {
    if (!heap.isLocked) {
      heap.collect();
      collections++;
    }
    heap.setAllowance(heap.allocatedBytes + EVERY_BYTES);
  });
  guest.heap.setAllowance(0);
  guest.mp.runPython(program.source);
  expect(printed()).toBe(program.prints);
  expect(collections).toBeGreaterThan(50);
});

test('what nothing points to is freed, by a script that runs for long in one heap', async () => {
  const { guest, printed } = await guestThat(() => undefined);
  guest.mp.runPython(`
x = 1.0
for i in range(200000):
    x = x * 1.0000001
    y = [x, str(i)]
print(y)
`);
  // 1.02384186 where a float has 24 bits, as a loop in C says; a double would come to 1.0202013.
  expect(printed()).toBe("[1.023842, '199999']\n");
});

test('who watches an object is told once, by the collection that frees it', async () => {
  const { guest, printed } = await guestThat(() => undefined);
  guest.mp.runPython('class Thing: pass\nthing = Thing()\nprint(id(thing))');
  const freed: string[] = [];
  guest.heap.watch(Number(printed()), () => freed.push('thing'));
  guest.heap.collect();
  expect(freed).toEqual([]);
  guest.mp.runPython('thing = None');
  guest.heap.collect();
  guest.mp.runPython('kept = [Thing() for _ in range(100)]');
  guest.heap.collect();
  expect(freed).toEqual(['thing']);
});

test('a request can be refused', async () => {
  const { guest } = await guestThat((heap) => {
    if (heap.requestedBytes >= 30_000) heap.refuse();
  });
  guest.heap.setAllowance(0);
  expect(() => guest.mp.runPython('x = bytearray(30000)')).toThrow(/MemoryError.*allocating 30000 bytes/);
});
