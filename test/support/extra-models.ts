import { existsSync, readdirSync } from 'node:fs';
import { env } from 'node:process';
import { pathToFileURL } from 'node:url';
import { describe } from 'vitest';

/**
 * Public model files with the outputs of other interpreters judge more than a clone holds, and are no part of it. They
 * lie in the folder that INFERSCOPE_EXTRA_MODELS names, else in `shared/models` beside the project.
 */
const folder = env['INFERSCOPE_EXTRA_MODELS']
  ? pathToFileURL(`${env['INFERSCOPE_EXTRA_MODELS']}/`)
  : new URL('../../../shared/models/', import.meta.url);

/** A file of the extra folder; whether it is there shows `hasExtraModels`. */
export const extraModel = (path: string): URL => new URL(path, folder);

export const hasExtraModels = existsSync(extraModel('golden/'));

/** Names in the extra folder that end as told; none where it is absent. */
export function extraNames(path: string, ending: string): string[] {
  return hasExtraModels ? readdirSync(extraModel(path)).filter((name) => name.endsWith(ending)) : [];
}

/** A block of tests on extra models; where they are absent it holds no test, not a skipped one. */
export function describeExtra(title: string, define: () => void): void {
  if (hasExtraModels) describe(`extra models: ${title}`, define);
}
