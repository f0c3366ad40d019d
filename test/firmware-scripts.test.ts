import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { boardById } from '../src/boards/index.ts';
import type { ExecDocument } from '../src/cli/exec/exec-report.ts';
import { execScript } from '../src/firmware/guest/exec-script.ts';
import { runCommand, runJson } from './support/run-command.ts';

const FIXTURES = 'test/fixtures/firmware';
const folder = mkdtempSync(join(tmpdir(), 'inferscope scripts '));
const exec = (...argv: string[]) => runJson<ExecDocument>('exec', ...argv);
const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** A light blot on black, 28 pixels a side. */
const blot = Uint8Array.from({ length: 28 * 28 }, (_, at) =>
  Math.hypot((at % 28) - 14, Math.floor(at / 28) - 14) < 8 ? 255 : 0,
);
const picture = write('digit.pgm', Buffer.concat([Buffer.from('P5 28 28 255\n'), blot]));
const maixduino = ['-b', 'maixduino', '--camera', picture];
const openmv = ['-b', 'openmv-h7-plus', '--camera', picture];

describe('scripts written from the documentation run without edits', () => {
  test('MaixPy: classes, generators, decorators, files, pins, screen, network', async () => {
    const lcd = join(folder, 'lcd.png');
    const { stdout, exception, pins } = await exec(
      ...[`${FIXTURES}/maixpy-idioms.py`, ...maixduino, '--flash', '0x300000=paper:2', '--lcd', lcd],
    );
    expect(exception).toBeUndefined();
    const [, , , , first, second] = stdout.split('\n');
    expect([first, second]).toEqual([
      expect.stringMatching(/^ +<Answer \d of 10>\|True$/),
      expect.stringMatching(/^ +<Answer \d of 10>\|True$/),
    ]);
    expect(stdout.split('\n').filter((line) => !line.includes('<Answer'))).toEqual([
      'pressed False 0',
      'window value must be multiple of 8',
      'outputs True',
      'layer 14 14',
      'calls 2 2',
      "lines ['one', 'two'] 8 True",
      'slept True',
      'heap True 524288 400',
      'end-1-2!',
      '',
    ]);
    expect(pins.IO3.pulses).toBe(2);
  });

  test('OpenMV: labels, sliding windows, three ways to drive a pin, clocks, pictures', async () => {
    const labels = write(
      'labels.txt',
      'zero one two three four five six seven eight nine'.replaceAll(' ', '\n'),
    );
    const { stdout, exception, pins } = await exec(
      ...[`${FIXTURES}/openmv-idioms.py`, ...openmv, '--allow-missing', '--file', 'net.tflite=paper:2'],
      ...['--file', labels, '--file', `/digit.pgm=${picture}`],
    );
    expect(exception).toBeUndefined();
    const lines = stdout.split('\n');
    const best = lines.filter((line) => line.startsWith('best'));
    expect(best).toHaveLength(2);
    expect(best[0]).toMatch(/^best [a-z]+ 0,0 240x240$/);
    expect(lines.filter((line) => !line.startsWith('best'))).toEqual([
      'net 14 14 1',
      'button 1',
      'waited 6',
      'picture 28 28 0',
      'pooled 30 30 20',
      'classes 10',
      'pyb.CAN is not modelled',
      '',
    ]);
    expect([pins.P0.pulses, pins.P1.pulses, pins.P2.pulses]).toEqual([2, 2, 2]);
  });
});

describe('files of scripts as editors leave them', () => {
  test.each([
    ['nothing at all', '', ''],
    ['a byte order mark, CRLF and tabs', '\ufeffif True:\r\n\tprint("tab")\r\n', 'tab\n'],
    ['sys.argv', 'import sys\nprint(sys.argv)', '[]\n'],
    ['no line end', 'print("last", end="")', 'last'],
  ])('%s', async (_, source, printed) => {
    const { stdout, stoppedBy } = await exec(write('my script.py', source), '-b', 'maixduino');
    expect([stdout, stoppedBy]).toEqual([printed, 'end of script']);
  });

  test('a syntax error names its line', async () => {
    const { code, err } = await runCommand(
      'exec',
      write('wrong.py', 'a = 1\nif a\n  pass\n'),
      '-b',
      'maixduino',
    );
    expect([code, err]).toEqual([1, expect.stringContaining('SyntaxError: invalid syntax, at line 2')]);
  });

  test.each([
    ['input("name? ")', 'input() is not modelled'],
    [
      'import micropython\n@micropython.viper\ndef f(): pass',
      '@micropython.native, viper and asm_thumb are not modelled',
    ],
  ])('%j says that it is not modelled', async (source, message) => {
    const { code, err } = await runCommand('exec', write('not.py', source), '-b', 'openmv-h7-plus');
    expect([code, err]).toEqual([3, expect.stringContaining('; --allow-missing lets the script catch that')]);
    expect(err).toContain(message);
  });
});

