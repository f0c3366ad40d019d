// Builds dist/ unless it is newer than everything that it is built from: npm runs this at each install and each npx.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const BUILT = 'dist/cli/main.js';
const SOURCES = ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'src', 'scripts'];

function newestMs(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

const built = join(root, BUILT);
const isFresh =
  existsSync(built) &&
  Math.max(...SOURCES.map((source) => newestMs(join(root, source)))) < statSync(built).mtimeMs;
if (!isFresh) {
  const { status } = spawnSync('npm', ['run', 'build'], { cwd: root, stdio: 'inherit', shell: true });
  process.exit(status ?? 1);
}
