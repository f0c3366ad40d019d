import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../src/cli/commands/index.ts';
import { processIo } from '../src/cli/io.ts';
import { VERSION } from '../src/cli/version.ts';
import { expectRefused } from './support/refused.ts';
import { runCommand } from './support/run-command.ts';

describe('a slip of the fingers is answered with what was meant, in one line', () => {
  test.each([
    ['preditc paper:8', 'unknown command "preditc"; did you mean "predict"? See inferscope --help'],
    ['xyzzy', 'unknown command "xyzzy"; see inferscope --help'],
    ['net.tflite', 'unknown command "net.tflite"; did you mean "predict net.tflite"? See inferscope --help'],
    ['my/main.py', 'unknown command "my/main.py"; did you mean "exec my/main.py"? See inferscope --help'],
    ['predict paper:8 -b', '-b needs a value behind it; see inferscope predict --help'],
    ['predict paper:8 --board', '--board needs a value behind it; see inferscope predict --help'],
    ['run paper:8 --input -', '--input needs a value behind it; see inferscope run --help'],
    ['predict paper:8 --baord maixduino', 'Unknown argument: baord; did you mean "--board"?'],
    ['predict paper:8 -b maixduino --jsno', 'Unknown argument: jsno; did you mean "--json"?'],
    ['predict paper:8 -b maixdiuno', 'unknown board "maixdiuno"; did you mean "maixduino"?'],
  ])('inferscope %s', (line, said) => expectRefused(line.split(' '), said));
});

test.each([['-V'], ['--version']])('%s is the version', async (flag) => {
  expect((await runCommand(flag)).out).toBe(`${VERSION}\n`);
});

test('-h, --help and help say the same, of everything and of a command', async () => {
  const [all, command] = [await runCommand('--help'), await runCommand('place', '--help')];
  expect(all.out).toContain('Commands:');
  expect(command.out).toContain('inferscope place <model>');
  expect([await runCommand('-h'), await runCommand('help')]).toEqual([all, all]);
  expect([await runCommand('place', '-h'), await runCommand('help', 'place')]).toEqual([command, command]);
});

test.each([
  ['reproduce --no-files --epochs 3', '--epochs does nothing without --train'],
  ['reproduce --no-files --seed=3', '--seed does nothing without --train'],
  ['reproduce --no-files --out x', '--out does nothing beside --no-files'],
  ['predict paper:8 -b maixduino --hash --must-fit', '--must-fit does nothing beside --hash'],
  ['lab --out x.html --port 3000', '--port does nothing beside --out'],
  ['lab --no-open --out x.html', '--no-open does nothing beside --out'],
  ['predict paper:8 -b maixduino --repeat 3', '--repeat does nothing without --hash'],
  ['run paper:2 -i zeros --clock core=1MHz', '--clock does nothing without --board'],
  ['run paper:2 -i zeros --tolerance 1', '--tolerance does nothing without --check'],
  ['convert paper:2 --to int8 --out none/a.tflite --float-fc', '--float-fc goes with --to kmodel and kfpkg'],
  ['convert paper:2 --to kmodel --out none/a.kmodel --address 0x1000', '--address goes with --to kfpkg'],
  ['validate paper --lono', '--lono goes with validate external, not with validate paper'],
  ['validate m7-counts --loo', '--loo goes with validate paper, not with validate m7-counts'],
  ['worker --queue redis://127.0.0.1:1 --out package.json', '--out: package.json is no folder'],
])('%s: an option without effect is refused', async (line, said) => {
  const { code, err } = await runCommand(...line.split(' '));
  expect([code, err]).toEqual([2, expect.stringContaining(said)]);
});

test.each([
  ['validate counts --gate=1', '--gate takes no word, got "1"; write --gate or --no-gate'],
  ['predict paper:2 -b maixduino --json=yes', '--json takes no word, got "yes"'],
  ['sweep --filters 1:3 -b maixduino --constructor 1', '--constructor: there is no such option'],
  ['sweep --filters 1:3 -b maixduino --toString=1', '--toString: there is no such option'],
  ['sweep --filters 1:3 -b maixduino --value-of 1', '--value-of: there is no such option'],
])('%s: a switch with a word, and a name that every object has, are refused', (line, said) =>
  expectRefused(line.split(' '), said),
);

test.each([
  ['--set clocks.core=240MHz --set kpu=absent', '--set is given twice; write both in one, with a comma'],
  ['--set clocks.core=240MHz,clocks.core=400MHz', '--set: clocks.core is there twice; leave one of them'],
  ['-b openmv-h7-plus', '--board is given twice; write both in one, with a comma'],
])('predict paper:2 -b maixduino %s: none is dropped without a word', (words, said) =>
  expectRefused(['predict', 'paper:2', '-b', 'maixduino', ...words.split(' ')], said),
);

test.each([
  ['--clock core=400MHz', 'clocks.core=240MHz'],
  ['--copy-out cpu', 'kpu.copyOut=dma'],
  ['--float-fc', 'ncc.floatFc=no'],
])('%s holds over --set %s, which is then not said to hold', async (words, set) => {
  const ask = (...more: string[]) => runCommand('predict', 'paper:2', '-b', 'maixduino', '--json', ...more);
  expect(await ask(...words.split(' '), '--set', set)).toEqual(await ask(...words.split(' ')));
});