describe('nothing of a run is lost', () => {
  const blink = [`${FIXTURES}/blink.py`, '-b', 'maixduino', '--pulses', '2'];

  test('a pin and a path that there are not are told in one line; the report and the other files are there', async () => {
    const trace = join(folder, 't.pftrace');
    const { code, out, err } = await runCommand(
      ...[
        'exec',
        ...blink,
        '--vcd',
        join(folder, 'nowhere', 'p.vcd'),
        '--trace',
        trace,
        '--scope',
        '--pin',
        'P9',
      ],
    );
    expect(code).toBe(2);
    expect(out).toContain('LED_R');
    expect(err).toBe(
      `inferscope: --pin P9: the script used no such pin; it used LED_R; ${join(folder, 'nowhere', 'p.vcd')}: cannot be written: its folder does not exist\n`,
    );
  });

  test('a script that fails behind a file that it wrote: both are told, in one line', async () => {
    const script = write('late.py', "open('b.txt', 'w').write('x')\nraise ValueError('no')");
    const out = join(folder, 'kept');
    const { code, err } = await runCommand('exec', script, '-b', 'maixduino', '--out', out);
    expect([code, err]).toEqual([
      1,
      `late.py: the script ended with ValueError: no, at line 2; wrote one file on the board, kept in ${out}\n`,
    ]);
  });

  test('--lcd of a screen that is on and empty is black; of one that is off it is a note', async () => {
    const lcd = join(folder, 'black.png');
    await exec(write('lcd.py', 'import lcd\nlcd.init()'), '-b', 'maixduino', '--lcd', lcd);
    const { code, out, err } = await runCommand('exec', ...blink, '--lcd', join(folder, 'off.png'));
    expect([code, out.includes('LED_R')]).toEqual([0, true]);
    expect(err).toMatch(
      /off\.png: not written: the script did not switch the screen on with lcd\.init\(\)\n$/,
    );
  });

  test('Ctrl-C ends an endless loop and keeps what it gave', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 400);
    const source = 'print("begun")\nimport time\nwhile True: time.ticks_ms()';
    const script = { name: 'endless.py', source };
    const request = { board: boardById('maixduino'), script, limitPs: 3000e12 };
    expect(await execScript(request, controller.signal)).toMatchObject({
      stoppedBy: 'interrupt',
      stdout: 'begun\n',
    });
  });

  test('a file that is not on the board is an ENOENT there; how it gets there is told', async () => {
    const script = write('absent.py', 'import KPU\nKPU.load("/sd/m.kmodel")');
    expect((await runCommand('exec', script, '-b', 'maixduino')).err).toMatch(
      /ENOENT, at line 2 \(that path is not on the board: --file PATH=FILE puts a file there\)\n$/,
    );
  });

  test('a flash that the firmware does not read, or that is empty, is told', async () => {
    const script = write('load.py', 'import KPU\nKPU.load(0x300000)');
    const empty = await runCommand('exec', script, '-b', 'maixduino');
    expect(empty.err).toMatch(/\(the flash is empty: give --flash ADDRESS=FILE\)\n$/);
    const unread = await runCommand('exec', script, '-b', 'openmv-h7-plus', '--flash', '0x300000=m.kmodel');
    expect(unread).toMatchObject({
      ...{ code: 2, out: '' },
      err: 'inferscope: --flash: scripts of board "openmv-h7-plus" load from files; give --file m.kmodel\n',
    });
  });

  test('an option that is given twice counts as it was given last', async () => {
    const { pins } = await exec(...blink, '--pulses', '3');
    expect(pins.LED_R.pulses).toBe(3);
  });
});

describe('time of what scripts print and wait for', () => {
  test('a line over a slow serial line takes its time, and the limit of time counts it', async () => {
    const { stdout, stoppedBy, simulatedMs } = await exec(
      ...[write('talk.py', 'while True: print("x" * 99)'), '-b', 'maixduino', '--seconds', '1'],
    );
    expect(stoppedBy).toBe('time limit');
    expect(simulatedMs / 1000).toBeCloseTo(1, 1);
    // 115,200 baud, ten bits a byte.
    expect(stdout.length / 11_520).toBeCloseTo(1, 1);
  });

  test('a sleep of longer than 2^31 microseconds is as long as it is, and ends with the run', async () => {
    const source = 'import utime\nutime.sleep_ms(2400000)\nprint(utime.ticks_ms() // 1000, utime.time())';
    const { stdout } = await exec(write('long.py', source), '-b', 'maixduino', '--seconds', '3000');
    expect(stdout).toBe('2400 2400\n');
    const endless = write('endless.py', 'import utime\nutime.sleep(1e30)');
    expect(await exec(endless, '-b', 'maixduino')).toMatchObject({
      stoppedBy: 'time limit',
      simulatedMs: 10_000,
    });
  });

  test('a script that calls the board a million times is no memory hog', async () => {
    const source = 'import time\nn = 0\nwhile n < 1000000:\n    time.ticks_us()\n    n += 1\nprint(n)';
    const { stdout, stoppedBy } = await exec(write('calls.py', source), '-b', 'openmv-h7-plus');
    expect([stdout, stoppedBy]).toEqual(['1000000\n', 'end of script']);
  });
});
