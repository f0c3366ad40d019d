import { BOARDS } from 'inferscope';
import { designSpace, paretoFront, planSweep, sweep } from 'inferscope/sweep';
import { createNodeRunner, readPartResults } from 'inferscope/node';

const boards = BOARDS.filter(({ id }) => id === 'maixduino');
const space = designSpace({
  model: { kind: 'spec', text: 'paper:{filters},k={kernel}' },
  axes: [
    { name: 'filters', values: [2, 4, 8, 16] },
    { name: 'kernel', values: [1, 3] },
    { name: 'board', values: ['maixduino'] },
  ],
});

for await (const { bytes, donePoints, points } of sweep(planSweep(space, boards, { version: 'example' }), {
  runner: createNodeRunner(2),
})) {
  const results = await readPartResults('batch', bytes!);
  const front = paretoFront(results, [
    { metric: 'macs', goal: 'max' },
    { metric: 'latencyMs', goal: 'min' },
  ]);
  console.log(`${donePoints} of ${points} points, ${front.length} of them on the front`);
}
