import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { InferscopeError } from '../../src/errors.ts';
import { seededIntegers } from '../../src/seeded-random.ts';
import { TARGETS } from './targets.ts';

const corpus = fileURLToPath(new URL('corpus', import.meta.url));
const finds = Object.keys(TARGETS).flatMap((name) => {
  const folder = join(corpus, name);
  return existsSync(folder) ? readdirSync(folder).map((file) => [name, file] as const) : [];
});

/** The message of a refusal; undefined where the input was read. Throws what is neither. */
async function refusalOf(name: string, bytes: Uint8Array): Promise<string | undefined> {
  try {
    await TARGETS[name]!.run(bytes);
    return undefined;
  } catch (error) {
    if (error instanceof InferscopeError) return error.message;
    throw error;
  }
}

test.each(finds)(
  '%s %s, which was a find of the fuzzer, is read or refused in one line',
  async (name, file) => {
    await TARGETS[name]!.seeds();
    const refusal = await refusalOf(name, readFileSync(join(corpus, name, file)));
    expect(refusal ?? '').not.toMatch(/\n/);
  },
);

test.each(Object.keys(TARGETS).filter((name) => !['python', 'lua'].includes(name)))(
  '%s: seeds are read, the first files that the fuzzer makes of them are read or refused',
  async (name) => {
    const { seeds, mutate } = TARGETS[name]!;
    const all = await seeds();
    expect(await refusalOf(name, all[0]!)).toBeUndefined();
    const draw = seededIntegers(11);
    for (let round = 0; round < 20; round++) await refusalOf(name, mutate(all, draw));
  },
);
