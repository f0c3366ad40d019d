// Last step of `npm run build`: copies what tsc leaves behind (everything in src/ that is not TypeScript and is
// not a source of generated code) to dist/, and makes the command executable.
import { chmodSync, cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const LEFT_OUT = /\.(ts|fbs|md)$/;

const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !LEFT_OUT.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name).slice(join(root, 'src').length + 1));

for (const file of files) cpSync(join(root, 'src', file), join(root, 'dist', file));
chmodSync(join(root, 'dist', 'cli', 'main.js'), 0o755);
