import { describe, expect, test } from 'vitest';
import { boardById } from '../src/boards/index.ts';
import { replaceAt } from '../src/boards/board/constant-paths.ts';
import { execScript } from '../src/firmware/guest/exec-script.ts';
import { StuckGuestError } from '../src/firmware/guest/guest-thread.ts';
import { readFileOptions } from '../src/cli/exec/exec-inputs.ts';

const MAIXDUINO = boardById('maixduino');
const run = (source: string, board = MAIXDUINO) => execScript({ board, script: { name: 's.py', source } });

/** What a script's uncaught exception prints last. */
async function lastLine(source: string, board = MAIXDUINO): Promise<string> {
  const { exception, stoppedBy } = await run(source, board);
  expect(stoppedBy).toBe('exception');
  return exception!.traceback.split('\n').at(-1)!;
}

describe('what never ends is ended', () => {
  test.each([
    ['an endless loop', 'while True: pass', 'no call of the board'],
    [
      'a loop that catches everything',
      'while True:\n  try:\n    while True: pass\n  except: pass',
      'no call of the board',
    ],
    ['a generator', 'def f():\n  while True: yield 1\nfor x in f(): pass', 'no call of the board'],
    ['a loop that sleeps', 'import utime\nwhile True: utime.sleep_ms(10)', 'time limit'],
    [
      'a loop that sleeps and catches everything',
      'import utime\nwhile True:\n  try:\n    while True: utime.sleep_ms(10)\n  except: pass',
      'time limit',
    ],
  ])('%s: %s', async (_, source, stoppedBy) => {
    expect(await run(source)).toMatchObject({ stoppedBy });
  });

  test('a loop that prints: the output limit, and the host keeps 1 MiB', async () => {
    const openmv = boardById('openmv-h7-plus');
    const { stoppedBy, stdout } = await run(`while True: print('${'x'.repeat(200)}')`, openmv);
    expect(stoppedBy).toBe('output limit');
    expect(stdout.length).toBeLessThanOrEqual(2 ** 20);
  });

  test('one operation that takes for ever: cut off in one line', async () => {
    const error = await run('x = 10 ** 5000000').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StuckGuestError);
    expect((error as Error).message.split('\n')).toHaveLength(1);
  });
});

describe('what takes too much is an exception of the script', () => {
  test.each([
    ['memory', 'x = []\nwhile True: x.append(bytearray(100000))', 'MemoryError'],
    ['one huge object', 'x = bytearray(1 << 30)', 'MemoryError'],
    ['many small objects', 'x = 0.5\ni = []\nwhile True: i.append([x, x + 1, [x]])', 'MemoryError'],
    ['recursion', 'def f(n):\n  return f(n + 1)\nf(0)', 'RuntimeError: maximum recursion depth exceeded'],
    [
      'recursion in attributes',
      'class A:\n  def __getattr__(self, n): return getattr(self, n)\nA().x',
      'RuntimeError',
    ],
  ])('%s', async (_, source, message) => {
    expect(await lastLine(source)).toContain(message);
  });
});

describe('nothing of the host can be reached', () => {
  test.each([
    ['import js', "ImportError: no module named 'js'"],
    ['import jsffi', "ImportError: no module named 'jsffi'"],
    ['import vhw', "ImportError: no module named 'vhw'"],
    ['from js import process', "ImportError: no module named 'js'"],
    ["open('/etc/passwd')", 'OSError: [Errno 2] ENOENT'],
    ["open('/proc/self/environ')", 'OSError: [Errno 2] ENOENT'],
    ["open('../../package.json')", 'OSError: [Errno 2] ENOENT'],
    ['import socket', 'NotModelled: the module socket is not modelled'],
    ['import network', 'NotModelled: the module network is not modelled'],
  ])('%s', async (source, message) => {
    expect(await lastLine(source)).toBe(message);
  });

  test.each([
    ['the hidden modules', 'import builtins\ndel builtins.__import__\nimport js\nprint(js.process)'],
    [
      'the bridge',
      'import builtins\ndel builtins.__import__\nimport jsffi\nx = jsffi.to_js([1])\nprint(x.constructor)',
    ],
    ['new objects', 'import builtins\ndel builtins.__import__\nimport js\nprint(js.Function)'],
    [
      'subscripts',
      "import builtins\ndel builtins.__import__\nimport jsffi\nprint(jsffi.to_js([1])['constructor'])",
    ],
    ["the host's functions", "import sys\nprint(sys.modules['_vhw']._host.native_enter.constructor)"],
  ])('not even with %s dug out', async (_, source) => {
    const { stoppedBy, stdout } = await run(source);
    expect(stoppedBy).toBe('exception');
    expect(stdout).toBe('');
  });

  test('the clock is simulated and random numbers repeat', async () => {
    const source = 'import time, random\nprint(time.ticks_us(), time.time(), random.random())';
    expect((await run(source)).stdout).toBe((await run(source)).stdout);
  });
});

