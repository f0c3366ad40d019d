import type { Board } from '../boards/board/board.ts';
import type { Prediction } from '../simulate/prediction.ts';

/** How fast bytes can come through a core's cache from one memory. */
export interface MemoryRoof {
  readonly memory: string;
  readonly bytesPerSecond: number;
}

/** A step of a call: how much it computes for each byte that it moves, and how fast it does. */
export interface RooflinePoint {
  readonly op: string;
  readonly unit: string;
  readonly macsPerByte: number;
  readonly macsPerSecond: number;
}

/** Steps of a call under the limits of the core: a MAC a cycle, and the line fills of its memories. */
export interface Roofline {
  readonly board: string;
  /** One multiply-accumulate in each cycle of the core: a line to compare with, no promise of any core. */
  readonly coreMacsPerSecond: number;
  readonly memories: readonly MemoryRoof[];
  readonly points: readonly RooflinePoint[];
}

/** The steps of a prediction that multiply, under what the board's core could do at most. */
export function rooflineOf({ steps }: Prediction, board: Board): Roofline {
  const core = board.units.find(({ kind }) => kind === 'core');
  const hz = board.clocks.find(({ id }) => id === core?.clock)?.hz.value ?? 0;
  const lineBytes = core?.kind === 'core' ? core.dataCache?.lineBytes : undefined;
  const memories = board.memories.flatMap(({ id, lineFillCycles }) =>
    lineFillCycles && lineBytes !== undefined && lineFillCycles.value > 0
      ? [{ memory: id, bytesPerSecond: (hz * lineBytes) / lineFillCycles.value }]
      : [],
  );
  const points = steps
    .filter(({ macs, durationMs }) => macs > 0 && durationMs > 0)
    .map(({ op, unit, macs, durationMs, loadBytes, storeBytes }) => ({
      ...{ op, unit },
      macsPerByte: macs / Math.max(1, loadBytes + storeBytes),
      macsPerSecond: (1000 * macs) / durationMs,
    }));
  return { board: board.id, coreMacsPerSecond: hz, memories, points };
}
