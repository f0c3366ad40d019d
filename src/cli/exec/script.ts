import { basename } from 'node:path';
import type { Board } from '../../boards/board/board.ts';
import { chosenOptions, kernelsOf } from '../../deploy/options.ts';
import { InferscopeError, SpecError } from '../../errors.ts';
import type { ExecRequest } from '../../firmware/guest/exec-script.ts';
import { NOT_MODELLED } from '../../firmware/guest/missing-names.ts';
import type { GuestResult } from '../../firmware/guest/run-guest.ts';
import { pinEdges, pinNames } from '../../instruments/pins.ts';
import type { ExitCode } from '../command.ts';
import { readDeviceOptions } from './device-options.ts';
import { withFirmware } from './firmware-option.ts';
import { readCamera, readFileOptions, readFlashOptions } from './exec-inputs.ts';
import { formatExec, formatStop, toExecDocument, type ExecDocument } from './exec-report.ts';
import { inOneLine } from './in-one-line.ts';
import { keepFiles } from './keep-files.ts';
import { runUntilStopped } from './run-until-stopped.ts';
import { readTraceback } from './read-traceback.ts';
import { loadBoard, readDescription } from '../inputs.ts';
import { untilInterrupted } from '../interrupt.ts';
import { writeJson, writeLine, writeRaw, type Io } from '../io.ts';
import { requireNoDash } from '../outputs.ts';
import { replaceFile } from '../replace-file.ts';
import { framePathOf } from '../../simulate/frame/frames-of-board.ts';
import { sensorOf } from '../../simulate/frame/sensor-timing.ts';
import { PS_PER_SECOND } from '../../units.ts';

/** Options of `exec` as yargs parses them. */
export interface ExecArgs {
  readonly script: string;
  readonly board: string;
  readonly firmware: string | undefined;
  readonly flash: readonly string[] | undefined;
  readonly file: readonly string[] | undefined;
  readonly camera: string | undefined;
  readonly device: readonly string[] | undefined;
  readonly pulses: number | undefined;
  readonly seconds: number | undefined;
  readonly scope: boolean;
  readonly pin: string | undefined;
  readonly vcd: string | undefined;
  readonly trace: string | undefined;
  readonly lcd: string | undefined;
  readonly out?: string | undefined;
  readonly set?: string | undefined;
  readonly fps: boolean;
  readonly sensor: string | undefined;
  readonly json: boolean;
  readonly allowMissing?: boolean;
}

/** An hour: what integer picoseconds hold, less some. */
const MAX_SECONDS = 3600;

/**
 * `exec SCRIPT`: runs it, tells what the pins did, writes the files asked for. What cannot be written or shown is told, and
 * the rest is done. Ctrl-C ends the run as a limit does.
 */
export async function execCommandLine(args: ExecArgs, io: Io): Promise<ExitCode> {
  const board = await withFirmware(await loadBoard(args.board, args.set), args.firmware);
  const request = await toRequest(args, board);
  const result = await untilInterrupted((signal) => runUntilStopped(request, signal, io));
  if (result === undefined) return 130;
  return inOneLine(io, ['inferscope', basename(args.script)], (one) => tellRun(args, board, result, one));
}

async function tellRun(args: ExecArgs, board: Board, result: GuestResult, io: Io): Promise<ExitCode> {
  const document = toExecDocument(result, basename(args.script), board.id);
  const code = report(document, io, args.json, hintOf(document, args));
  const attempt = attempts(io);
  if (args.json) {
    writeJson(io, document);
    if (args.fps && !result.frames) await attempt(() => Promise.reject(new SpecError(FEW_FRAMES)));
  } else {
    const console = consoleText(result);
    writeRaw(io, console);
    writeLine(io, `${console === '' ? '' : '\n'}${formatExec(document)}`);
    if (args.fps) await attempt(async () => writeLine(io, `\n${await framesText(result)}`));
    if (args.scope) {
      await attempt(async () => writeLine(io, `\n${await scopeText(result, args.pin, io.columns)}`));
    }
  }
  for (const write of writesOf(args, result, io)) await attempt(write);
  if (args.out !== undefined || document.stoppedBy !== 'exception')
    await attempt(() => keepFiles(result.written, args.out, { script: document.script, io }));
  if (result.droppedEdges > 0) {
    io.err(
      `${document.script}: ${result.droppedEdges} edges of pins are not kept: there are too many of them (shorten the run with --seconds or --pulses)\n`,
    );
  }
  return attempt.failures() > 0 ? 2 : code;
}

