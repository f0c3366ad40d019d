import { expect, test } from 'vitest';
import type { ProgramUnit } from '../board/board.ts';
import { constant } from '../board/constant.ts';
import { offloadCycles } from './offload-cycles.ts';

const rates = { toySetupCycles: 100, toyBuildCycles: 30, toyStepCycles: 2, toyOutputCycles: 0 };
const constants = { loadCycles: 10, startCycles: 0, cyclesPerCount: 1, ...rates };
const unit: ProgramUnit = {
  ...{ id: 'toy', kind: 'programs', clock: 'core', kernels: 'toy' },
  constants: Object.fromEntries(
    Object.entries(constants).map(([name, value]) => [
      name,
      constant(value, 'cycles', 'invented', 'estimated'),
    ]),
  ),
};

const ofPrograms = (times: number, steps: number, isWaitedFor = false) =>
  offloadCycles(unit, { kernel: 'toy', runs: [{ times, steps, singleSteps: 0, outputs: 0 }], isWaitedFor });

test('one program: set up, write, load, run', () => {
  expect(ofPrograms(1, 50).totalCycles).toBe(100 + 30 + 10 + 100);
});

test('of longer programs the core writes the next while one runs; only its load is waited for', () => {
  expect(ofPrograms(4, 50)).toEqual({
    ...{ programs: 4, acceleratorCycles: 400, coreCycles: 100 + 4 * 40 },
    totalCycles: 100 + 30 + 4 * (10 + 100),
  });
});

test('of shorter programs the accelerator waits for the core', () => {
  expect(ofPrograms(4, 5).totalCycles).toBe(100 + 4 * (30 + 10) + 10);
});

test('where each program is waited for, all of it adds up', () => {
  expect(ofPrograms(4, 50, true).totalCycles).toBe(100 + 4 * (30 + 10 + 100));
});

test('runs of alike programs take what the same programs take one by one', () => {
  const runs = [3, 80, 20, 20, 90].map((steps) => ({ times: 1, steps, singleSteps: 0, outputs: 0 }));
  const merged = [...runs.slice(0, 2), { ...runs[2]!, times: 2 }, runs[4]!];
  const total = (all: typeof runs) =>
    offloadCycles(unit, { kernel: 'toy', runs: all, isWaitedFor: false }).totalCycles;
  expect(total(merged)).toBe(total(runs));
});

test('a kernel that the unit has no rates for is named', () => {
  expect(() => offloadCycles(unit, { kernel: 'other', runs: [], isWaitedFor: false })).toThrow(
    'give the unit the constant "otherSetupCycles"',
  );
});
