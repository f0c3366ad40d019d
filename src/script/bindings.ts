import type { Board } from '../boards/board/board.ts';
import { asKnownRecord, asList, asRecord, asText, isRecord, kindOf } from './arguments.ts';
import { readPlotRequest, type PlotRequest } from './plot-request.ts';
import { placeFor, predictFor, readBoard, type Inputs } from './predictions.ts';
import { ScriptError } from './script-error.ts';
import type { LuaValue } from './values.ts';

export type Cell = number | string | boolean;
export type Row = Readonly<Record<string, Cell>>;

/** A grid of design points: values of each axis, as text (`1:64`) or as a list. */
export interface SweepRequest {
  readonly model: string;
  readonly boards: readonly Board[];
  readonly axes: readonly { readonly name: string; readonly values: string | readonly (number | string)[] }[];
}

/** A text, or a plot that is yet to be drawn. */
export type FileContent = string | PlotRequest;

/** What an experiment needs from outside: files, drawing and sweeps belong to other layers. */
export interface ExperimentHost extends Inputs {
  readonly boardIds: readonly string[];
  print(text: string): void;
  /** `announce` is told how many points there are before the first is evaluated; it throws where they are too many. */
  sweep(request: SweepRequest, announce: (points: number) => void): readonly Row[];
  formatTable(columns: readonly string[], rows: readonly (readonly Cell[])[]): string;
  formatCsv(rows: readonly Row[]): string;
  /** Keeps a text, or the drawing of a plot, as a file of this name and gives its path. */
  writeFile(name: string, content: FileContent): string;
}

/** What a function of the host works with. */
export interface HostCall {
  readonly host: ExperimentHost;
  /** Charges for what has not begun yet, and throws where the script cannot afford it. */
  readonly afford: (instructions: number) => void;
}

/** A function of the host as scripts see it. */
export interface Binding {
  /** How it is called, for help and documents. */
  readonly usage: string;
  readonly does: string;
  /**
   * Instructions that a call is charged with, on top of those of any call: less than its time, but so many that an endless
   * loop of calls ends within four seconds or so.
   */
  readonly instructions: number;
  /** What its result costs besides. */
  readonly instructionsOf?: (result: LuaValue) => number;
  readonly run: (call: HostCall, ...args: LuaValue[]) => LuaValue;
}

/** Choices: a prediction and the preparation of a sweep take 1 to 2 ms and 8 ms, a point of a sweep 0.05 ms. */
const PREDICTION_INSTRUCTIONS = 10_000;
const SWEEP_INSTRUCTIONS = 40_000;
const POINT_INSTRUCTIONS = 600;
/** A network of a file has many steps, and a sweep of it builds it anew. */
const STEP_INSTRUCTIONS = 300;
const FILE_SWEEP_INSTRUCTIONS = 400_000;
const MAX_PRINTED_ROWS = 1000;
const MAX_LETTERS = 100_000_000;

const FILE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;

function writeTo(host: ExperimentHost, name: string, content: FileContent): string {
  if (FILE_NAME.test(name)) return host.writeFile(name, content);
  throw new ScriptError(`"${name}" is no file name: letters, digits, dots and dashes, without folders`);
}

function readCell(value: LuaValue, place: string): Cell {
  if (value === undefined || value === null) return '';
  if (typeof value === 'object')
    throw new ScriptError(`${place} is ${kindOf(value)}, not a number or a text`);
  return value;
}

function readRows(value: LuaValue, columns: LuaValue): { names: string[]; rows: Row[] } {
  const records = asList(value, 'rows').map((row, at) => asRecord(row, `rows[${at + 1}]`));
  const names = columns === undefined ? Object.keys(records[0] ?? {}) : asList(columns, 'columns');
  const texts = names.map((name, at) => asText(name, `columns[${at + 1}]`));
  const rows = records.map((record, at) =>
    Object.fromEntries(texts.map((name) => [name, readCell(record[name], `rows[${at + 1}].${name}`)])),
  );
  let letters = 0;
  for (const row of rows) for (const cell of Object.values(row)) letters += String(cell).length;
  if (letters > MAX_LETTERS)
    throw new ScriptError(`rows: ${letters} letters in all; at most ${MAX_LETTERS} make a table`);
  return { names: texts, rows };
}

function printTable(host: ExperimentHost, value: LuaValue, columns: LuaValue): LuaValue {
  const { names, rows } = readRows(value, columns);
  if (rows.length > MAX_PRINTED_ROWS)
    throw new ScriptError(
      `printTable: ${rows.length} rows; at most ${MAX_PRINTED_ROWS} are printed, csv writes more to a file`,
    );
  const cells = rows.map((row) => names.map((name) => row[name]));
  host.print(host.formatTable(names, cells));
  return undefined;
}

