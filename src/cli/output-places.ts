import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { SpecError } from '../errors.ts';

/** Options that name what is written, of all commands. */
const OUTPUTS = [
  ...['out', 'csv', 'svg', 'markdown', 'junit', 'report', 'isp', 'parquet', 'json-rows', 'node-data'],
  ...['write-baseline', 'vcd', 'trace', 'lcd', 'image', 'calibrate'],
];

/** Positionals and options that name what is read, of all commands. */
const INPUTS = [
  ...['model', 'others', 'script', 'file', 'files', 'package', 'budgets', 'log', 'board', 'space', 'state'],
  ...['measured', 'golden', 'baseline', 'input', 'check', 'flash', 'camera', 'device', 'dataset', 'ranges'],
];

/** What may be written over what was read: that is why both are named. */
const RENEWED: Readonly<Record<string, string>> = { 'write-baseline': 'baseline', out: 'board' };

type Args = Readonly<Record<string, unknown>>;

/** The file that a path leads to, whether or not it is there; undefined for a folder. */
function fileOf(path: string): string | undefined {
  try {
    return statSync(path).isDirectory() ? undefined : realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/** What the words of an option may name: each whole, what stands between commas, and behind an "=". */
function filesOf(value: unknown): (string | undefined)[] {
  const words = [value].flat().filter((word): word is string => typeof word === 'string' && word !== '');
  const parts = words.flatMap((word) => [word, ...word.split(',')]);
  return parts.flatMap((part) => [part, part.slice(part.indexOf('=') + 1)]).map(fileOf);
}

/**
 * Throws a SpecError where an option would write over a file that the command reads, or over what another option writes:
 * it would be lost without a word.
 */
export function requireOwnPlaces(args: Args): void {
  for (const output of OUTPUTS) {
    const path = args[output];
    if (typeof path !== 'string' || path === '' || path === '-') continue;
    const file = fileOf(path);
    const names = (name: string): boolean =>
      file !== undefined && name !== output && RENEWED[output] !== name && filesOf(args[name]).includes(file);
    const other = OUTPUTS.find(names);
    if (other !== undefined)
      throw new SpecError(`--${output} and --${other} both name ${path}; give each a file of its own`);
    if (INPUTS.some(names))
      throw new SpecError(`--${output} would write over ${path}, which is read; name another file`);
  }
}
