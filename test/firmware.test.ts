import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { boardById } from '../src/boards/index.ts';
import type { Board } from '../src/boards/board/board.ts';
import { readCamera, readFileOptions, readFlashOptions } from '../src/cli/exec/exec-inputs.ts';
import { toExecDocument, type ExecDocument } from '../src/cli/exec/exec-report.ts';
import { DEFAULT_LIMIT_PS, readGuestFiles } from '../src/firmware/guest/exec-script.ts';
import { runGuest, type GuestRequest } from '../src/firmware/guest/run-guest.ts';
import { modelFromSpec } from '../src/models/specs/spec.ts';
import { predict } from '../src/simulate/predict.ts';
import { runCommand, runJson } from './support/run-command.ts';

const FILTERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
/** Dokic, Mikolcevic, Radisic 2021, tables 2 and 3. */
const TABLE_2_MS = [1.2, 1.3, 1.4, 1.5, 1.6, 2.0, 2.3, 2.3, 2.6, 2.6];
const TABLE_3_MS = [0.22, 0.33, 0.42, 0.52, 0.63, 0.74, 0.85, 0.97, 1.08, 1.2];
const CORE_HZ = 400e6;
const BYTECODE_CYCLES = 170;

const folder = mkdtempSync(join(tmpdir(), 'inferscope-exec-'));
const exec = (...argv: string[]) => runJson<ExecDocument>('exec', ...argv);

/** A grey picture of some pixels a side, all different enough to be told apart. */
function writePicture(side: number): string {
  const pixels = Uint8Array.from({ length: side * side }, (_, at) => (at * at * 3 + 11 * at) & 0xff);
  const path = join(folder, `picture-${side}.pgm`);
  writeFileSync(path, Buffer.concat([Buffer.from(`P5 ${side} ${side} 255\n`), pixels]));
  return path;
}

function writeScript(name: string, source: string): string {
  const path = join(folder, name);
  writeFileSync(path, source);
  return path;
}

const picture = writePicture(14);

const maixduino = boardById('maixduino');
const openmv = boardById('openmv-h7-plus');
const parsePaper = (filters: number) => modelFromSpec(`paper:${filters}`)!;

/** Three pulses of a script in this thread: starting one for each of twenty networks takes longer than running them. */
async function execHere(board: Board, path: string, parts: Partial<GuestRequest>): Promise<ExecDocument> {
  const pictures = await readCamera(picture);
  const script = { name: basename(path), source: readFileSync(path, 'utf8') };
  const request = { board, script, pictures, pulses: 3, limitPs: DEFAULT_LIMIT_PS };
  const result = await runGuest({ ...request, ...parts, ...(await readGuestFiles(board)) });
  return toExecDocument(result, script.name, board.id);
}