/** What the board's console shows: what the script printed, and behind it the traceback of what ended it. */
function consoleText({ stdout, exception }: GuestResult): string {
  if (!exception || exception.type === NOT_MODELLED) return stdout;
  const lines = shorten(exception.traceback.split('\n'));
  return `${stdout}${/(^|\n)$/.test(stdout) ? '' : '\n'}${lines.join('\n')}\n`;
}

/** Runs one thing after the other; a user's mistake in one is told and does not hold up the next. */
function attempts(io: Io) {
  let failures = 0;
  const attempt = async (action: () => Promise<void>): Promise<void> => {
    try {
      await action();
    } catch (error) {
      if (!(error instanceof InferscopeError)) throw error;
      failures++;
      io.err(`inferscope: ${error.message}\n`);
    }
  };
  return Object.assign(attempt, { failures: () => failures });
}

/** What a script lacks that an option gives: a flash that is not empty, which the firmware calls a wrong version, or a file. */
function hintOf({ exception }: ExecDocument, { flash }: ExecArgs): string {
  const { type = '', traceback = '' } = exception ?? {};
  if (traceback.includes('ERR_KMODEL_VERSION') && flash === undefined)
    return ' (the flash is empty: give --flash ADDRESS=FILE)';
  if (type === 'OSError' && traceback.includes('ENOENT'))
    return ' (that path is not on the board: --file PATH=FILE puts a file there)';
  return '';
}

function report(document: ExecDocument, io: Io, isJson: boolean, hint: string): ExitCode {
  const { exception, script, callbackFailures = [] } = document;
  for (const { what, line, times } of callbackFailures) {
    const often = ['once', 'twice'][times - 1] ?? `${times} times`;
    io.err(
      `${script}: a function that was called for an interrupt ended with ${what}, at line ${line} (${often})\n`,
    );
  }
  const { missing = [] } = document;
  if (missing.length > 0 && exception?.type !== NOT_MODELLED) {
    io.err(`${script}: met what is not modelled: ${missing.join('; ')}\n`);
  }
  if (!exception) {
    if (isJson) io.err(`${formatStop(document)}\n`);
    if (document.stoppedBy === 'interrupt') return 130;
    return callbackFailures.length > 0 ? 1 : 0;
  }
  if (exception.type === NOT_MODELLED) return reportMissing(exception.traceback, script, io);
  const { what, place } = readTraceback(exception.traceback);
  const where = place ? `, at line ${place.line}${place.file === script ? '' : ` of ${place.file}`}` : '';
  io.err(`${script}: the script ended with ${what}${where}${hint}\n`);
  return 1;
}

/** What is no error of the script: one line that says where it is, what, and what would do. */
function reportMissing(traceback: string, script: string, io: Io): ExitCode {
  const { what, place } = readTraceback(traceback);
  const where = place === undefined ? script : `${script}: line ${place.line}`;
  io.err(
    `${where}: ${what.replace(`${NOT_MODELLED}: `, '')}; --allow-missing lets the script catch that as an exception and go on\n`,
  );
  return 3;
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
  // Of a script that loads no model nobody else would look.
  kernelsOf(board, chosenOptions(board, {}));
  const [source, flash, files, pictures, devices] = await Promise.all([
    readDescription(script),
    readFlashOptions(args.flash ?? [], board),
    readFileOptions(args.file ?? [], board),
    args.camera === undefined ? undefined : readCamera(args.camera),
    readDeviceOptions(args.device ?? []),
  ]);
  return {
    ...{
      board,
      flash,
      files,
      devices,
      script: { name: basename(script), source },
      records: args.trace !== undefined || (args.fps && args.vcd !== undefined),
      edges: args.trace !== undefined || args.vcd !== undefined || args.scope,
    },
    ...(pulses !== undefined && { pulses }),
    ...(seconds !== undefined && { limitPs: seconds * PS_PER_SECOND }),
    ...(pictures && { pictures }),
    ...(args.sensor !== undefined && { frames: { sensor: requireSensor(args.sensor, board) } }),
    reportsFrames: args.fps,
    ...(args.allowMissing && { allowMissing: true }),
    ...(args.out !== undefined && { keepsFiles: true }),
  };
}

