import type { Board } from '../../boards/board/board.ts';
import {
  calibrateOwn,
  type Candidate,
  type OwnCalibration,
  type OwnObservation,
} from '../../calibrate/own/calibrate-own.ts';
import { fittedBoard, type OwnNetwork } from '../../calibrate/own/fitted-board.ts';
import { CANDIDATES } from '../../calibrate/own/own-candidates.ts';
import { freeParameters } from '../../calibrate/own/own-parameters.ts';
import { readOwnRows, type OwnRow } from '../../calibrate/own/own-rows.ts';
import { deploy } from '../../deploy/index.ts';
import { FormatError, InferscopeError } from '../../errors.ts';
import { buildGraph } from '../../models/specs/builder.ts';
import { ownCalibrationPage } from '../../report/own-calibration-text.ts';
import { simulatedMs, simulatedOperatorsMs } from '../../simulate/pulse.ts';
import { loadBoard, loadModel, readText } from '../inputs.ts';
import { replaceFile } from '../replace-file.ts';

/** Files of one calibration. */
export interface CalibrationFiles {
  readonly board: string;
  readonly measured: string;
  readonly free: string | undefined;
  readonly out: string | undefined;
  readonly report: string | undefined;
}

async function networkOf(board: Board, { model, kernels }: OwnRow): Promise<OwnNetwork> {
  const loaded = await loadModel(model);
  return { model: loaded, program: deploy(loaded, board, kernels === '' ? {} : { kernels }) };
}

/** Networks that the board's default library can run. */
function candidatesOn(board: Board): Candidate[] {
  return CANDIDATES.flatMap(({ name, spec }) => {
    try {
      const program = deploy(buildGraph(spec, name), board);
      simulatedMs(program, board);
      return [{ name, msOn: (other: Board) => simulatedMs(program, other) }];
    } catch (error) {
      if (error instanceof InferscopeError) return [];
      throw error;
    }
  });
}

async function rowsOf(csvText: string, board: Board): Promise<{ rows: OwnRow[]; networks: OwnNetwork[] }> {
  const rows = readOwnRows(csvText);
  const known = new Map<string, OwnNetwork>();
  const networks: OwnNetwork[] = [];
  for (const row of rows) {
    const key = `${row.kernels} ${row.model}`;
    try {
      const network = known.get(key) ?? (await networkOf(board, row));
      known.set(key, network);
      networks.push(network);
    } catch (error) {
      if (!(error instanceof InferscopeError)) throw error;
      throw new FormatError(`line ${row.line}, model: ${error.message}`);
    }
  }
  return { rows, networks };
}

/** Rows as what the fit sees: a whole call, or the operators of one layer, which all rows of a network share a simulation for. */
function observationsOf(rows: readonly OwnRow[], networks: readonly OwnNetwork[]): OwnObservation[] {
  const times = new Map(networks.map((network) => [network, onceABoard(network)]));
  return rows.map(({ line, latencyMs, ops }, index): OwnObservation => {
    const { program } = networks[index];
    if (ops.length === 0) return { line, latencyMs, msOn: (board) => simulatedMs(program, board) };
    const missing = ops.find((op) => !program.steps.some(({ node }) => node === op));
    if (missing !== undefined)
      throw new FormatError(`line ${line}, ops: the network has no operator ${missing} that takes time`);
    const operators = times.get(networks[index])!;
    const msOn = (board: Board) => ops.reduce((sum, op) => sum + operators(board).get(op)!, 0);
    return { line, latencyMs, ops, msOn };
  });
}

function onceABoard({ program }: OwnNetwork): (board: Board) => ReadonlyMap<number, number> {
  const found = new WeakMap<Board, ReadonlyMap<number, number>>();
  return (board) => {
    const known = found.get(board) ?? simulatedOperatorsMs(program, board);
    found.set(board, known);
    return known;
  };
}

/** Fits a board to a table of own times; writes what was asked for once all of it is fine. */
export async function calibrateBoardFile(files: CalibrationFiles): Promise<OwnCalibration> {
  const board = await loadBoard(files.board);
  const parameters = freeParameters(
    board,
    files.free?.split(',').map((name) => name.trim()),
  );
  const csvText = await readText(files.measured);
  const { found, fitted } = await explainTable(files.measured, async () => {
    const { rows, networks } = await rowsOf(csvText, board);
    const own = calibrateOwn(board, parameters, observationsOf(rows, networks), candidatesOn(board));
    return { found: own, fitted: fittedBoard(board, parameters, own, networks, files.measured) };
  });
  if (files.out !== undefined) await replaceFile(files.out, `${JSON.stringify(fitted, undefined, 2)}\n`);
  if (files.report !== undefined) await replaceFile(files.report, ownCalibrationPage(found, board.id));
  return found;
}

/** What is wrong with the table begins with its path. */
async function explainTable<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof InferscopeError)) throw error;
    throw new FormatError(`${path}: ${error.message}`);
  }
}
