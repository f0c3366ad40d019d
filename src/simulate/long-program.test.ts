import { expect, it } from 'vitest';
import { maixduino } from '../boards/maixduino.ts';
import { openmvH7Plus } from '../boards/openmv-h7-plus.ts';
import type { CacheCarry } from '../boards/pricing/cache.ts';
import { coreCyclesOf } from '../boards/pricing/cost.ts';
import { deploy } from '../deploy/index.ts';
import { modelFromSpec } from '../files/load-model.ts';
import { kpuPhases } from './kpu-phases.ts';
import { unclockedSchedule } from './schedule.ts';

/** 1,200 layers of few kinds in an order that does not repeat, so that the same work comes on other caches. */
const LAYERS = Array.from({ length: 1200 }, (_, at) =>
  (at * at) % 7 < 3 ? 'conv 8 3x3 same relu' : (at * at) % 11 < 5 ? 'conv 8 1x1 same' : 'maxpool 1x1',
);
const GRAPH = modelFromSpec(JSON.stringify({ input: [24, 24, 8], layers: LAYERS }))!;

it.each([openmvH7Plus, maixduino])('a long program on $id costs what its steps cost one by one', (board) => {
  const program = deploy(GRAPH, board);
  let carry: CacheCarry | undefined;
  const oneByOne = program.steps.map((step) => {
    const unit = board.units.find(({ id }) => id === step.unit)!;
    if (unit.kind === 'kpu') return kpuPhases({ ...step.kpu! }, { ...unit.constants });
    if (unit.kind !== 'core') return undefined;
    const price = coreCyclesOf(unit, step, board, carry);
    carry = price.carry;
    return [price.coreOnlyCycles, price.ownSeconds];
  });
  const schedule = unclockedSchedule(program, board);
  const together = schedule.map((step, at) => {
    if (step.kind === 'kpu') return step.phases;
    return oneByOne[at] === undefined ? undefined : [step.spanCycles, step.ownSeconds];
  });
  expect(together).toEqual(oneByOne);
});
