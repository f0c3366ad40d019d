import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { VcdWidth } from '../src/cli/vcd-width.ts';
import { runCommand, runJson } from './support/run-command.ts';
import { tempFolder } from './support/temp-folder.ts';

const { path: folder, write: fileWith } = tempFolder();

const HEAD = `$timescale 1 us $end
$scope module a $end $var wire 1 ! PIN $end $var wire 1 % QUIET $end $var wire 8 ' BUS $end $upscope $end
$scope module b $end $var wire 1 ( PIN $end $var wire 1 & GPIO_0 $end $upscope $end
$enddefinitions $end
#0 0! 0% 0( 0&
`;
const good = fileWith('good.vcd', `${HEAD}#1000\n1!\n1&\n#2251\n0!\n#3000\n1!\n#4300\n0!\n0&\n`);

test('widths, low phases and periods of a pin, as JSON that its schema allows', async () => {
  const document = await runJson<VcdWidth>('vcd', 'width', good, '--pin', 'a.PIN');
  const schema = JSON.parse(
    readFileSync(new URL('../schemas/vcd.schema.json', import.meta.url), 'utf8'),
  ) as object;
  const validate = new Ajv2020({ allErrors: true }).compile(schema);
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
  expect(document).toMatchObject({ file: good, pin: 'PIN', pulses: 2, resolutionMs: 0.001 });
  expect(document.widthMs).toEqual({ min: 1.251, mean: 1.2755, max: 1.3 });
  expect(document.lowMs).toEqual({ min: 0.749, mean: 0.749, max: 0.749 });
  expect(document.periodMs).toEqual({ min: 2, mean: 2, max: 2 });
});

test('as text, in the decimals that the file can tell', async () => {
  const { code, out } = await runCommand('vcd', 'width', good, '--pin', 'GPIO 0');
  expect(code).toBe(0);
  expect(out).toBe(`${good}: GPIO_0, 1 whole pulse; the file counts ticks of 1 us

  ms              min   mean    max
  ------------  -----  -----  -----
  high          3.300  3.300  3.300
  low               -      -      -
  rise to rise      -      -      -
`);
});

describe('a mistake of the user is one line on stderr and exit code 2', () => {
  const cut = fileWith('cut.vcd', HEAD.slice(0, 120));
  test.each([
    ['no file', 'nope.vcd', 'PIN', /^inferscope: nope\.vcd: no such file/],
    ['a folder', folder, 'PIN', /: is a directory, not a file/],
    ['an empty file', fileWith('empty.vcd', ''), 'PIN', /empty\.vcd: is empty/],
    ['a binary file', fileWith('binary.vcd', new Uint8Array(5000)), 'PIN', /binary\.vcd: is a binary file/],
    [
      'noise',
      fileWith(
        'noise.vcd',
        Uint8Array.from({ length: 3e6 }, (_, at) => 1 + ((at * 197) % 255)),
      ),
      'PIN',
      /noise\.vcd: /,
    ],
    ['an endless line', fileWith('long.vcd', 'x'.repeat(5e6)), 'PIN', /long\.vcd: line 1: is longer than/],
    ['a file cut off', cut, 'PIN', /cut\.vcd: line \d: /],
    ['an unknown pin', good, 'X', /no pin "X"; the file has PIN, QUIET, GPIO_0$/m],
    ['a name that two pins have', good, 'PIN', /"PIN" is the name of several; write one of a\.PIN, b\.PIN/],
    ['a bus', good, 'BUS', /"BUS" is no pin but a wire of 8 bits/],
    ['a pin without edges', good, 'QUIET', /"QUIET" never changes, .*it is 0 throughout/],
    [
      'a time that goes back',
      fileWith('back.vcd', `${HEAD}#9\n1!\n#8\n0!\n`),
      'a.PIN',
      /back\.vcd: line 8: time goes back/,
    ],
  ])('%s', async (_, file, pin, message) => {
    const { code, out, err } = await runCommand('vcd', 'width', file, '--pin', pin);
    expect(err).toMatch(message);
    expect(err).toMatch(/^inferscope: [^\n]+\n$/);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  test('without a pin', async () => {
    const { code, err } = await runCommand('vcd', 'width', good);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('pin') });
  });
});
