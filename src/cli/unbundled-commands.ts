/**
 * Commands that are not in dist/command/cli.cjs but run from their modules: they start threads, run guests or load large
 * libraries, beside which the start of the program counts little.
 */
const UNBUNDLED_COMMANDS: readonly string[] = [
  'run',
  'exec',
  'convert',
  'compare',
  'flash',
  'calibrate',
  'diagnose',
  'sweep',
  'worker',
  'query',
  'lua',
  'lab',
  'grade',
  'reproduce',
  'train',
  'validate',
  'vcd',
];

export const isUnbundled = (command: string): boolean => UNBUNDLED_COMMANDS.includes(command);
