/** Writes examples/digits and examples/models anew, byte for byte. Run: npm run examples */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { exampleFiles } from './example-files.ts';

const EXAMPLES = new URL('../examples/', import.meta.url);

for (const [path, bytes] of await exampleFiles()) {
  const file = fileURLToPath(new URL(path, EXAMPLES));
  writeFileSync(file, bytes);
  console.log(`${path}: ${bytes.length} bytes`);
}
