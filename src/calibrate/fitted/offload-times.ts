import { programUnitOf } from '../../boards/accelerators/program-kernels.ts';
import type { Board } from '../../boards/board/board.ts';
import { deploy } from '../../deploy/index.ts';
import type { Model } from '../../models/formats/model.ts';
import type { FittedTime } from '../../simulate/fitted-times.ts';
import { simulatedMs } from '../../simulate/pulse.ts';
import { PROGRAM_LAYERS } from '../measurements/program-layers.ts';

/** What the rates of an accelerator, fitted to its published layers, say of a network that it runs a part of. */
export interface OffloadTime {
  readonly speed: Omit<FittedTime, 'asBuilt' | 'kernels' | 'simulatedMs'>;
  readonly simulatedMs: number;
}

/** The time on the board as it is built; undefined where its core runs all of the network, or the board is none of those measured. */
export function offloadTime(model: Model, board: Board, kernels: string): OffloadTime | undefined {
  const unit = programUnitOf(board);
  const layers = Object.hasOwn(PROGRAM_LAYERS, board.id) ? PROGRAM_LAYERS[board.id] : undefined;
  if (unit === undefined || layers === undefined) return undefined;
  const program = deploy(model, board, { kernels });
  if (!program.steps.some((step) => step.unit === unit.id)) return undefined;
  const latencyMs = simulatedMs(program, board);
  const factor = board.doubt?.factor ?? 1;
  return {
    speed: {
      ...{ latencyMs, lowMs: latencyMs / factor, highMs: latencyMs * factor, status: 'new-network' },
      ...{ engine: unit.id, ...layers },
    },
    simulatedMs: latencyMs,
  };
}
