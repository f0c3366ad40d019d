import { describe, expect, it } from 'vitest';
import { boardById } from '../../boards/index.ts';
import { execScript } from './exec-script.ts';

const run = (source: string, files = {}, keepsFiles = true) =>
  execScript({ board: boardById('maixduino'), script: { name: 'main.py', source }, files, keepsFiles });

describe('files that a script writes', () => {
  it('come out of the run with their bytes, but for those that are as they were', async () => {
    const source = `
import os
os.mkdir('/flash/log')
with open('/flash/log/a.txt', 'w') as out:
    out.write('hello')
with open('/flash/same.txt', 'w') as out:
    out.write('as before')
with open('/flash/other.txt', 'w') as out:
    out.write('new one')`;
    const encode = (text: string) => new TextEncoder().encode(text);
    const files = { '/flash/same.txt': encode('as before'), '/flash/other.txt': encode('old one') };
    const { written } = await run(source, files);
    const texts = written.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]);
    expect(texts).toEqual([
      ['/flash/log/a.txt', 'hello'],
      ['/flash/other.txt', 'new one'],
    ]);
  });

  it('are only named where nobody asked for their bytes', async () => {
    const { written } = await run(`open('a', 'w').write('abc')`, {}, false);
    expect(written).toEqual([{ path: '/flash/a', byteLength: 3 }]);
  });

  it('end at 16 MB and at 4096 names, with the error of a full card', async () => {
    const bytes = await run(`out = open('a', 'w')\nwhile True: out.write('x' * 100000)`);
    expect(bytes.exception?.traceback.split('\n').at(-1)).toMatch(/^OSError: (28|\[Errno 28\].*)$/);
    expect(bytes.written[0].byteLength).toBeLessThanOrEqual(16 * 2 ** 20 + 100_000);
    const folders = await run(`import os\nn = 0\nwhile True:\n  os.mkdir('d%d' % n)\n  n += 1`);
    expect(folders.exception?.traceback.split('\n').at(-1)).toMatch(/^OSError: (28|\[Errno 28\].*)$/);
  });

  it.each([
    ['folders in each other by their whole paths', "path += '/a'\n  os.mkdir(path)"],
    ['folders in each other by steps', "os.mkdir('a')\n  os.chdir('a')"],
    [
      'a path that grows and leads nowhere',
      "path += '/a/../a'\n  try:\n    os.stat(path)\n  except OSError as error:\n    if error.args[0] != 2: raise",
    ],
  ])('%s end at a depth that no card has, as an invalid name', async (_, step) => {
    const { exception } = await run(`import os\npath = ''\nfor depth in range(100000):\n  ${step}`);
    expect(exception?.traceback.split('\n').at(-1)).toMatch(/^OSError: (22|\[Errno 22\].*)$/);
  });
});

it.each([
  [
    'a list that empties itself while it is sorted',
    'l = []\nclass C:\n  def __lt__(s, o):\n    l.clear()\n    return True\nl.extend(C() for i in range(100))\nl.sort()\nfor i in range(9): l.append(i)',
  ],
  ['lists that contain themselves', 'a = []\na.append(a)\nb = []\nb.append(b)\na == b'],
])('%s ends its script, and no more', async (_, source) => {
  const { exception } = await run(source);
  expect(exception === undefined || exception.type === 'RuntimeError').toBe(true);
});

it('names of micropython and board_info that older scripts use are there; asyncio is no error of JavaScript', async () => {
  const { stdout, exception } = await run(`
import micropython
from micropython import const
micropython.alloc_emergency_exception_buf(100)
from board import board_info
board_info = board_info()
print(const(7), board_info.BOOT_KEY)
import asyncio`);
  expect(stdout).toBe('7 16\n');
  expect(exception?.traceback).toContain('NotModelled: the module asyncio is not modelled');
});
