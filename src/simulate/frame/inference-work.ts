import type { Board } from '../../boards/board/board.ts';
import type { Program } from '../../deploy/program.ts';
import type { Bytes } from '../../units.ts';
import { Machine } from '../machine.ts';
import { partsOfSpans, scheduleProgram, type ScheduledStep } from '../schedule.ts';
import type { BusWork } from './busy-core.ts';
import { framePathOf } from './frames-of-board.ts';

/**
 * The steps of an inference with the bytes that each moves through the memory that holds the frames: line fills of the
 * core's data cache, what the DMA copies, what an accelerator fetches of its parameters.
 */
export function inferenceWork(program: Program, board: Board): BusWork[] {
  const schedule = scheduleProgram(program, board);
  const machine = new Machine(board);
  machine.run(schedule);
  const spans = partsOfSpans(program, board);
  const { memory, burstBytes } = framePathOf(board);
  const fillCycles = board.memories.find(({ id }) => id === memory)?.lineFillCycles?.value;
  const filledBytes = (index: number): Bytes => {
    const part = spans[index]?.find(({ name }) => name === `${memory} line fills`);
    return part && fillCycles ? Math.round((part.coreCycles / fillCycles) * burstBytes.value) : 0;
  };
  return schedule.map((step, index) => ({
    durationPs: machine.endPs[index] - machine.startPs[index],
    bytes: ownBytes(step, board) ?? filledBytes(index),
  }));
}

/** Bytes of a step that no core runs. */
function ownBytes(step: ScheduledStep, { units }: Board): Bytes | undefined {
  if (step.kind === 'kpu') return step.phases.headBytes + step.phases.channelBytes * step.phases.outC;
  const isCopied = units.find(({ id }) => id === step.unit)?.kind === 'dma';
  return isCopied ? step.step.work.loadBytes : undefined;
}
