import type { Board } from '../../boards/board/board.ts';
import { calibrated } from '../../boards/board/calibrated.ts';
import { factsOf } from '../../deploy/model-facts.ts';
import type { Program } from '../../deploy/program.ts';
import type { Model } from '../../models/formats/model.ts';
import type { OwnCalibration } from './calibrate-own.ts';
import type { FreeParameter } from './own-parameters.ts';

/** A network that was measured, and what the board's tools made of it. */
export interface OwnNetwork {
  readonly model: Model;
  readonly program: Program;
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** A board that was fitted is no estimate any more. */
function withoutDoubt(board: Board): Board {
  return Object.fromEntries(Object.entries(board).filter(([key]) => key !== 'doubt')) as unknown as Board;
}

/** The board with what own rows made of its constants, and what they covered. */
export function fittedBoard(
  board: Board,
  parameters: readonly FreeParameter[],
  found: OwnCalibration,
  networks: readonly OwnNetwork[],
  measurements: string,
): Board {
  const facts = networks.map(({ model }) => factsOf(model));
  const steps = networks.flatMap(({ program }) => program.steps);
  const offs = found.rows.map(({ measuredMs, afterMs }) => measuredMs - afterMs);
  const scope = {
    measurements,
    parameters: parameters.map(({ path, before, spread }) => ({
      ...{ path, priorMean: before, priorSigma: before * spread },
      priorSource: 'the board as it was before',
    })),
    domain: {
      ops: unique(facts.flatMap(({ ops }) => ops)),
      dtypes: unique(networks.map(({ program }) => program.dtype)),
      rows: unique(steps.map(({ kernels, op, dtype }) => `${kernels} ${op} ${dtype}`)),
      maxMacs: Math.max(...facts.map(({ macs }) => macs)),
      kernelSizes: unique(facts.flatMap(({ kernelSizes }) => kernelSizes)),
    },
  };
  const values = found.parameters.map(({ after }) => after);
  const covariance = found.covariance.map((row, i) => row.map((value, j) => value * values[i] * values[j]));
  const residualMs = Math.sqrt(offs.reduce((sum, off) => sum + off * off, 0) / offs.length);
  return calibrated(withoutDoubt(board), scope, { values, covariance, residualMs });
}