test('a switch may say true or false', async () => {
  const text = await runCommand('predict', 'paper:2', '-b', 'maixduino', '--json=false');
  expect(text).toEqual(await runCommand('predict', 'paper:2', '-b', 'maixduino'));
  const { out } = await runCommand('predict', 'paper:2', '-b', 'maixduino', '--json=true');
  expect(() => void JSON.parse(out)).not.toThrow();
});

test('an option that needs --board has it from -b too', async () => {
  expect(await runCommand('run', 'paper:2', '-i', 'zeros', '-b', 'maixduino', '--float-fc')).toMatchObject({
    code: 0,
  });
});

test.each([
  ['predict', 'paper:2', '-b', 'maixduino', '--top', ''],
  ['lua', 'none.lua', '--seed='],
])('%s: an empty word in the place of a number is no 0', (...line) =>
  expectRefused(line, 'needs a number; see inferscope'),
);

test.each([
  ['an option', ['boards', `--${'a'.repeat(1e5)}`], 'see inferscope boards --help'],
  [
    'a model',
    ['place', 'a'.repeat(1e5), '-b', 'maixduino'],
    'a path to a .tflite, .kmodel, .onnx or .json file',
  ],
])(
  '%s of 100,000 letters is not repeated whole, and what to do still stands behind it',
  async (_, line, advice) => {
    const { code, err } = await runCommand(...line);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(new RegExp(`^inferscope: .*a\\.\\.\\. \\(\\d+ more characters\\).*${advice}\n$`)),
    ]);
    expect(err.length).toBeLessThan(2000);
  },
);

describe('completion', () => {
  const complete = async (...words: string[]) =>
    (await runCommand('--get-yargs-completions', 'inferscope', ...words)).out.split('\n').filter(Boolean);

  test('is a script that bash runs, and asks inferscope for what may stand where the cursor is', async () => {
    const { code, out } = await runCommand('completion', 'bash');
    const said = 'inferscope() { printf "%s\\n" "$@"; }';
    const typed = 'COMP_WORDS=(inferscope predict behind); COMP_CWORD=1; _inferscope_completions';
    const shown = 'printf "%s," "${COMPREPLY[@]}"';
    const { stdout } = spawnSync('bash', { input: [out, said, typed, shown].join('\n') });
    expect([code, String(stdout)]).toEqual([0, '--get-yargs-completions,inferscope,predict,']);
  });

  test('is for the shell that is named, or else for the one of the environment', async () => {
    const before = process.env.SHELL;
    const [bash, zsh] = [await runCommand('completion', 'bash'), await runCommand('completion', 'zsh')];
    expect(zsh.out).toContain('compdef _inferscope_completions inferscope');
    process.env.SHELL = '/usr/bin/zsh';
    expect(await runCommand('completion')).toEqual(zsh);
    process.env.SHELL = '/bin/bash';
    expect(await runCommand('completion')).toEqual(bash);
    process.env.SHELL = before;
    expect(await runCommand('completion', 'fish')).toMatchObject({
      code: 2,
      err: expect.stringContaining('"bash", "zsh"; see inferscope completion --help'),
    });
  });

  test('knows every command', async () => {
    const names = COMMANDS.map(({ command }) => command.split(' ')[0]);
    expect(await complete('')).toEqual(expect.arrayContaining([...names, 'help']));
    expect(await complete('expl')).toEqual(['explain']);
  });

  test('knows boards, also behind a comma, and the options of a command', async () => {
    expect(await complete('predict', 'paper:8', '-b', 'maix')).toEqual(['maixduino']);
    expect(await complete('predict', 'paper:8', '-b', 'maixduino,openmv')).toEqual([
      'maixduino,openmv-h7-plus',
    ]);
    expect(await complete('predict', 'paper:8', '--str')).toEqual(['--strict']);
  });

  test('leaves files to the shell', async () => {
    expect(await complete('predict', 'exa')).toEqual([]);
  });
});

test('run: an option that is given twice counts as it was given last, but inputs are one for each that the model has', async () => {
  const run = (...words: string[]) => runCommand('run', 'examples/models/digits.tflite', ...words);
  const twice = await run('--input', 'random:1', '--top', '4', '--json', '--top', '2', '--json');
  expect(twice).toEqual(await run('--input', 'random:1', '--top', '2', '--json'));
  expect(await run('-i', 'zeros', '-i', 'random:1')).toMatchObject({
    code: 2,
    err: expect.stringContaining('input'),
  });
});

test('COLUMNS says how wide help is', () => {
  const before = process.env.COLUMNS;
  process.env.COLUMNS = '61';
  expect(processIo().columns).toBe(61);
  process.env.COLUMNS = before ?? '';
});

test.each([
  ['predict', 'paper:8', '-b', 'maixduino'],
  ['explain', 'paper:5', 'paper:6', '-b', 'maixduino'],
])('%s %s prints no colours, so NO_COLOR has nothing to turn off', async (...line) => {
  expect((await runCommand(...line)).out).not.toContain('\u001b');
});

test('a script that comes by standard input is told of by line', () => {
  const main = new URL('../src/cli/main.ts', import.meta.url).pathname;
  const line = ['--import', 'tsx', main, 'exec', '-', '-b', 'openmv-h7-plus'];
  const { status, stderr } = spawnSync(process.execPath, line, { input: 'x = 1\nx = 1 / 0\n' });
  expect([status, String(stderr)]).toEqual([
    1,
    '(stdin): the script ended with ZeroDivisionError: divide by zero, at line 2\n',
  ]);
});
