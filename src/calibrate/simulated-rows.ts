import { anyBoardById } from '../boards/all-boards.ts';
import { maixduino } from '../boards/index.ts';
import { withPriors } from '../boards/board/calibrated.ts';
import { modelFromSpec } from '../models/specs/spec.ts';
import { predict } from '../simulate/predict.ts';
import { DOKIC_2021 } from './measurements/dokic-2021.ts';
import { identityOf } from './measurements/row-identity.ts';
import type { MeasuredRow } from './population/measured-rows.ts';
import { heldOutProgramMs } from './programs/held-out-programs.ts';
import { validateK210Layers } from './validate-k210-layers.ts';
import { heldOutPredictions } from './validate-paper.ts';

/** A time in ms with the ends of its 90 % interval. */
export interface SimulatedTime {
  readonly predicted: number;
  readonly low: number;
  readonly high: number;
}

export type HeldOutKind = 'nothing' | 'network' | 'cell' | 'board';

/** Half of a 90 % interval of a layer, relative: most layers of the table are within it. */
const LAYER_HALF = 0.08;

/** Half of a 90 % interval of what programs of an accelerator take, as a factor: layers whose kernels others have too are within it. */
const PROGRAMS_HALF = 1.25;

const around = (predicted: number, half: number): SimulatedTime => ({
  predicted,
  low: predicted - half,
  high: predicted + half,
});

/** That of a whole network: as its board's page has it, since nothing there was fitted to whole networks. */
function networkHalf(row: MeasuredRow): number {
  return anyBoardById(identityOf(row).board).doubt?.factor ?? PROGRAMS_HALF;
}

let layers: ReadonlyMap<string, number> | undefined;

function layerTime({ id }: MeasuredRow): SimulatedTime | undefined {
  layers ??= new Map(validateK210Layers().rows.map((row) => [row.id, row.predicted]));
  const predicted = layers.get(id);
  return predicted === undefined ? undefined : around(predicted, LAYER_HALF * predicted);
}

/** The networks of the paper on the board that it measured, from its simulation. */
function paperTime(filters: number, heldOut: HeldOutKind): SimulatedTime | undefined {
  const table = DOKIC_2021.find(({ board }) => board === maixduino.id)!;
  const board = heldOut === 'board' ? withPriors(maixduino) : maixduino;
  const { value, low, high } = predict(modelFromSpec(`paper:${filters}`)!, board).reportedMs;
  if (heldOut !== 'network' && heldOut !== 'cell') return { predicted: value, low, high };
  const held = heldOutPredictions(maixduino, table).find((row) => row.filters === filters);
  return held && around(held.predictedMs, (high - low) / 2);
}

/** Times of rows of an accelerator whose pipeline is simulated; undefined for any other row. */
export function simulatedTime(row: MeasuredRow, heldOut: HeldOutKind): SimulatedTime | undefined {
  // Without a row of the board nothing is known of its accelerator.
  const programsMs = heldOut === 'board' ? undefined : heldOutProgramMs(row);
  if (programsMs !== undefined) {
    const half = row.op === 'model' ? networkHalf(row) : PROGRAMS_HALF;
    return { predicted: programsMs, low: programsMs / half, high: programsMs * half };
  }
  if (row.accelerator !== 'KPU') return undefined;
  const filters = /^dokic-f(\d+)$/.exec(row.model)?.[1];
  if (filters !== undefined) return paperTime(Number(filters), heldOut);
  return layerTime(row);
}
