import yargs from 'yargs';
import type { AnyCommand } from './command.ts';

/** yargs' types leave getOptions out. */
interface WithOptions {
  getOptions(): { readonly key: object; readonly alias: Readonly<Record<string, readonly string[]>> };
}

/** Options that a command takes, by their long names without dashes, aliases and --help included. */
export function optionsOf({ builder }: AnyCommand): string[] {
  const built = builder(yargs()) as unknown as WithOptions;
  const { key, alias } = built.getOptions();
  const names = [...Object.keys(key), ...Object.values(alias).flat()];
  return [...new Set(names)].filter((name) => /^[a-z][a-z-]+$/.test(name));
}
