import { openmvH7Plus, paperCnn, predict } from 'inferscope';
import { findBoardProblems, parseBoard } from 'inferscope/boards';

// The JSON of a board's file; here a shipped board at half its clock.
const json = JSON.parse(JSON.stringify(openmvH7Plus));
json.id = 'my-board';
for (const { hz } of json.clocks) hz.value /= 2;

const { latencyMs } = predict(paperCnn({ filters: 8 }), parseBoard(json, 'my-board.json'));
console.log(`${latencyMs.value.toFixed(2)} ms`);
console.log(findBoardProblems({ ...json, clocks: 'fast' })[0]);
