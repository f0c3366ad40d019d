import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { validateCountedOperators } from './operator-counts.ts';

const folder = mkdtempSync(join(tmpdir(), 'counts-'));
const bad = join(folder, 'bad.csv');
writeFileSync(bad, 'a,b\n1,2\n');

test("a package without the project's table asks for one", async () => {
  const absent = join(folder, 'absent.csv');
  await expect(validateCountedOperators({ measured: undefined }, absent)).rejects.toThrow(
    `${absent} is part of the repository, not of the package; give a table with --measured FILE`,
  );
});

test("a mistake in somebody's table is told by its file, one in the project's own by itself", async () => {
  const mistake = /^(?!.*bad\.csv).*column/;
  await expect(validateCountedOperators({ measured: bad })).rejects.toThrow(`${bad}: `);
  await expect(validateCountedOperators({ measured: undefined }, bad)).rejects.toThrow(mistake);
});
