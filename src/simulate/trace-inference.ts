import type { Board } from '../boards/board/board.ts';
import { deploy } from '../deploy/index.ts';
import type { TraceRecord } from '../engine/trace-record.ts';
import type { Model } from '../models/formats/model.ts';
import { Machine } from './machine.ts';
import { withClocks, type PredictOptions } from './predict.ts';
import { scheduleProgram } from './schedule.ts';

/**
 * What the units of a board do during one inference, as instruments take it: a span for each step on its unit, those
 * inside of the KPU, and the two edges of the pin `pin`, high from the call to its return. Times are picoseconds from
 * the call, simulated also where `predict` tells a fitted time. The same hash as `predict`'s is of these records. Throws as `predict`.
 */
export function traceInference(model: Model, board: Board, options: PredictOptions = {}): TraceRecord[] {
  const clocked = withClocks(board, options.clockHz);
  const machine = new Machine(clocked, { ...options, trace: true });
  machine.run(scheduleProgram(deploy(model, clocked, options), clocked));
  return [...machine.trace!];
}
