import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { GRACE_BYTECODES } from './instrument.ts';
import {
  compileCounted,
  isTrap,
  loadCountedMicroPython,
  type CountedMicroPython,
} from './load-micropython.ts';

const WASM_FILE = createRequire(import.meta.url).resolve(
  '@micropython/micropython-webassembly-pyscript/micropython.wasm',
);
const MIB = 1024 * 1024;

function countOf(guest: CountedMicroPython, source: string): number {
  const before = guest.bytecodes();
  guest.mp.runPython(source);
  return guest.bytecodes() - before;
}

function failureOf(guest: CountedMicroPython, source: string): Error & { type?: string } {
  try {
    guest.mp.runPython(source);
  } catch (error) {
    return error as Error;
  }
  throw new Error('the guest did not fail');
}

/**
 * By hand from MicroPython's compiler (py/compile.c) and opcode list (py/bc0.h). A module ends with LOAD_CONST_NONE and
 * RETURN_VALUE; `while` jumps to its condition first; `for` over a range keeps its counter on the stack and needs
 * DUP_TOP, STORE, body, LOAD_CONST 1, INPLACE_ADD, DUP_TOP, LOAD_CONST end, LESS, POP_JUMP_IF_TRUE for each turn.
 */
const BY_HAND: readonly (readonly [string, number])[] = [
  ['pass', 2],
  ['x = 1', 4],
  ['x = 1\ny = x', 6],
  ['i = 0\nwhile i < 1: i += 1', 9 + 8],
  ['i = 0\nwhile i < 100: i += 1', 9 + 8 * 100],
  ['for i in range(1): pass', 9 + 8],
  ['for i in range(100): pass', 9 + 8 * 100],
  ['for i in range(100): x = i', 9 + 10 * 100],
  // MAKE_FUNCTION, STORE, then LOAD, CALL_FUNCTION, POP_TOP, and inside LOAD_CONST_NONE, RETURN_VALUE.
  ['def f(): pass\nf()', 9],
  // LOAD_CONST_OBJ, GET_ITER_STACK; FOR_ITER, STORE, JUMP for each and a last FOR_ITER.
  ['for x in (7, 8, 9): pass', 2 + 3 * 3 + 1 + 2],
];