describe('exceptions', () => {
  test('a traceback names file and lines as MicroPython does, without our shims', async () => {
    const { exception } = await run('import KPU\ndef load():\n  return KPU.load(0x400000)\n\nload()\n');
    expect(exception!.traceback.split('\n')).toEqual([
      'Traceback (most recent call last):',
      '  File "s.py", line 5, in <module>',
      '  File "s.py", line 3, in load',
      'ValueError: [MAIXPY]kpu: load error:2002, ERR_KMODEL_VERSION: only support kmodel V3/V4 now',
    ]);
  });

  test('an error of the board can be caught', async () => {
    const source = "import KPU\ntry:\n  KPU.load('/sd/x.kmodel')\nexcept OSError as e:\n  print(e.args[0])";
    expect((await run(source)).stdout).toBe('2\n');
  });

  test('a model that does not fit the memory is rejected as MaixPy does', async () => {
    const sram = MAIXDUINO.memories.find(({ id }) => id === 'sram')!;
    const small = replaceAt(MAIXDUINO, 'memories.sram.availableBytes', {
      ...sram.availableBytes,
      value: 40_000,
    });
    const files = await readFileOptions(['m.kmodel=paper:8'], MAIXDUINO);
    const source = "import KPU\nKPU.load('/flash/m.kmodel')";
    const { exception } = await execScript({ board: small, files, script: { name: 's.py', source } });
    expect(exception!.traceback).toContain('load error:2006, ERR_NO_MEM: memory not enough');
  });

  test.each([
    ['import KPU\nKPU.init_yolo3', 'KPU.init_yolo3'],
    ['from Maix import GPIO\nGPIO(GPIO.GPIO0, GPIO.OUT).nonsense', 'GPIO.nonsense'],
    ['import Maix\nMaix.I2S', 'Maix.I2S'],
    ['import machine\nmachine.RTC', 'machine.RTC'],
    [
      'from board import board_info\nboard_info.NOTHING',
      'board_info.NOTHING, which no pin of this board is called,',
    ],
    ['import utime\nutime.nonsense', 'time.nonsense'],
  ])('what is not modelled says so: %j', async (source, name) => {
    expect(await lastLine(source)).toBe(`NotModelled: ${name} is not modelled`);
  });
});

describe('what is not modelled ends the run, whatever the script catches', () => {
  const withMissing = (source: string, allowMissing = false) =>
    execScript({ board: MAIXDUINO, script: { name: 's.py', source }, allowMissing });
  const SWALLOW = 'try:\n  import ulab\nexcept Exception:\n  print("none")\nprint("on")\n';

  test('except Exception lets it pass, and it names its line', async () => {
    const { stdout, exception } = await withMissing(SWALLOW);
    expect(stdout).toBe('');
    expect(exception!.type).toBe('NotModelled');
    expect(exception!.traceback).toContain('line 2');
  });

  test('a script that catches everything ends as well', async () => {
    const source =
      'import utime\ntry:\n  import ulab\nexcept: pass\nwhile True:\n  try: utime.ticks_us()\n  except: pass';
    const { exception, missing } = await withMissing(source);
    expect(exception!.traceback).toBe('NotModelled: the module ulab is not modelled');
    expect(missing).toEqual(['the module ulab is not modelled']);
  });

  test('where that is allowed it is an exception, and what was met is told', async () => {
    const { stdout, exception, missing } = await withMissing(SWALLOW, true);
    expect([stdout, exception]).toEqual(['none\non\n', undefined]);
    expect(missing).toEqual(['the module ulab is not modelled']);
  });
});

describe("the script's own files", () => {
  const FILE = (text: string) => `f = open('bb.py', 'w')\nf.write(${JSON.stringify(text)})\nf.close()\n`;

  test('a loop in an imported one is ended, with a call of the board and without', async () => {
    expect((await run(`${FILE('while True: pass')}import bb`)).stoppedBy).toBe('no call of the board');
    const calls = FILE('import utime\nwhile True: utime.sleep_ms(10)');
    expect((await run(`${calls}import bb`)).stoppedBy).toBe('time limit');
  });

  test('an import costs what its statements cost', async () => {
    const loop = 'for i in range(20000): pass';
    const timed = (line: string) => `a = utime.ticks_us()\n${line}\nprint(utime.ticks_us() - a)\n`;
    const { stdout } = await run(`import utime\n${FILE(loop)}${timed('import bb')}${timed(loop)}`);
    const [imported, inline] = stdout.split('\n').map(Number);
    expect(Math.abs(imported / inline - 1)).toBeLessThan(0.001);
  });

  test('a compiled one is not modelled', async () => {
    const source = "f = open('y.mpy', 'wb')\nf.write(bytes(20))\nf.close()\nimport y";
    expect(await lastLine(source)).toContain('y.mpy, a compiled file, is not modelled');
  });
});

describe("the host's own functions", () => {
  test('are no attributes of the shims, and dir() of a module lists its names', async () => {
    expect(await lastLine("import sys\nsys.modules['_vhw']._host")).toBe('KeyError: _vhw');
    const { stdout, exception } = await run(
      'import machine, Maix, gc\nfor m in (machine, Maix, gc): print(dir(m))',
    );
    expect(exception).toBeUndefined();
    expect(stdout).toContain("'collect'");
  });
});