/** Known by the board whose scripts will use it. */
function requireSensor(id: string, board: Board): string {
  return sensorOf(framePathOf(board), id).id;
}

function requireSensible({ pulses, seconds, out }: ExecArgs): void {
  if (out !== undefined) requireNoDash(out);
  if (pulses !== undefined && !(Number.isSafeInteger(pulses) && pulses > 0)) {
    throw new SpecError(`--pulses must be a whole number above 0, got ${pulses}`);
  }
  if (seconds !== undefined && !(seconds > 0 && seconds <= MAX_SECONDS)) {
    throw new SpecError(`--seconds must be a number above 0 and up to ${MAX_SECONDS}, got ${seconds}`);
  }
}

/** Tracks of camera, screen and memory, which a VCD shows with --fps. */
const FRAME_TRACKS = ['camera', 'screen', 'memory bus', 'core waits', 'core 1'];

/** What a VCD shows: pins, and with --fps when camera, screen and bus were busy and the core waited. */
async function wiresOf({ records }: GuestResult, hasFrames: boolean): Promise<GuestResult['records']> {
  if (!hasFrames) return records;
  const { spanWires } = await import('../../instruments/span-wires.ts');
  return [...records, ...spanWires(records, FRAME_TRACKS)].sort((a, b) => a.atPs - b.atPs);
}

/** The files that are asked for, each to be written on its own. */
function writesOf({ vcd, trace, lcd, fps }: ExecArgs, result: GuestResult, io: Io): (() => Promise<void>)[] {
  const writes: (() => Promise<void>)[] = [];
  if (vcd !== undefined) {
    writes.push(async () => {
      const { writeVcd } = await import('../../instruments/vcd.ts');
      await replaceFile(vcd, [...writeVcd(await wiresOf(result, fps))].join(''));
    });
  }
  if (trace !== undefined) {
    writes.push(async () => {
      const { writePerfetto } = await import('../../instruments/perfetto.ts');
      await replaceFile(trace, Buffer.concat([...writePerfetto(result.records)]));
    });
  }
  for (const [path, bytes] of Object.entries(result.sent)) writes.push(() => replaceFile(path, bytes));
  if (lcd !== undefined) writes.push(() => writeScreen(lcd, result.displayPng, io));
  return writes;
}

/** A screen that was never switched on shows nothing, which is no mistake: that is told, and no file is written. */
async function writeScreen(path: string, png: Uint8Array | undefined, io: Io): Promise<void> {
  if (png) return replaceFile(path, png);
  io.err(`inferscope: --lcd ${path}: not written: the script did not switch the screen on with lcd.init()\n`);
}

const FEW_FRAMES = '--fps: the script took fewer than two frames with sensor.snapshot()';

/** What the script's loop over frames came to. Throws a SpecError where it took none or one. */
async function framesText({ frames }: GuestResult): Promise<string> {
  if (!frames) throw new SpecError(FEW_FRAMES);
  const { formatFrames } = await import('../../report/frames-text.ts');
  return formatFrames(frames);
}

/** The screen of the oscilloscope for one pin: its waveform and its measurements. */
async function scopeText(
  { records }: GuestResult,
  wanted: string | undefined,
  columns: number,
): Promise<string> {
  const { readScope } = await import('../../instruments/oscilloscope.ts');
  const { formatScope } = await import('../../report/waveform/waveform-table.ts');
  const { formatWaveform } = await import('../../report/waveform/waveform.ts');
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
