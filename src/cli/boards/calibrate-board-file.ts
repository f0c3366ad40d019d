import type { Board } from '../../boards/board/board.ts';
import { calibrateOwn, type Candidate, type OwnCalibration } from '../../calibrate/own/calibrate-own.ts';
import { fittedBoard, type OwnNetwork } from '../../calibrate/own/fitted-board.ts';
import { CANDIDATES } from '../../calibrate/own/own-candidates.ts';
import { freeParameters } from '../../calibrate/own/own-parameters.ts';
import { readOwnRows, type OwnRow } from '../../calibrate/own/own-rows.ts';
import { deploy } from '../../deploy/index.ts';
import { FormatError, InferscopeError } from '../../errors.ts';
import { buildGraph } from '../../models/specs/builder.ts';
import { ownCalibrationPage } from '../../report/own-calibration-text.ts';
import { simulatedMs } from '../../simulate/pulse.ts';
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
  const networks: OwnNetwork[] = [];
  for (const row of rows) {
    try {
      networks.push(await networkOf(board, row));
    } catch (error) {
      if (!(error instanceof InferscopeError)) throw error;
      throw new FormatError(`line ${row.line}, model: ${error.message}`);
    }
  }
  return { rows, networks };
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
    const observations = rows.map(({ line, latencyMs }, index) => ({
      ...{ line, latencyMs },
      msOn: (other: Board) => simulatedMs(networks[index].program, other),
    }));
    const own = calibrateOwn(board, parameters, observations, candidatesOn(board));
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