function writeCsv(host: ExperimentHost, request: LuaValue): LuaValue {
  const { rows, columns, file } = asKnownRecord(request, 'csv', ['rows', 'columns', 'file']);
  const name = asText(file, 'csv: file');
  return writeTo(host, name, host.formatCsv(readRows(rows, columns).rows));
}

function writePlot(host: ExperimentHost, request: LuaValue): LuaValue {
  const { file, ...plot } = readPlotRequest(request);
  return writeTo(host, file, plot);
}

function readAxisValue(value: LuaValue, place: string): number | string {
  if (typeof value === 'number' || typeof value === 'string') return value;
  throw new ScriptError(`${place} must be a number or a text, got ${kindOf(value)}`);
}

function readAxis(value: LuaValue, name: string): SweepRequest['axes'][number] {
  if (typeof value === 'string') return { name, values: value };
  if (typeof value === 'number') return { name, values: [value] };
  const list = asList(value, `sweep: ${name}`);
  return { name, values: list.map((entry, at) => readAxisValue(entry, `sweep: ${name}[${at + 1}]`)) };
}

function readBoards(value: LuaValue, host: ExperimentHost): Board[] {
  const names = value === 'all' ? host.boardIds : typeof value === 'string' ? value.split(',') : value;
  const list = isRecord(names) && 'id' in names ? [names] : asList(names, 'sweep: board');
  return list.map((one) => readBoard(typeof one === 'string' ? one.trim() : one, host));
}

/** A model of a sweep that is a file, not a text with axes in it. */
const NAMES_FILE = /[\\/]|\.[a-z0-9]+$/i;

function runSweep({ host, afford }: HostCall, request: LuaValue): LuaValue {
  const { model, board = 'all', ...axes } = asRecord(request, 'sweep');
  const template = asText(model, 'sweep: model');
  if (NAMES_FILE.test(template)) afford(FILE_SWEEP_INSTRUCTIONS);
  const asked = {
    model: template,
    boards: readBoards(board, host),
    axes: Object.entries(axes).map(([name, value]) => readAxis(value, name)),
  };
  return host.sweep(asked, (points) => afford(POINT_INSTRUCTIONS * points));
}

/** Every function that a script may call besides Lua's own, by its name. */
export const BINDINGS: Readonly<Record<string, Binding>> = {
  predict: {
    usage: 'predict(model, board [, options])',
    does: 'how long one inference takes: latencyMs, lowMs, highMs, reportedMs, steps, memory, ...',
    instructions: PREDICTION_INSTRUCTIONS,
    instructionsOf: (result) => STEP_INSTRUCTIONS * (result as { steps: readonly LuaValue[] }).steps.length,
    run: ({ host }, model, board, options) => predictFor(host, model, board, options),
  },
  place: {
    usage: 'place(model, board [, options])',
    does: 'which unit runs each layer, and by which rule',
    instructions: PREDICTION_INSTRUCTIONS,
    instructionsOf: (layers) => STEP_INSTRUCTIONS * (layers as readonly LuaValue[]).length,
    run: ({ host }, model, board, options) => placeFor(host, model, board, options),
  },
  sweep: {
    usage: 'sweep{model = "paper:{filters}", filters = "1:64", board = "all", ...}',
    does: 'a row for each point of the grid: its axes, latencyMs, reportedMs, flashBytes, ramBytes, fits, ...',
    instructions: SWEEP_INSTRUCTIONS,
    run: runSweep,
  },
  boards: {
    usage: 'boards()',
    does: 'ids of the boards that are built in',
    instructions: 0,
    run: ({ host }) => host.boardIds,
  },
  board: {
    usage: 'board(id or file)',
    does: 'a board as a table, to change and to hand to predict, place or sweep',
    instructions: 10_000,
    run: ({ host }, name) => host.loadBoard(asText(name, 'board')) as unknown as LuaValue,
  },
  plot: {
    usage: 'plot{series = {{label = "a", points = {{x, y}, ...}}}, title = "...", x = "...", y = "..."}',
    does: 'draws lines to an SVG file (file = "plot.svg") and gives its path',
    instructions: 100_000,
    run: ({ host }, request) => writePlot(host, request),
  },
  csv: {
    usage: 'csv{rows = rows, file = "rows.csv" [, columns = {...}]}',
    does: 'writes rows to a file and gives its path',
    instructions: 10_000,
    run: ({ host }, request) => writeCsv(host, request),
  },
  printTable: {
    usage: 'printTable(rows [, columns])',
    does: 'prints rows as a table',
    instructions: 10_000,
    run: ({ host }, rows, columns) => printTable(host, rows, columns),
  },
  print: {
    usage: 'print(...)',
    does: 'prints values as text, with tabs between them',
    instructions: 0,
    run: ({ host }, text) => void host.print(String(text)),
  },
};
