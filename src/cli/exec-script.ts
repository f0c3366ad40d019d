import { basename } from 'node:path';
import type { Board } from '../boards/board.ts';
import { SpecError } from '../errors.ts';
import { execScript, type ExecRequest } from '../firmware/exec.ts';
import type { GuestResult } from '../firmware/guest.ts';
import { pinEdges, pinNames } from '../instruments/pins.ts';
import type { ExitCode } from './command.ts';
import { readCamera, readFileOptions, readFlashOptions } from './exec-inputs.ts';
import { formatExec, formatStop, toExecDocument, type ExecDocument } from './exec-report.ts';
import { loadBoard, readText } from './inputs.ts';
import { writeJson, writeLine, type Io } from './io.ts';
import { writeBytes, writeText } from './outputs.ts';

/** Options of `exec` as yargs parses them. */
export interface ExecArgs {
  readonly script: string;
  readonly board: string;
  readonly flash: readonly string[] | undefined;
  readonly file: readonly string[] | undefined;
  readonly camera: string | undefined;
  readonly pulses: number | undefined;
  readonly seconds: number | undefined;
  readonly scope: boolean;
  readonly pin: string | undefined;
  readonly vcd: string | undefined;
  readonly trace: string | undefined;
  readonly lcd: string | undefined;
  readonly json: boolean;
}

const PS_PER_SECOND = 1e12;
/** An hour: what integer picoseconds hold, less some. */
const MAX_SECONDS = 3600;

/** `exec SCRIPT`: runs it, tells what the pins did, writes the files asked for. */
export async function execCommandLine(args: ExecArgs, io: Io): Promise<ExitCode> {
  const board = await loadBoard(args.board);
  const result = await execScript(await toRequest(args, board));
  const document = toExecDocument(result, basename(args.script), board.id);
  await writeFiles(args, result);
  if (args.json) {
    writeJson(io, document);
  } else {
    io.out(result.stdout);
    writeLine(io, `${result.stdout === '' ? '' : '\n'}${formatExec(document)}`);
    if (args.scope) writeLine(io, `\n${await scopeText(result, args.pin, io.columns)}`);
  }
  return report(document, io, args.json);
}

function report(document: ExecDocument, io: Io, isJson: boolean): ExitCode {
  const { exception, script } = document;
  if (!exception) {
    if (isJson) io.err(`${formatStop(document)}\n`);
    return 0;
  }
  const lines = shorten(exception.traceback.split('\n'));
  io.err(`${lines.join('\n')}\n`);
  io.err(`${script}: the script ended with ${lines.at(-1)!}\n`);
  return 2;
}

const MOST_FRAMES = 24;

/** The middle of a very long traceback says nothing that its ends do not. */
function shorten(lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_FRAMES) return lines;
  const half = MOST_FRAMES / 2;
  return [
    ...lines.slice(0, half),
    `  ... ${lines.length - MOST_FRAMES} more calls ...`,
    ...lines.slice(-half),
  ];
}

async function toRequest(args: ExecArgs, board: Board): Promise<ExecRequest> {
  const { script, pulses, seconds } = args;
  requireSensible(args);
  const [source, flash, files, pictures] = await Promise.all([
    readText(script),
    readFlashOptions(args.flash ?? [], board),
    readFileOptions(args.file ?? [], board),
    args.camera === undefined ? undefined : readCamera(args.camera),
  ]);
  return {
    ...{ board, flash, files, script: { name: basename(script), source }, records: args.trace !== undefined },
    ...(pulses !== undefined && { pulses }),
    ...(seconds !== undefined && { limitPs: seconds * PS_PER_SECOND }),
    ...(pictures && { pictures }),
  };
}

function requireSensible({ pulses, seconds }: ExecArgs): void {
  if (pulses !== undefined && !(Number.isSafeInteger(pulses) && pulses > 0)) {
    throw new SpecError(`--pulses must be a whole number above 0, got ${pulses}`);
  }
  if (seconds !== undefined && !(seconds > 0 && seconds <= MAX_SECONDS)) {
    throw new SpecError(`--seconds must be a number above 0 and up to ${MAX_SECONDS}, got ${seconds}`);
  }
}

async function writeFiles({ vcd, trace, lcd }: ExecArgs, result: GuestResult): Promise<void> {
  if (vcd !== undefined) {
    const { writeVcd } = await import('../instruments/vcd.ts');
    await writeText(vcd, [...writeVcd(result.records)].join(''));
  }
  if (trace !== undefined) {
    const { writePerfetto } = await import('../instruments/perfetto.ts');
    await writeBytes(trace, Buffer.concat([...writePerfetto(result.records)]));
  }
  if (lcd === undefined) return;
  if (!result.displayPng) throw new SpecError(`--lcd ${lcd}: the script drew nothing; call lcd.init() first`);
  await writeBytes(lcd, result.displayPng);
}

/** The screen of the oscilloscope for one pin: its waveform and its measurements. */
async function scopeText(
  { records }: GuestResult,
  wanted: string | undefined,
  columns: number,
): Promise<string> {
  const { readScope } = await import('../instruments/oscilloscope.ts');
  const { formatScope } = await import('../report/waveform-table.ts');
  const { formatWaveform } = await import('../report/waveform.ts');
  const pin = choosePin(records, wanted);
  if (pin === undefined) return 'oscilloscope: no pin has changed its level';
  const edges = pinEdges(records, pin);
  const reading = readScope(edges);
  const triggerPs = reading.triggersPs[0] ?? edges[0].atPs;
  const half = (reading.timebasePs * reading.screen.divisions) / 2;
  const view = { fromPs: Math.max(0, triggerPs - half), toPs: triggerPs + half };
  return `${formatWaveform([{ name: pin, edges }], view, columns)}\n\n${formatScope(pin, reading)}`;
}

/** The pin that is asked for, else the busiest. Throws a SpecError for one that the script did not use. */
function choosePin(records: GuestResult['records'], wanted: string | undefined): string | undefined {
  const names = pinNames(records);
  if (wanted !== undefined && !names.includes(wanted)) {
    throw new SpecError(
      `--pin ${wanted}: the script used no such pin; it used ${names.join(', ') || 'none'}`,
    );
  }
  const busy = names
    .map((name) => ({ name, edges: pinEdges(records, name).length }))
    .filter(({ edges }) => edges > 0)
    .sort((a, b) => b.edges - a.edges);
  return wanted ?? busy[0]?.name;
}
