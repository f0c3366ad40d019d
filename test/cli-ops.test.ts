import { describe, expect, test } from 'vitest';
import { goldenBytes } from './support/goldens.ts';
import { readOpGoldens } from './support/op-goldens.ts';
import { runCommand, runJson } from './support/run-command.ts';
import { schemaErrors } from './support/schemas.ts';
import { tempFolder } from './support/temp-folder.ts';

const GOLDEN = 'test/golden/ops/golden.json';
const RUNS = 'op-pad.int8.tflite';
const REFUSED = 'op-rprod.int8.tflite';
const golden = readOpGoldens();

interface Document {
  readonly files: readonly {
    readonly file: string;
    readonly outputs: readonly string[] | null;
    readonly headBytes: number | null;
    readonly latencyMs: number | null;
    readonly refusal: string | null;
  }[];
}

/** A golden file of two entries with its files beside it; the first as told. */
function twoFiles(entry: object): string {
  const folder = tempFolder();
  for (const name of [RUNS, REFUSED]) folder.write(name, goldenBytes(`ops/${name}`));
  return folder.write('golden.json', JSON.stringify({ [RUNS]: entry, [REFUSED]: golden[REFUSED] }));
}

const validate = (...rest: string[]) => runCommand('validate', 'ops', '--golden', ...rest);

describe('validate ops', () => {
  test('--json says what was computed for each file, and why where it was not', async () => {
    const document = await runJson<Document>('validate', 'ops', '--golden', twoFiles(golden[RUNS]));
    expect(schemaErrors('validate-ops', document)).toEqual([]);
    const [runs, refused] = document.files;
    expect(runs).toMatchObject({
      file: RUNS,
      outputs: golden[RUNS].outputs!.map(({ base64 }) => base64),
      headBytes: golden[RUNS].headBytes,
      refusal: null,
    });
    expect(runs.latencyMs).toBeGreaterThan(0);
    expect(refused).toMatchObject({ file: REFUSED, outputs: null, latencyMs: null });
    expect(refused.refusal).toMatch(/REDUCE_PROD/);
  });

  test('prints the files that differ with the reason, and --gate ends with 1', async () => {
    const path = twoFiles({ ...golden[RUNS], headBytes: 16 });
    const { code, out, err } = await validate(path, '--gate');
    expect(out).toMatch(/arena, 1 file: arena head is \d+ bytes, expected 16\n +op-pad\.int8\n/);
    expect(err).toMatch(/1 of the bars missed: files that run, arena head equal/);
    expect(code).toBe(1);
  });

  test('a file whose values nobody recorded is run on zeros', async () => {
    const path = twoFiles({ ...golden[RUNS], inputs: [], outputs: [] });
    const [{ outputs }] = (await runJson<Document>('validate', 'ops', '--golden', path)).files;
    expect(outputs).toHaveLength(1);
  });

  test('--only chooses files by their names, and all bars hold with --gate', async () => {
    const { code, out } = await validate(GOLDEN, '--only', 'op-pad.int?.tflite', '--gate');
    expect(out).toMatch(/^1 file against/);
    expect(code).toBe(0);
  });

  test('a file that is missing is one that differs, and no end of the others', async () => {
    const path = tempFolder().write('golden.json', JSON.stringify({ [RUNS]: golden[RUNS] }));
    const { code, out } = await validate(path);
    expect(out).toMatch(/no outputs: op-pad\.int8\.tflite: no such file/);
    expect(code).toBe(0);
  });

  test.each([
    [['ops'], /validate ops needs --golden FILE/],
    [['ops', '--golden', GOLDEN, '--only', 'x*'], /--only x\*: no file in .*golden\.json is named so/],
    [['ops', '--golden', 'package.json'], /package\.json: golden file: "name" needs "tflm"/],
    [['ops', '--golden', GOLDEN, '--kernels', 'x'], /has no kernel library "x"/],
    [['paper', '--only', 'x*'], /--only goes with validate ops, not with validate paper/],
  ])('%j is refused in one line', async (line, message) => {
    const { code, err } = await runCommand('validate', ...line);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });
});
