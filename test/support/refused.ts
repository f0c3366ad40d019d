import { expect } from 'vitest';
import { runCommand } from './run-command.ts';

/** The command line ends with exit code 2 and one line that has these words; nothing else is printed. */
export async function expectRefused(argv: readonly string[], said: string): Promise<void> {
  const { code, out, err } = await runCommand(...argv);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(said);
  expect(err.trim().split('\n')).toHaveLength(1);
}