describe('counted MicroPython', () => {
  test.each(BY_HAND)(
    '%j runs %i bytecodes, as the compiler and the opcode list say',
    async (source, count) => {
      expect(countOf(await loadCountedMicroPython(), source)).toBe(count);
    },
  );

  test('the same script counts the same in every instance', async () => {
    const source = 'd = {}\nfor i in range(200): d[str(i)] = sum(d.values()) + i\nx = sorted(d)[5]';
    const counts = [
      countOf(await loadCountedMicroPython(), source),
      countOf(await loadCountedMicroPython(), source),
    ];
    expect(counts[1]).toBe(counts[0]);
  });

  test('the count can be read from inside a call of the guest', async () => {
    const guest = await loadCountedMicroPython();
    const seen: number[] = [];
    guest.mp.registerJsModule('probe', { mark: () => seen.push(guest.bytecodes()) });
    guest.mp.runPython('from probe import mark\nmark()\nmark()\nx = 1\nmark()');
    // LOAD mark, CALL_FUNCTION after the POP_TOP of the call before; an assignment adds LOAD_CONST and STORE.
    expect([seen[1] - seen[0], seen[2] - seen[1]]).toEqual([3, 5]);
  });

  test('an endless loop ends at its budget with a KeyboardInterrupt that names the line', async () => {
    const guest = await loadCountedMicroPython();
    guest.setLimit(10_000);
    const error = failureOf(guest, 'x = 0\nwhile True:\n    x += 1\n');
    expect([error.type, guest.bytecodes() - 10_000 < 10]).toEqual(['KeyboardInterrupt', true]);
    expect(error.message).toContain('line 3');
    guest.setLimit(Infinity);
    expect(countOf(guest, 'x = 1')).toBe(4);
  });

  test('a guest that swallows the interrupt is trapped', async () => {
    const guest = await loadCountedMicroPython();
    guest.setLimit(1000);
    const error = failureOf(guest, 'while True:\n  try:\n    while True: pass\n  except: pass\n');
    expect(isTrap(error)).toBe(true);
    expect(guest.bytecodes()).toBe(1000 + GRACE_BYTECODES + 1);
  });

  test('a limit that is already past stops the next loop', async () => {
    const guest = await loadCountedMicroPython();
    guest.mp.runPython('for i in range(1000): pass');
    guest.setLimit(5);
    expect(failureOf(guest, 'while True: pass').type).toBe('KeyboardInterrupt');
  });

  test('a memory hog gets a MemoryError, the module stays below its maximum, and the guest lives on', async () => {
    const guest = await loadCountedMicroPython({ maxMemoryBytes: 32 * MIB });
    const error = failureOf(guest, 'hog = []\nwhile True: hog.append(bytearray(100000))');
    expect(error.type).toBe('MemoryError');
    expect(guest.memoryBytes()).toBeLessThanOrEqual(32 * MIB);
    expect(countOf(guest, 'hog = None')).toBe(4);
  });

  test('recursion without end gets a RuntimeError', async () => {
    const error = failureOf(await loadCountedMicroPython(), 'def f(n): return f(n + 1)\nf(0)');
    expect(error.type).toBe('RuntimeError');
  });

  test('a module that was compiled once serves several guests', async () => {
    const module = await compileCounted(readFileSync(WASM_FILE));
    const counts = [];
    for (let turn = 0; turn < 2; turn++)
      counts.push(countOf(await loadCountedMicroPython({ module }), 'x = 1'));
    expect(counts).toEqual([4, 4]);
  });

  test('WebAssembly is as it was after loading, also where loading failed', async () => {
    const before = [WebAssembly.instantiate, WebAssembly.instantiateStreaming];
    await loadCountedMicroPython();
    await loadCountedMicroPython({ wasm: Uint8Array.of(1, 2, 3) }).catch(() => undefined);
    expect([WebAssembly.instantiate, WebAssembly.instantiateStreaming]).toEqual(before);
  });
});

describe('another build of MicroPython', () => {
  /** `(module)` with nothing in it. */
  const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

  test('is rejected in one line that names the version and what to install', async () => {
    await expect(loadCountedMicroPython({ wasm: EMPTY })).rejects.toThrow(
      /^MicroPython's WebAssembly is not the build of 1\.27\.0 .*; install @micropython.*@1\.27\.0$/,
    );
  });

  test('whose dispatch looks different is rejected', async () => {
    const wasm = Uint8Array.from(readFileSync(WASM_FILE));
    // i32.const -16; i32.add; br_table with 90 targets: the switch over opcodes.
    const at = wasm.findIndex((_, i) =>
      [0x41, 0x70, 0x6a, 0x0e, 90].every((byte, k) => wasm[i + k] === byte),
    );
    wasm[at + 1] = 0x71;
    await expect(compileCounted(wasm)).rejects.toThrow(/0 places that dispatch on an opcode/);
  });

  test('cut short or not WebAssembly at all is rejected', async () => {
    const wasm = readFileSync(WASM_FILE);
    await expect(compileCounted(wasm.subarray(0, 50_000))).rejects.toThrow(/ends too soon/);
    await expect(compileCounted(Uint8Array.of(1, 2, 3))).rejects.toThrow(/no module/);
  });
});

test('floats are of single precision: what a program in C with `float` prints for the same', async () => {
  const printed: string[] = [];
  const { mp } = await loadCountedMicroPython();
  mp.registerJsModule('out', { say: (text: string) => void printed.push(text) });
  mp.runPython(`
import out, math
a, b, c, t, x = 0.1, 0.2, 0.3, 3.0, 0.0
for i in range(1000):
    x += a
big, most = 16777216.0, 3.4e38
out.say('%d %.9g %.9g %.9g' % (a + b == c, a / t, x, big + 1))
out.say('%.9g %.9g %s' % (most * 10, math.sqrt(2.0), 1 / t))
`);
  expect(printed).toEqual(['1 0.0333333351 99.9990463 16777216', 'inf 1.41421354 0.3333333']);
});
