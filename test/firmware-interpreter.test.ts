import { expect, test } from 'vitest';
import { boardById } from '../src/boards/index.ts';
import { execScript } from '../src/firmware/guest/exec-script.ts';

function run(source: string, board: string, files: Record<string, Uint8Array> = {}) {
  return execScript({ board: boardById(board), script: { name: 's.py', source }, files });
}

test.each([
  ['maixduino', 'import os, sys', 'MaixPy (0, 5, 0) Sipeed_M1 with kendryte-k210'],
  ['openmv-h7-plus', 'import os, sys', 'OpenMV4P-H7 (1, 13, 0) OPENMV4P with STM32H743'],
  ['maixduino', '', 'MaixPy (0, 5, 0) Sipeed_M1 with kendryte-k210'],
])('%s says who it is (%j: MaixPy leaves these names behind)', async (board, imports, told) => {
  const line = 'print(sys.platform, sys.implementation.version, os.uname().machine)';
  expect((await run(`${imports}\n${line}`, board)).stdout).toBe(`${told}\n`);
});

test('a card that holds files is where MaixPy starts', async () => {
  const source = 'import os\nprint(os.getcwd(), os.listdir())';
  expect((await run(source, 'maixduino')).stdout).toBe('/flash []\n');
  const withCard = await run(source, 'maixduino', { '/sd/a.txt': Uint8Array.of(1) });
  expect(withCard.stdout).toBe("/sd ['a.txt']\n");
});

test('syntax that the firmware does not know is refused with its line', async () => {
  const { stdout, exception } = await run('print(1)\nprint(f"{1}")', 'maixduino');
  expect(stdout).toBe('');
  expect(exception!.traceback.split('\n').slice(1)).toEqual([
    '  File "s.py", line 2',
    'SyntaxError: invalid syntax (f-strings came with MicroPython 1.17, the firmware has 1.11)',
  ]);
});
