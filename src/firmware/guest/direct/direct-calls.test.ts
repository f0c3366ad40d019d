import { describe, expect, it, test } from 'vitest';
import { boardById } from '../../../boards/index.ts';
import { pinEdges } from '../../../instruments/pins.ts';
import { execScript, type ExecRequest } from '../exec-script.ts';

const run = (source: string, board = 'openmv-h7-plus', rest: Partial<ExecRequest> = {}) =>
  execScript({ board: boardById(board), script: { name: 's.py', source }, limitPs: 3e12, ...rest });

const OPENMV = "from pyb import Pin\na = Pin('P1', Pin.OUT_PP)\n";
const MAIXPY =
  'from Maix import GPIO\nfrom fpioa_manager import fm\nfm.register(14, fm.fpioa.GPIO0)\na = GPIO(GPIO.GPIO0, GPIO.OUT)\n';

describe('a function that does without its shim', () => {
  // A level that is no whole number is for the shim to judge; the script's bytecodes are the same.
  const LOOP = 'for i in range(400):\n  a.value(high)\n  a.value(low)\n  x = a.value()\na(high)\na(low)\n';
  test.each([
    ['openmv-h7-plus', OPENMV, 'P1'],
    ['maixduino', MAIXPY, 'LED_R'],
  ])('takes the same time as with it, to the picosecond, on %s', async (board, start, pin) => {
    const [direct, shim] = await Promise.all(
      ['high, low = 1, 0\n', 'high, low = 1.0, 0.0\n'].map((levels) => run(start + levels + LOOP, board)),
    );
    expect(pinEdges(direct.records, pin)).toHaveLength(2 * 401);
    expect(pinEdges(shim.records, pin)).toEqual(pinEdges(direct.records, pin));
    expect(shim.simulatedPs).toBe(direct.simulatedPs);
  });

  it('takes true, false, None and what has a truth of its own, and reads back what it wrote', async () => {
    const source = `${OPENMV}class Yes:
  def __bool__(self): return True
for level in (True, False, 1, None, -5, 0, 0.5, '', Yes(), [], 2 ** 40):
  a.value(level)
  print(a.value(), end=' ')
a.on()
a.toggle()
a.toggle()
print(a(), a.low(), a.value())`;
    expect((await run(source)).stdout).toBe('1 0 1 0 1 0 1 0 1 0 1 1 None 0\n');
  });

  it('refuses what the board refuses, and calls of the class itself go to the object that they name', async () => {
    const source = `${OPENMV}for wrong in (lambda: a.value(1, 2), lambda: a.value(level=1), lambda: a.on(1), lambda: Pin.value()):
  try:
    wrong()
  except TypeError:
    print('no')
Pin.value(a, 1)
print(a.value(), callable(a.value))
v = a.value
v(0)
print(v())
Pin.value(5)`;
    const { stdout, exception } = await run(source);
    expect(stdout).toBe('no\nno\nno\nno\n1 True\n0\n');
    expect(exception!.traceback).toContain('line 13');
  });

  it('ends the run at the pulse that was asked for, before the line behind it', async () => {
    const { stdout, pins, stoppedBy } = await run(
      `${OPENMV}for i in range(5):\n  a.value(1)\n  a.value(0)\n  print(i)`,
      'openmv-h7-plus',
      { pulses: 2 },
    );
    expect([stdout, pins.P1.pulses, stoppedBy]).toEqual(['0\n', 2, 'pulses']);
  });

  it('lets a timer interrupt a loop of such calls as any other', async () => {
    const { pins } = await run(
      `${OPENMV}from pyb import Timer
b = Pin('P2', Pin.OUT_PP)
t = Timer(4, freq=1000, callback=lambda t: b.toggle())
for i in range(4000):
  a.value(i & 1)`,
    );
    const { period } = pins.P2;
    // 1 kHz calls; two of them are a period. Each waits for the call of the board that it comes in, a few us.
    expect(period!.meanPs / 1e9).toBeCloseTo(2, 2);
  });
});