describe('the measurement', () => {
  test('a pin and two sleeps: the widths are the sleeps, the calls and the bytecodes counted by hand', async () => {
    const { pins, stoppedBy } = await exec(
      'test/fixtures/firmware/blink.py',
      '-b',
      'maixduino',
      '--pulses',
      '4',
    );
    // In a pulse: drop, name, method, constant, call of sleep_ms; drop, name, method, constant, call of value.
    const highCycles = 10 * BYTECODE_CYCLES + 600 + 400;
    // Below it one more, the jump back.
    const lowCycles = 11 * BYTECODE_CYCLES + 600 + 400;
    const { widthMs, lowMs, periodMs, pulses } = pins.LED_R;
    expect(pulses).toBe(4);
    expect(stoppedBy).toBe('pulses');
    expect(widthMs!.mean).toBeCloseTo(2 + (1e3 * highCycles) / CORE_HZ, 9);
    expect(lowMs!.max).toBeCloseTo(1 + (1e3 * lowCycles) / CORE_HZ, 9);
    expect(periodMs!.min).toBeCloseTo(widthMs!.mean + lowMs!.mean, 9);
  });

  test.each(FILTERS)('Maixduino, %i filters: the period rounds to table 2', async (filters) => {
    const { pins } = await execHere(maixduino, 'examples/firmware/maixduino.py', {
      flash: await readFlashOptions([`0x300000=paper:${filters}`], maixduino),
    });
    const { widthMs, periodMs, insideMs } = pins.LED_R;
    expect(periodMs!.mean.toFixed(1)).toBe(TABLE_2_MS[filters - 1].toFixed(1));
    const { inference, bytecode, 'pin.value': pin, ...rest } = insideMs;
    expect(rest).toEqual({});
    const { latencyMs } = predict(parsePaper(filters), maixduino);
    expect(inference).toBeCloseTo(latencyMs.value, 9);
    expect(widthMs!.mean).toBeCloseTo(latencyMs.value + bytecode + pin, 9);
  });

  test.each(FILTERS)('OpenMV, %i filters: +width within 0.02 ms of table 3', async (filters) => {
    const { pins } = await execHere(openmv, 'examples/firmware/openmv-h7-plus.py', {
      files: await readFileOptions([`model.tflite=paper:${filters}`], openmv),
    });
    expect(Math.abs(pins.P1.widthMs!.mean - TABLE_3_MS[filters - 1])).toBeLessThanOrEqual(0.02);
  });

  test('the time that is listed adds up to the time that passed', async () => {
    const { spent, simulatedMs } = await exec(
      ...['examples/firmware/maixduino.py', '-b', 'maixduino', '--pulses', '3'],
      ...['--flash', '0x300000=paper:2', '--camera', picture],
    );
    expect(spent.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(simulatedMs, 6);
  });
});

describe('outputs are those of `inferscope run` on the same picture', () => {
  interface RunDocument {
    readonly outputs: readonly { readonly values: readonly number[] }[];
  }

  test('Maixduino', async () => {
    const kmodel = join(folder, 'p6.kmodel');
    await runJson('convert', 'paper:6,size=16', '--to', 'kmodel', '--out', kmodel);
    const script = writeScript(
      'classify.py',
      `import sensor, image
import KPU as kpu
sensor.reset()
sensor.set_pixformat(sensor.GRAYSCALE)
sensor.set_framesize(sensor.QVGA)
sensor.set_windowing((16, 16))
task = kpu.load('/sd/p6.kmodel')
img = sensor.snapshot()
img.pix_to_ai()
fmap = kpu.forward(task, img)
print('[' + ','.join('%.9g' % score for score in fmap[:]) + ']')
print(len(fmap), max(fmap) == max(fmap[:]), fmap[-1] == fmap[9], fmap[2:4] == fmap[:][2:4])
`,
    );
    const wide = writePicture(16);
    const { stdout } = await exec(
      ...[script, '-b', 'maixduino', '--file', `/sd/p6.kmodel=${kmodel}`, '--camera', wide],
    );
    const [scores, facts] = stdout.split('\n');
    const { outputs } = await runJson<RunDocument>('run', kmodel, '--input', wide);
    expect((JSON.parse(scores) as number[]).map(Math.fround)).toEqual(outputs[0].values.map(Math.fround));
    expect(facts).toBe('10 True True True');
  });
});

describe('files of a run', () => {
  test('the VCD holds the same widths, and equal runs give equal bytes', async () => {
    const run = async (name: string) => {
      const [vcd, trace] = [join(folder, `${name}.vcd`), join(folder, `${name}.pftrace`)];
      const document = await exec(
        ...['examples/firmware/maixduino.py', '-b', 'maixduino', '--pulses', '3', '--camera', picture],
        ...['--flash', '0x300000=paper:3', '--vcd', vcd, '--trace', trace],
      );
      return { document, vcd, bytes: [readFileSync(vcd), readFileSync(trace)] };
    };
    const [first, second] = [await run('first'), await run('second')];
    expect(second.document).toEqual(first.document);
    expect(second.bytes).toEqual(first.bytes);
    const width = await runJson<ExecDocument['pins'][string]>('vcd', 'width', first.vcd, '--pin', 'LED_R');
    expect(width.pulses).toBe(3);
    expect(width.widthMs!.mean).toBeCloseTo(first.document.pins.LED_R.widthMs!.mean, 5);
    expect(width.periodMs!.mean).toBeCloseTo(first.document.pins.LED_R.periodMs!.mean, 5);
  });

  test('--scope shows the width', async () => {
    const line = ['exec', 'test/fixtures/firmware/blink.py', '-b', 'maixduino', '--pulses', '3'];
    const { out, code } = await runCommand(...line, '--scope');
    expect(out).toContain('+Width');
    expect(code).toBe(0);
  });
});

describe('a user who is wrong reads one line', () => {
  test.each([
    [['--flash', 'm.kmodel'], 'no such file'],
    [['--flash', 'here=paper:1'], 'is no address'],
    [['--flash', '0x1000000=paper:1'], 'pass the end of the flash at 0x1000000'],
    [['--flash', '0x300001=paper:1'], 'is inside a sector'],
    [['--flash', '0x300000=paper:1', '--flash', '0x300000=paper:2'], 'overlaps'],
    [['--camera', 'nowhere.png'], 'no such file'],
    [['--camera', 'docs'], 'holds no pictures'],
    [['--pulses', '0'], '--pulses must be'],
    [['--seconds', '-1'], '--seconds must be'],
    [['--pulses', '2', '--scope', '--pin', 'P9'], 'it used LED_R'],
  ])('%j', async (options, message) => {
    const { code, err } = await runCommand(
      ...['exec', 'test/fixtures/firmware/blink.py', '-b', 'maixduino', ...options],
    );
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
