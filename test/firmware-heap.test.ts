import { describe, expect, test } from 'vitest';
import { boardById } from '../src/boards/index.ts';
import { execScript } from '../src/firmware/guest/exec-script.ts';

const OPENMV = boardById('openmv-h7-plus');
const MAIXDUINO = boardById('maixduino');

function run(source: string, board = OPENMV) {
  const script = { name: 's.py', source };
  return execScript({ board, script, limitPs: 3e12, records: true });
}

describe("a script's heap is the board's", () => {
  test('what does not fit is a MemoryError with its line, when all but a piece of the heap is held', async () => {
    const { exception, stdout } = await run(
      'l = []\ntry:\n  while True:\n    l.append(bytearray(10000))\nfinally:\n  print(len(l))',
    );
    expect(exception!.traceback).toContain('line 4');
    expect(exception!.traceback).toContain('MemoryError: memory allocation failed, allocating 10000 bytes');
    // 244 KiB hold 24 pieces of 10,016 bytes and the script's code.
    expect(stdout).toBe('24\n');
  });

  test('a loop that only makes garbage runs to its limit of time', async () => {
    const { stoppedBy, spent } = await run(
      'import utime\nn = 0\nwhile True:\n  s = [n] * 50\n  n += 1\n  utime.ticks_us()',
      MAIXDUINO,
    );
    expect(stoppedBy).toBe('time limit');
    expect(spent.find(({ name }) => name === 'gc.collect')!.calls).toBeGreaterThan(1);
  });

  test('free bytes fall and rise as a sawtooth, and free and used bytes are the heap', async () => {
    const { stdout } = await run(
      'import gc\nfor i in range(3000):\n  x = [i] * 100\n  if i % 60 == 0: print(gc.mem_free(), gc.mem_alloc())',
    );
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ').map(Number));
    expect(new Set(rows.map(([free, used]) => free + used))).toEqual(new Set([244 * 1024]));
    const steps = rows.slice(1).map(([free], index) => free - rows[index][0]);
    expect(steps.some((step) => step > 100_000)).toBe(true);
    expect(steps.filter((step) => step < 0).length).toBeGreaterThan(steps.length / 2);
  });

  test('a collection takes time and is a span of the trace', async () => {
    const { records, stdout } = await run(
      'import gc, utime\na = utime.ticks_us()\ngc.collect()\nprint(utime.ticks_us() - a)',
    );
    expect(Number(stdout)).toBeGreaterThan(500);
    expect(records.filter(({ kind, name }) => kind === 'span' && name === 'gc')).toHaveLength(1);
  });

  test('a loop that sets a pin makes no garbage on the board, so nothing interrupts it', async () => {
    const { spent } = await run(
      "from pyb import Pin\na = Pin('P1', Pin.OUT_PP)\nfor i in range(30000):\n  a.value(1)\n  a.value(0)",
    );
    expect(spent.map(({ name }) => name)).not.toContain('gc.collect');
  });

  test('gc.threshold collects earlier, gc.disable not at all', async () => {
    const { stdout, exception } = await run(
      'import gc\ngc.threshold(20000)\nleast = gc.mem_free()\nfor i in range(2000):\n  x = [i] * 100\n' +
        '  least = min(least, gc.mem_free())\nprint(least > 200000, gc.threshold())\ngc.disable()\n' +
        'while True:\n  x = [1] * 100',
    );
    expect(stdout).toBe('True 20000\n');
    expect(exception!.type).toBe('MemoryError');
  });
});
