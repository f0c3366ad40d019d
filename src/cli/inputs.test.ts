import { expect, test } from 'vitest';
import { runCommand } from '../../test/support/run-command.ts';
import { readBytes } from './inputs.ts';

test("a file that may be waited for without end, as the kernel's log, is refused at once", async () => {
  // Who may not read it, or has none, is told that in one line.
  await expect(readBytes('/proc/kmsg')).rejects.toThrow(/^\/proc\/kmsg: [^\n]+$/);
});

test('nor does vcd wait for it', async () => {
  const { code, err } = await runCommand('vcd', 'width', '/proc/kmsg', '--pin', 'led');
  expect([code, err]).toEqual([2, expect.stringMatching(/^inferscope: \/proc\/kmsg: [^\n]+\n$/)]);
});

test('an empty name, as a shell makes it of a variable that is not set, is said to be one', async () => {
  await expect(readBytes('')).rejects.toThrow(/^the name of a file is empty; name the file$/);
});

test('a name that no file can have, as a table may hold it, is no such file', async () => {
  await expect(readBytes('a\0b')).rejects.toThrow(/^a\0b: no such file \(its name has a zero byte\)$/);
});
