import { expect, test } from 'vitest';
import type { Io } from '../io.ts';
import { inOneLine } from './in-one-line.ts';

function recorder() {
  const lines: string[] = [];
  const io: Io = {
    out: () => undefined,
    err: (text) => void lines.push(text),
    columns: 80,
    seconds: () => 0,
  };
  return { io, lines };
}

test('several things that are told are one line, and names in front of them are not said again', async () => {
  const { io, lines } = recorder();
  const answer = await inOneLine(io, ['inferscope', 's.py'], async ({ err }) => {
    err('s.py: the script ended with ValueError\n');
    err('inferscope: a\nb.vcd: cannot be written\n');
    err('s.py: wrote one file\n');
    return 7;
  });
  expect([answer, lines]).toEqual([
    7,
    ['s.py: the script ended with ValueError; a\\u000ab.vcd: cannot be written; wrote one file\n'],
  ]);
});

test('nothing told is no line, and what was told before an error is printed', async () => {
  const { io, lines } = recorder();
  await inOneLine(io, [], async () => 0);
  expect(lines).toEqual([]);
  const failing = inOneLine(io, [], async ({ err }) => {
    err('first\n');
    throw new Error('second');
  });
  await expect(failing).rejects.toThrow('second');
  expect(lines).toEqual(['first\n']);
});
