import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseBoard } from '../boards/json/parse-board.ts';
import { prepareFormulas } from '../script/formulas.ts';
import { designSpace } from '../sweep/study/design-space.ts';
import { planSweep } from '../sweep/study/run-plan.ts';
import { sweep } from '../sweep/run-sweep.ts';
import { createNodeRunner } from './sweep-runner.ts';

test('threads price boards with costs in Lua', async () => {
  const text = readFileSync(new URL('../../examples/lua/tiny-npu.json', import.meta.url), 'utf8');
  const json: unknown = JSON.parse(text);
  await prepareFormulas([json]);
  const board = parseBoard(json, 'tiny-npu.json');
  const space = designSpace({
    model: { kind: 'spec', text: 'paper:{filters}' },
    axes: [
      { name: 'filters', values: [1, 2, 3] },
      { name: 'board', values: [board.id] },
    ],
  });
  const plan = planSweep(space, [board], { version: 'test', batchPoints: 2 });
  const failed: number[] = [];
  for await (const done of sweep(plan, { runner: createNodeRunner(2) })) failed.push(done.failed);
  expect(failed).toEqual([0, 0]);
});
