// npm run bench -- NAME [arguments]: builds what is stale, runs bench/NAME.bench.ts and ends with its exit code.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const suffix = '.bench.ts';
const names = readdirSync(folder)
  .filter((file) => file.endsWith(suffix))
  .map((file) => file.slice(0, -suffix.length))
  .sort();

const [name, ...rest] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`bench: ${name ? `unknown "${name}"` : 'no name'}, expected one of ${names.join(', ')}`);
  process.exit(2);
}
const build = spawnSync(process.execPath, [join(dirname(folder), 'scripts', 'prepare.mjs')], {
  stdio: 'inherit',
});
if (build.status !== 0) process.exit(build.status ?? 1);
const flags = ['--expose-gc', '--import', new URL('loader.mjs', import.meta.url).href];
const run = spawnSync(process.execPath, [...flags, join(folder, name + suffix), ...rest], {
  cwd: dirname(folder),
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
