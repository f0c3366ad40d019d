import { describe, expect, it, test } from 'vitest';
import { boardById } from '../boards/index.ts';
import { deploy } from '../deploy/index.ts';
import { buildGraph } from '../models/specs/builder.ts';
import { paperCnn } from '../models/specs/paper-cnn.ts';
import { Machine } from './machine.ts';
import { withClocks } from './predict.ts';
import { scheduleProgram } from './schedule.ts';

const maixduino = boardById('maixduino');
const program = deploy(paperCnn({ filters: 6 }), maixduino);
const boards = [{ kpu: 390e6 }, { kpu: 260e6 }, { core: 500e6, kpu: 520e6 }].map((clockHz) =>
  withClocks(maixduino, clockHz),
);
const alone = boards.map((board) => new Machine(board).run(scheduleProgram(program, board)));

test('the clocks differ enough to be told apart', () => {
  expect(new Set(alone).size).toBe(boards.length);
});

it('takes the clocks of one board after the other, as a machine of each would run', () => {
  const machine = new Machine(maixduino);
  const together = boards.map((board) => {
    machine.setClocks(machine.clocksOf(board));
    return machine.run(scheduleProgram(program, board));
  });
  expect(together).toEqual(alone);
});

it('leaves its clocks as they are where none are given', () => {
  const machine = new Machine(boards[1]);
  machine.setClocks([]);
  expect(machine.run(scheduleProgram(program, boards[1]))).toBe(alone[1]);
});

it('runs clocks in lockstep as one by one', () => {
  const machine = new Machine(maixduino, { corners: boards.length });
  machine.setCornerClocks(boards);
  expect([...machine.runCorners(scheduleProgram(program, maixduino))]).toEqual(alone);
});

it('says what it lacks for running in lockstep', () => {
  const schedule = scheduleProgram(program, maixduino);
  expect(() => new Machine(maixduino).runCorners(schedule)).toThrow('needs corners');
  expect(() => new Machine(maixduino, { corners: 2 }).runCorners(schedule)).toThrow('needs corners');
});

describe('a traced run', () => {
  const graph = buildGraph({ input: [8, 8, 1], layers: ['conv 4 3x3 same', 'flatten', 'dense 2'] });
  const schedule = scheduleProgram(deploy(graph, maixduino), maixduino);

  it('records the layers of the KPU by their operators, and no other run by its own', () => {
    const machine = new Machine(maixduino, { trace: true });
    machine.run(schedule);
    const first = machine.trace!.toBytes();
    machine.run(schedule);
    expect(machine.trace!.toBytes()).toEqual(first);
  });

  it('keeps when each step began and ended, one after the other', () => {
    const machine = new Machine(maixduino);
    const widthPs = machine.run(schedule);
    expect(machine.startPs.slice(1, schedule.length)).toEqual(machine.endPs.slice(0, schedule.length - 1));
    expect([machine.startPs[0], machine.endPs[schedule.length - 1]]).toEqual([0, widthPs]);
    const kpuSteps = [...schedule.keys()].filter((index) => schedule[index].kind === 'kpu');
    const traced = new Machine(maixduino, { trace: true });
    traced.run(schedule);
    expect([[...traced.kpuSpans.keys()], machine.kpuSpans.size]).toEqual([kpuSteps, 0]);
  });
});
