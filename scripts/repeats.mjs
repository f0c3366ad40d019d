// `npm run repeats`: counts the places where six lines or more of the project's code stand twice (jscpd, at least 50
// tokens), beside the count of the commit from which the repeats were last cut down. `-- --at COMMIT` counts any commit
// the same way, `-- --list` names the places. Exits with 1 above half of that count.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

// Its ES module imports a path that its dependency does not export.
const { detectClones } = createRequire(import.meta.url)('jscpd');

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['src', 'test', 'bench', 'scripts', 'examples'];
/** Counted by this script with `--at 8bacd06`. */
const START = { commit: '8bacd06', repeats: 26 };
const GENERATED = ['**/schema/schema.ts', '**/schema/layout.ts'];

async function findRepeats(root) {
  const clones = await detectClones({
    path: FOLDERS.map((folder) => join(root, folder)),
    format: ['typescript', 'javascript', 'python', 'lua'],
    ignore: GENERATED,
    minLines: 6,
    minTokens: 50,
    silent: true,
    reporters: [],
    gitignore: false,
  });
  const place = ({ sourceId, start, end }) =>
    `${sourceId.slice(sourceId.indexOf(root) + root.length)}:${start.line}-${end.line}`;
  return clones.map(({ duplicationA, duplicationB }) => `${place(duplicationA)} ~ ${place(duplicationB)}`);
}

async function findRepeatsAt(commit) {
  const folder = mkdtempSync(join(tmpdir(), 'repeats-'));
  try {
    const archive = execFileSync('git', ['archive', commit, ...FOLDERS], { cwd: ROOT, maxBuffer: 2 ** 30 });
    execFileSync('tar', ['-x', '-C', folder], { input: archive });
    return await findRepeats(`${folder}/`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { values } = parseArgs({ options: { at: { type: 'string' }, list: { type: 'boolean' } } });
const found = await (values.at ? findRepeatsAt(values.at) : findRepeats(ROOT));
if (values.list) console.log(found.join('\n'));
const allowed = Math.floor(START.repeats / 2);
console.log(`${found.length} repeats of six lines or more${values.at ? ` at ${values.at}` : ''}`);
console.log(`${START.repeats} at ${START.commit}; at most ${allowed} are allowed`);
process.exitCode = !values.at && found.length > allowed ? 1 : 0;
