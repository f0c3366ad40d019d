import type { TraceRecord } from '../../engine/trace-record.ts';
import type { Board } from '../../boards/board/board.ts';
import { deploy } from '../../deploy/index.ts';
import type { MemoryTimeline, Program } from '../../deploy/program.ts';
import type { Model } from '../../models/formats/model.ts';
import { Machine } from '../../simulate/machine.ts';
import { scheduleProgram, type Schedule } from '../../simulate/schedule.ts';
import { PS_PER_US, type Ps } from '../../units.ts';
import type { InferencePart } from './ledger.ts';
import type { VirtualHardware } from './virtual-hardware.ts';

export interface InferenceOptions {
  /** Memory whose lines are counted over the steps of a timeline, with the bytes of a line. */
  readonly lines?: { readonly memory: string; readonly lineBytes: number; readonly timeline: MemoryTimeline };
}

/** Inferences, by their name in the ledger. */
export const INFERENCE = 'inference';
const BYTES_TRACK = 'bus bytes per us';
const LINES_TRACK = 'accelerator memory lines';

/** A loaded model, simulated once; each call then takes the same time and leaves the same records, later. */
export class LoadedInference {
  readonly program: Program;
  readonly latencyPs: Ps;
  /** Operators of the program in order, each until the next begins: together the latency. */
  readonly #parts: readonly { readonly op: string; readonly ps: Ps }[];
  readonly #board: Board;
  readonly #records: readonly TraceRecord[];

  /** Throws what `deploy` and `scheduleProgram` throw for a model that the board cannot run or price. */
  constructor(model: Model, board: Board, options: InferenceOptions = {}) {
    this.program = deploy(model, board);
    this.#board = board;
    const schedule = scheduleProgram(this.program, board);
    const machine = new Machine(board, { trace: true });
    this.latencyPs = machine.run(schedule);
    this.#parts = schedule.map(({ step }, index) => {
      const endPs = index + 1 < schedule.length ? machine.startPs[index + 1] : this.latencyPs;
      return { op: step.op, ps: endPs - (index === 0 ? 0 : machine.startPs[index]) };
    });
    this.#records = [
      ...[...machine.trace!].filter(({ kind }) => kind !== 'pin'),
      ...busLoad(schedule, machine),
      ...linesInUse(schedule, machine, options),
    ];
  }

  /** Runs now: the clock advances by the inference, whose records go into the session's trace. */
  run(hardware: VirtualHardware): void {
    this.#trace(hardware);
    this.#infer(hardware, [{ name: INFERENCE, ps: this.latencyPs }]);
  }

  /** As `run`, with its time listed by operator, under the name that `nameOf` gives each. */
  runInParts(hardware: VirtualHardware, nameOf: (op: string) => string): void {
    this.#trace(hardware);
    const parts = this.#parts.map(({ op, ps }) => ({ name: nameOf(op), ps }));
    this.#infer(hardware, parts);
  }

  #infer(hardware: VirtualHardware, parts: readonly InferencePart[]): void {
    hardware.infer({ program: this.program, board: this.#board, durationPs: this.latencyPs }, parts);
  }

  #trace({ trace, nowPs }: VirtualHardware): void {
    if (!trace.keepsUnits) return;
    for (const record of this.#records) trace.add({ ...record, atPs: record.atPs + nowPs });
  }
}

/** Bytes that each step loads and stores over its own span, as a counter that falls to 0 behind the last. */
function busLoad(schedule: Schedule, machine: Machine): TraceRecord[] {
  const loads = schedule.map(({ step }, index) => {
    const us = (machine.endPs[index] - machine.startPs[index]) / PS_PER_US;
    const value = us > 0 ? (step.work.loadBytes + step.work.storeBytes) / us : 0;
    return counter(BYTES_TRACK, machine.startPs[index], value);
  });
  return [...loads, counter(BYTES_TRACK, machine.endPs[schedule.length - 1] ?? 0, 0)];
}

/** Lines that hold a live map while each layer runs; a layer may take several steps of the schedule. */
function linesInUse(schedule: Schedule, machine: Machine, { lines }: InferenceOptions): TraceRecord[] {
  if (!lines) return [];
  const { memory, lineBytes, timeline } = lines;
  const blocks = timeline.blocks.filter((block) => block.memory === memory);
  const at = (layer: number) =>
    blocks
      .filter(({ firstStep, lastStep }) => firstStep <= layer && layer <= lastStep)
      .reduce((sum, { plannedBytes }) => sum + plannedBytes / lineBytes, 0);
  const records: TraceRecord[] = [];
  schedule.forEach(({ step }, index) => {
    // A kmodel's node i is its layer i, which is step i + 1 of the timeline: step 0 is the input.
    if (step.node === null) return;
    records.push(counter(LINES_TRACK, machine.startPs[index], at(step.node + 1)));
  });
  return [...records, counter(LINES_TRACK, machine.endPs[schedule.length - 1] ?? 0, 0)];
}

function counter(track: string, atPs: Ps, value: number): TraceRecord {
  return { kind: 'counter', track, name: '', atPs, value };
}
