import { parseArgs } from 'node:util';

export interface Options {
  /** Print the sample and end. */
  readonly list: boolean;
  /** Only sources whose path begins with this. */
  readonly only: string;
  readonly count: number;
  readonly seed: number;
  readonly workers: number;
  /** Only mutants of the sample that survived when they were last tried. */
  readonly survivors: boolean;
  /** Ask the tests again where the answer is known. */
  readonly fresh: boolean;
}

export const USAGE = `npm run mutate -- [options]
  --list          print the sample and end
  --only PATH     only sources whose path begins with PATH (src/engine)
  --count N|all   how many mutants (150)
  --seed N        another sample (1)
  --workers N     how many at once (2)
  --survivors     only those that survived when they were last tried
  --fresh         forget what earlier runs found`;

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      list: { type: 'boolean', default: false },
      only: { type: 'string', default: 'src/' },
      count: { type: 'string', default: '150' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string', default: '2' },
      survivors: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
    },
  });
  return {
    ...values,
    count: values.count === 'all' ? Infinity : readWhole('--count', values.count),
    seed: readWhole('--seed', values.seed),
    workers: readWhole('--workers', values.workers),
  };
}

function readWhole(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text) || (name !== '--seed' && Number(text) === 0)) {
    throw new Error(`${name} needs a whole number, got ${text}`);
  }
  return Number(text);
}
